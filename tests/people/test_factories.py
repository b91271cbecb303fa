"""The factories keep what the portal keeps."""

import pytest

from hrportal.people.enums import Role
from tests.factories.people import OrgUnitFactory, make_chain, make_user

pytestmark = pytest.mark.django_db


def test_make_chain_keeps_paths():
    top, middle, bottom = make_chain(3)

    assert bottom.manager_ids == [top.pk, middle.pk]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.INTEGRATION])
def test_make_user_has_the_role_it_was_given(role):
    assert role in make_user(role).viewer.roles


def test_a_partner_looks_after_the_unit_given():
    unit = OrgUnitFactory()

    assert make_user(Role.HRBP, unit=unit).viewer.partner_units == (unit.path,)
