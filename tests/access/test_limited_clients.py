"""A client limited to units, at every address of the API: it reads and touches what is in its units and nothing else.

The world's people are in the north, but for one stranger in the south. So a client of the south must find nothing of them
anywhere, and a client of the north everything that one without a limit finds, but for the stranger.
"""

import json
import re
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.checks import all_routes
from hrportal.integrations import urls as api_urls
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.chain import sequence_facts
from hrportal.journal.models import Fact
from hrportal.people.models import Employee
from tests.access.parameters import parameters_of
from tests.access.routes import Route, every_route
from tests.access.world import EVERY_SCOPE, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

# What is about nobody: a client of any unit reads the rows of these that lie in no unit.
ABOUT_NOBODY = {
    "job-roles",
    "legal-entities",
    "locations",
    "performance-review-cycles",
    "career-paths",
    "career-steps",
    "competencies",
    "goal-periods",
    "goal-templates",
    "learning-items",
    "pay-ranges",
    "rating-scales",
    "review-templates",
    "role-profiles",
    "stay-interview-templates",
    "talent-pools",
}


# What the world has of these concerns the south, or the whole company.
NOT_THE_NORTHS = {
    "bi-exports",
    "calibration-recusals",
    "flight-risk-opt-outs",
    "gap-analyses",
    "imports",
    "mentor-offers",
    "mentor-suggestions",
    "openings",
    "pending-managers",
    "reward-cycles",
}


@pytest.fixture
def world() -> World:
    """Where everybody has a name that no word of the portal contains."""
    world = make_world()
    for person in Employee.objects.all():
        Employee.objects.filter(pk=person.pk).update(first_name=f"Xq{person.pk}z", last_name=f"Yq{person.pk}z")
    return world


def caller(*units: Any) -> APIClient:
    """A client with every scope, limited to units."""
    api = APIClient()
    api.force_authenticate(ClientPrincipal("matrix", EVERY_SCOPE, tuple(unit.path for unit in units)))
    return api


def of_all() -> APIClient:
    api = APIClient()
    api.force_authenticate(ClientPrincipal("matrix", EVERY_SCOPE))
    return api


def south(world: World) -> Any:
    return world.users["stranger"].employee.org_unit


@cache
def lists() -> list[str]:
    """Every address that answers a list."""
    return sorted(name for _, name, pattern in all_routes() if name.startswith("api:") and name.endswith("-list"))


@cache
def written() -> list[Route]:
    """Every way to write over the API."""
    api = {name for _, name, pattern in all_routes() if hasattr(pattern.callback, "cls")}
    return sorted(route for route in every_route() if route.method in {"POST", "PATCH"} and route.name in api)


def rows_of(api: APIClient, name: str) -> list[dict[str, Any]]:
    answer = api.get(reverse(name), {"page_size": 200} if name != "api:changes-list" else {})
    return answer.json().get("results", []) if answer.status_code == 200 else []


def ids_in(rows: list[dict[str, Any]]) -> set[Any]:
    return {row.get("id", row.get("position")) for row in rows}


def names_in(text: str) -> set[int]:
    """The ids of people whose names occur."""
    return {int(found) for found in re.findall(r"[XY]q(\d+)z", text)}


def test_south_finds_nobody_of_the_north_in_any_list(world):
    api, there = caller(south(world)), world.users["stranger"].employee_id
    # A stranger is somebody's report, mentor, and kept out of a talk: who is named beside them is part of their own rows.
    beside = {"employees", "mentorings", "calibration-recusals", "org-units", "talent-pools"}

    found = {name: names_in(json.dumps(rows_of(api, name))) - {there} for name in lists()}

    assert {name: ids for name, ids in found.items() if ids and name[4:-5] not in beside} == {}


def test_south_finds_rows_of_nobody_only(world):
    api, here = caller(south(world)), world.users["stranger"].employee
    own = {
        "api:webhook-deliveries-list",
        "api:webhook-endpoints-list",
        "api:accounts-list",
        "api:mentor-offers-list",
        "api:employees-list",
        "api:org-units-list",
        "api:flight-risk-opt-outs-list",
        "api:openings-list",
    }

    full = {name for name in lists() if rows_of(api, name)} - own

    assert {name[4:-5] for name in full} <= ABOUT_NOBODY | {
        "cycles",
        "exports",
        "jobs",
        "changes",
        "hand-over-comparisons",
    }
    assert [row["id"] for row in rows_of(api, "api:employees-list")] == [here.pk]
    assert [row["id"] for row in rows_of(api, "api:org-units-list")] == [here.org_unit_id]


