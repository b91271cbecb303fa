"""What is in the lists of talent and calibration that are taken away, for everybody in the world of the access matrix.

Of whom a row is, its employee number says; whoever owns, leads or wrote something may be named beside it.
"""

import re
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.people.exports import all_list_kinds, kind_named
from hrportal.people.models import Employee, User
from talent.models import ReviewMember
from tests.access.lists import declared
from tests.access.parameters import parameters_of
from tests.access.world import EVERY_SCOPE, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROOMS = ("talent", "calibration")
CONTROL = re.compile(r'action="/exports/([^/"]+)/".*?name="query" value="([^"]*)"', re.DOTALL)
READERS = ("leader", "partner", "manager", "employee")
# What is one's own to read, and so to take away.
THEIR_OWN = {
    "calibration.evidence",
    "talent.enrolments",
    "talent.interests",
    "talent.mentorings",
    "talent.person_skills",
    "talent.plan_items",
    "talent.plans",
}
# Lists of the pages of one thing: what names it in their URL, and which kind of object it is.
OF_ONE_THING = {
    "calibration.agenda": ("session", "session"),
    "calibration.board": ("board", "session"),
    "calibration.cards": ("session", "session"),
    "calibration.differences": ("comparison", "reconciliation"),
    "calibration.in_no_session": ("cycle", "calibrated_cycle"),
    "calibration.missing_reviews": ("session", "session"),
    "calibration.outcome": ("session", "session"),
    "calibration.recusals": ("session", "session"),
    "calibration.suggestions": ("session", "session"),
    "talent.career_path": ("job", "role"),
    "talent.enrolments": ("item", "learning_item"),
    "talent.group_audit": ("audit", "group_audit"),
    "talent.interests": ("opportunity", "opportunity"),
    "talent.merit": ("cycle", "reward_cycle"),
    "talent.person_skills": ("person", "employee"),
    "talent.plan_items": ("plan", "plan"),
    "talent.pool_members": ("pool", "pool"),
    "talent.potential_assessments": ("round", "potential_round"),
    "talent.review_members": ("review", "talent_review"),
    "talent.review_notes": ("review", "talent_review"),
    "talent.review_risks": ("review", "talent_review"),
    "talent.successor_gaps": ("plan", "bench"),
    "talent.successors": ("plan", "bench"),
    "talent.successors_compared": ("plan", "bench"),
}
# What is made of ratings and levels alone.
RATINGS = {
    "calibration.board",
    "calibration.cards",
    "calibration.decisions",
    "calibration.evidence",
    "calibration.suggestions",
    "talent.certificates",
    "talent.gap_analysis",
    "talent.person_skills",
    "talent.skill_map",
    "talent.strategy",
    "talent.strategy_wanted",
}


@pytest.fixture
def world(settings) -> World:
    """Where everybody has a name and a number that no word of the portal contains."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith("zeal.")]
    world = make_world()
    for person in Employee.objects.all():
        called = {"first_name": f"Xq{person.pk}z", "last_name": f"Yq{person.pk}z", "employee_number": f"Nq{person.pk}z"}
        Employee.objects.filter(pk=person.pk).update(**called)
    return world


def offered(world: World) -> set[tuple[str, str]]:
    """Each list and its filters, as the pages of the HR leader offer them: the ids in them are the same for everybody."""
    client = Client()
    client.force_login(world.users["leader"])
    found = set()
    for route in declared():
        if route.startswith(ROOMS):
            page = client.get(reverse(route, kwargs=parameters_of(world, route))).content.decode()
            found |= {(name, unescape(query)) for name, query in CONTROL.findall(page)}
    return found


def asked(world: World) -> list[tuple[str, str]]:
    """Each list as it is without filters, and as the page of one thing asks for it."""
    named = [(name, f"{key}={world.objects[kind].pk}") for name, (key, kind) in OF_ONE_THING.items()]
    return [*named, *((kind.name, "") for kind in all_list_kinds() if kind.name.startswith(ROOMS))]


def cells(reader: Any, name: str, query: str) -> list[str]:
    """What a file would hold; nothing of a list that is no page of the reader's, or whose filter is refused to them."""
    kind = kind_named(name)
    if kind is None or not kind.is_open_to(reader):
        return []
    columns = kind.columns()
    with transaction.atomic():
        try:
            found = [str(column.value(row)) for row in kind.rows(reader, QueryDict(query)) for column in columns]
        except ActionError:
            found = []
        transaction.set_rollback(True)  # that flight risks were looked at is noted
    return found


def people_in(found: list[str]) -> set[int]:
    """Whose employee number stands in some cells."""
    return {int(pk) for cell in found for pk in re.findall(r"Nq(\d+)z", cell)}


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_control_of_every_page_gives_a_file(world):
    client = Client()
    client.force_login(world.users["leader"])
    controls = offered(world)

    answers = {
        (name, query): client.post(reverse("home:list_export", args=[name]), {"query": query, "format": "csv"})
        for name, query in controls
    }

    assert len({name for name, _query in controls}) > 50
    assert {pair: answer.status_code for pair, answer in answers.items() if answer.status_code != 200} == {}


def test_nobody_finds_themselves_or_whom_they_do_not_see(world):
    found = {
        column: {pair: people_in(cells(User.objects.get(pk=world.users[column].pk), *pair)) for pair in asked(world)}
        for column in (*READERS, "stranger", "admin")
    }

    about_oneself = {
        (column, name)
        for column in READERS
        for (name, _query), people in found[column].items()
        if world.users[column].employee_id in people and name not in THEIR_OWN
    }
    assert about_oneself == set()
    assert sum(bool(people) for people in found["leader"].values()) > 25
    for column in ("stranger", "admin"):
        # The stranger mentors somebody.
        assert {name for (name, _query), people in found[column].items() if people} <= {"talent.mentorings"}


def test_a_client_finds_only_what_its_scopes_and_units_open(world):
    lists, stranger = asked(world), world.users["stranger"].employee
    nothing = ClientPrincipal("none", frozenset())
    no_ratings = ClientPrincipal("some", EVERY_SCOPE - {"ratings:read"})
    south = ClientPrincipal("south", EVERY_SCOPE, (stranger.org_unit.path,))

    assert {pair for pair in lists if cells(nothing, *pair)} == set()
    assert {name for name, query in lists if name in RATINGS and cells(no_ratings, name, query)} == set()
    # Of two who meet, the other is part of the row.
    beyond = {pair[0] for pair in lists if people_in(cells(south, *pair)) - {stranger.pk}}
    assert beyond <= {"talent.mentorings"}


def test_a_rating_is_in_a_file_only_with_the_scope_for_ratings(world):
    person, rating = world.objects["employee"], world.objects["rating"]
    may, may_not = (ClientPrincipal("x", EVERY_SCOPE - without) for without in (set(), {"ratings:read"}))

    assert rating.label in cells(may, "talent.profiles", "")
    told = cells(may_not, "talent.profiles", "")
    assert person.pk in people_in(told)
    assert rating.label not in told
    with pytest.raises(ActionError):
        kind_named("talent.profiles").rows(may_not, QueryDict("freshness=fresh"))
    ReviewMember.objects.update(performance=4.25, figures_box=9)
    assert ["4.25" in cells(reader, "talent.review_members", "") for reader in (may, may_not)] == [True, False]
