"""The people of the demo company arrive, each at their own work."""

import pytest

from tests.support.browser import barriers, every_role, sign_in

pytestmark = pytest.mark.browser


@pytest.fixture
def served_portal(portal_to_look_at):
    return portal_to_look_at


ROLES = ("employee", "manager", "hrbp", "hrleader", "executive", "admin")


@pytest.mark.parametrize("username", every_role(ROLES, "employee", "hrleader"))
def test_everybody_signs_in_to_an_accessible_page_of_their_work(page, username):
    sign_in(page, username)

    assert page.title().startswith("My work")
    assert barriers(page) == []