def test_north_finds_what_is_its_own(world):
    api, all_of_it = caller(world.objects["unit"]), of_all()
    without_limit = {name: ids_in(rows_of(all_of_it, name)) for name in lists()}
    within = {name: ids_in(rows_of(api, name)) for name in lists()}

    assert [name for name in lists() if not within[name] <= without_limit[name]] == []
    assert {name[4:-5] for name in lists() if without_limit[name] and not within[name]} == NOT_THE_NORTHS
    assert names_in(json.dumps(rows_of(api, "api:employees-list"))) >= {world.objects["employee"].pk}


def test_change_feed_tells_of_one_s_own_units(world):
    sequence_facts()
    north, here = caller(world.objects["unit"]), caller(south(world))

    told = {row["employee"] for row in rows_of(here, "api:changes-list")} - {None}

    assert told <= {world.users["stranger"].employee_id}
    assert world.objects["employee"].pk in {row["employee"] for row in rows_of(north, "api:changes-list")}


def test_south_writes_nothing_about_the_north(world):
    """Whatever the address, an object of the north does not exist for a client of the south."""
    api, wrote = caller(south(world)), {}
    for route in written():
        url = reverse(route.name, kwargs=parameters_of(world, route.name))
        with transaction.atomic():
            facts = Fact.objects.count()
            answer = api.generic(route.method, url, data="{}", content_type="application/json")
            if Fact.objects.count() - facts or answer.status_code < 400:
                wrote[str(route)] = answer.status_code
            transaction.set_rollback(True)

    # What begins something for the units the client has, its own jobs, and its own addresses for webhooks.
    assert wrote.keys() <= MAY_BEGIN, wrote


# Figures and pairs of what one sees oneself, a comparison that changes nothing, what is read, which is nobody's, and the addresses
# to which the client has things sent: the world's endpoint belongs to it.
MAY_BEGIN = {
    "POST api:hand-over-comparisons-list",
    "POST api:mentor-suggestions-list",
    "POST api:notices-read-all",
    "POST api:succession-plans-compute-study",
    "POST api:talent-metrics-list",
    "POST api:webhook-deliveries-resend",
    "POST api:webhook-endpoints-pause",
    "POST api:webhook-endpoints-rotate-secret",
    "POST api:webhook-endpoints-test",
}


def bodies(world: World) -> dict[str, tuple[str, dict[str, Any]]]:
    """Bodies that name somebody or something of the north, each good for a client without a limit."""
    objects, person, unit = world.objects, world.objects["employee"].pk, world.objects["unit"].pk
    today = timezone.localdate().isoformat()
    later = (timezone.localdate() + timedelta(days=400)).isoformat()
    return {
        "a goal": ("objectives/", {"title": "A", "owner": person, "starts_on": today, "due_on": today}),
        "a goal of the unit": (
            "objectives/",
            {"title": "A", "level": "unit", "org_unit": unit, "starts_on": today, "due_on": today},
        ),
        "a cycle": (
            "cycles/",
            {
                "name": "A",
                "starts_on": today,
                "ends_on": today,
                "template": objects["template"].pk,
                "scale": objects["scale"].pk,
                "org_units": [unit],
            },
        ),
        "a cycle of everybody": (
            "cycles/",
            {
                "name": "A",
                "starts_on": today,
                "ends_on": today,
                "template": objects["template"].pk,
                "scale": objects["scale"].pk,
            },
        ),
        "an exemption": ("review-exemptions/", {"employee": world.users["peer"].employee_id, "reason": "A"}),
        "a session": (
            "calibration-sessions/",
            {"name": "A", "cycle": objects["calibrated_cycle"].pk, "org_unit": unit},
        ),
        "a forecast": ("headcount-forecasts/", {"job": objects["role"].pk, "org_unit": unit, "on": later, "number": 9}),
        "figures": ("talent-metrics/", {"org_unit": unit}),
        "an audit": ("readiness-audits/", {"cycle": objects["cycle"].pk, "org_unit": unit}),
    }


def test_bodies_do_not_reach_into_the_north(world):
    """What any client may begin there, one of the south may not; and the same body is good without the limit."""
    api, every = caller(south(world)), of_all()
    good, reached = {}, {}
    for name, (url, body) in bodies(world).items():
        for answers, who in ((good, every), (reached, api)):
            with transaction.atomic():
                answers[name] = who.post(f"/api/v1/{url}", body, format="json").status_code
                transaction.set_rollback(True)

    assert {name: status for name, status in good.items() if status >= 300} == {}
    assert {name: status for name, status in reached.items() if status < 400} == {}


def test_every_resource_is_walked():
    assert {prefix for prefix, _, _ in api_urls.router.registry} <= {name[4:-5] for name in lists()}
