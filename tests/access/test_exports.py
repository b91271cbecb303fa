"""Every list can be taken away: each page that is a list names the lists it offers as files, or says why it offers none."""

from pathlib import Path

import pytest
from django.urls import reverse

from hrportal.common.checks import all_routes
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from hrportal.people.exports import all_list_kinds
from tests.access.lists import audience, declared, list_pages
from tests.factories.people import make_user

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def test_every_list_page_has_a_row_and_every_row_a_page():
    routes = {name for _, name, pattern in all_routes() if not hasattr(pattern.callback, "cls")}

    assert sorted(list_pages() - declared().keys()) == []
    assert sorted(declared().keys() - routes) == []


@pytest.mark.parametrize(("route", "row"), declared().items())
def test_a_row_names_lists_or_says_why_not(route, row):
    assert bool(row.lists) != bool(row.why_not), f"{route} needs lists or a reason"


def test_every_list_to_take_away_is_on_a_page_and_every_page_names_lists_there_are():
    offered = {name for row in declared().values() for name in row.lists}

    assert sorted({kind.name for kind in all_list_kinds()} ^ offered) == []


def test_below_every_list_with_pages_stands_what_takes_it_away():
    pages = [path for path in TEMPLATES.rglob("*.html") if path.parent.name != "includes"]
    texts = {path.name: path.read_text() for path in pages if "pagination.html" in path.read_text()}

    assert [name for name, text in texts.items() if "includes/export.html" not in text] == ["styleguide.html"]


@pytest.mark.parametrize("kind", all_list_kinds(), ids=lambda kind: kind.name)
def test_a_list_is_open_to_nobody_whose_page_it_is_not(kind):
    pages = [audience(route) for route, row in declared().items() if kind.name in row.lists]
    if frozenset() in pages:
        return

    taken_by = kind.roles - {Role.INTEGRATION}
    if Role.EMPLOYEE in taken_by:
        taken_by -= {Role.MANAGER}  # who is one as well
    assert taken_by
    assert taken_by <= frozenset().union(*pages)


@pytest.mark.django_db
def test_what_is_no_page_of_ones_own_is_no_list_to_take_away(client):
    everybody = {role: make_user(role) for role in (Role.HRBP, Role.ADMIN)} | {Role.EMPLOYEE: make_user()}
    refused = {}
    for role, user in everybody.items():
        client.force_login(user)
        closed = [kind for kind in all_list_kinds() if kind.roles and not kind.is_open_to(user)]
        answers = [client.post(reverse("home:list_export", args=[kind.name]), {"format": "csv"}) for kind in closed]
        refused[role] = {answer.status_code for answer in answers}

    assert refused == {role: {404} for role in everybody}
    assert not Fact.objects.exists()
