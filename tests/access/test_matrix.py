"""Every route, with every method, from everybody's place: `matrix.csv` says what each meets, and that is what they meet.

A cell is `yes` (admitted, whatever the answer then is), `404` (does not exist for them), `403` (seen, but not theirs to
touch) or `login`. A route without a row fails, and so does a row without a route.
"""

import csv
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import transaction
from django.template.backends.django import Template as PageTemplate
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from hrportal.common.checks import all_routes
from hrportal.journal.models import Fact
from tests.access.parameters import parameters_of
from tests.access.routes import Route, every_route
from tests.access.world import COLUMNS, World, make_world

MATRIX = Path(__file__).with_name("matrix.csv")
REFUSALS = {"404", "403", "login"}


def declared() -> dict[Route, dict[str, str]]:
    """The rows of the matrix."""
    with MATRIX.open(newline="") as file:
        return {Route(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}


@pytest.mark.django_db  # a provider's page looks its provider up before anything else
def test_every_route_has_a_row_and_every_row_a_route():
    routes = set(every_route())

    assert sorted(map(str, routes - declared().keys())) == []
    assert sorted(map(str, declared().keys() - routes)) == []


def test_every_cell_is_filled():
    empty = [(str(route), column) for route, row in declared().items() for column in COLUMNS if not row.get(column)]

    assert empty == []


@pytest.fixture
def undrawn(monkeypatch):
    """Pages and documents are not drawn: half the time, and what they show is what other tests look at."""
    monkeypatch.setattr(PageTemplate, "render", lambda *_args, **_options: "")
    monkeypatch.setattr("hrportal.common.pdf.render_pdf", lambda *_args: b"")
    monkeypatch.setattr("hrportal.integrations.description.described", dict)


@pytest.mark.one_database
@pytest.mark.django_db
@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_is_refused_where_the_matrix_says_so_and_each_route_admits_somebody(column, settings):
    """Of those who are admitted to a route, one asks; all of them do in the long run."""
    asked = {route: row for route, row in declared().items() if row[column] in REFUSALS or column == _admitted(row)}

    assert_met(column, asked, settings)


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("column", COLUMNS)
def test_everybody_meets_what_the_matrix_says(column, settings):
    assert_met(column, declared(), settings)


def _admitted(row: dict[str, str]) -> str | None:
    """The first of those whom a route admits."""
    return next((column for column in COLUMNS if row[column] == "yes"), None)


def assert_met(column: str, asked: dict[Route, dict[str, str]], settings) -> None:
    """Go everywhere in one's place, and compare."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]  # a third of the time
    visitor = Visitor(make_world(), column)

    wrong = {}
    for route, row in asked.items():
        met = visitor.meets(route)
        if met != row[column]:
            wrong[str(route)] = f"{column} should meet {row[column]}, met {met}"

    assert wrong == {}


class Visitor:
    """Somebody who tries every route, through the pages and through the API."""

    def __init__(self, world: World, column: str) -> None:
        self.world, self.column = world, column
        self.pages, self.api = Client(), APIClient()
        if column in world.users:
            self.pages.force_login(world.users[column])
        if principal := world.principal(column):
            self.api.force_authenticate(principal)
        self.cookies = self.pages.cookies

    def meets(self, route: Route) -> str:
        """What they meet at a route; whatever it did is undone, and a refusal must have done nothing."""
        url = reverse(route.name, kwargs=parameters_of(self.world, route.name))
        with transaction.atomic():
            facts = Fact.objects.count()
            met = words_for(self.asks(route, url))
            wrote = Fact.objects.count() - facts
            assert met not in REFUSALS or not wrote, f"{route} refused {self.column} and wrote all the same"
            transaction.set_rollback(True)
        return met

    def asks(self, route: Route, url: str):
        if route.name in API_ROUTES:
            return self.api.generic(route.method, url, data="{}", content_type="application/json")
        self.pages.cookies = deepcopy(self.cookies)  # signing out must not end the visit
        return self.pages.generic(route.method, url, content_type="application/x-www-form-urlencoded")


def words_for(answer) -> str:
    """An answer as a cell of the matrix."""
    # 503 says in words what this machine lacks to make a document
    assert answer.status_code < 500 or answer.status_code == 503, answer.content[:500]
    if answer.status_code == 401 or is_sent_to_sign_in(answer):
        return "login"
    return str(answer.status_code) if answer.status_code in {403, 404} else "yes"


def is_sent_to_sign_in(answer) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(reverse("account_login"))


API_ROUTES = {name for _, name, pattern in all_routes() if hasattr(pattern.callback, "cls")}
