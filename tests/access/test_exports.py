"""Every list can be taken away: each page that is a list names the lists it offers as files, or says why it offers none."""

import pytest

from hrportal.common.checks import all_routes
from hrportal.people.exports import all_list_kinds
from tests.access.lists import declared, list_pages


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
