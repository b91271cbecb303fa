"""What each scope opens is closed to a client that has every other scope: by list, detail, field, filter, order and feed."""

import json
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from rest_framework.test import APIClient

from hrportal.common.access import access_of
from hrportal.common.checks import all_routes
from hrportal.integrations.hearing import SUBJECTS
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.chain import sequence_facts
from tests.access.parameters import parameters_of
from tests.access.routes import every_route
from tests.access.world import EVERY_SCOPE, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
READ_SCOPES = sorted(scope for scope in EVERY_SCOPE if scope.endswith(":read"))
# Fields of ratings, wherever they are: null or empty without `ratings:read`.
RATINGS = {
    "overall_rating",
    "proposed_rating",
    "final_rating",
    "summary_rating",
    "rating",
    "ratings",
    "level_now",
    "performance",
    "performance_on",
    "figures_box",
    "calibrated_rating",
}
EMPTY = (None, [], {}, "")


def without(scope: str) -> APIClient:
    api = APIClient()
    api.force_authenticate(ClientPrincipal("matrix", EVERY_SCOPE - {scope}))
    return api


def routes_of(scope: str) -> list[Any]:
    """Every way to the API that declares this scope, read off the views themselves."""
    found = []
    views = {name: pattern.callback for _, name, pattern in all_routes() if hasattr(pattern.callback, "cls")}
    for route in every_route():
        callback = views.get(route.name)
        declared = access_of(callback) if callback else None
        action = getattr(callback, "actions", {}).get(route.method.lower(), route.method.lower())
        if declared and declared.scope_for(action) == scope:
            found.append(route)
    return sorted(found)


def values_of(found: Any, names: set[str]) -> list[Any]:
    """What stands under some names, at any depth."""
    if isinstance(found, list):
        return [value for each in found for value in values_of(each, names)]
    if not isinstance(found, dict):
        return []
    here = [value for name, value in found.items() if name in names]
    return here + [value for each in found.values() for value in values_of(each, names)]


def readable(world: World, api: APIClient) -> dict[str, Any]:
    """Every answer to a GET of the API, by route."""
    answers = {}
    names = {name for _, name, pattern in all_routes() if hasattr(pattern.callback, "cls") and name.startswith("api:")}
    for route in every_route():
        if route.method != "GET" or route.name not in names or route.name in {"api:schema", "api:docs"}:
            continue
        answer = api.get(reverse(route.name, kwargs=parameters_of(world, route.name)))
        if answer.status_code == 200 and "json" in answer.get("Content-Type", ""):
            answers[route.name] = answer.json()
    return answers


@pytest.mark.parametrize("scope", sorted(EVERY_SCOPE - {Scope.ACT_FOR}))
def test_every_route_of_a_scope_is_refused_without_it(scope):
    world, api, opened = make_world(), without(scope), []
    for route in routes_of(scope):
        url = reverse(route.name, kwargs=parameters_of(world, route.name))
        answer = api.generic(route.method, url, data="{}", content_type="application/json")
        if answer.status_code not in {403, 404}:
            opened.append((str(route), answer.status_code))

    assert opened == []


def test_no_rating_is_read_without_the_scope_for_ratings():
    world = make_world()

    answers = readable(world, without(Scope.RATINGS_READ))

    told = {
        name: [value for value in values_of(found, RATINGS) if value not in EMPTY] for name, found in answers.items()
    }
    assert {name: values for name, values in told.items() if values} == {}
    assert any(values_of(found, RATINGS) for found in readable(world, without(Scope.ACT_FOR)).values())


def test_no_rating_is_asked_for_by_filter_or_order_or_sparse_field():
    api = without(Scope.RATINGS_READ)
    make_world()

    for query in ("final_rating=3", "rating=3", "performance_min=2", "ordering=final_rating", "overall_rating=1"):
        assert api.get(f"/api/v1/reviews/?{query}").status_code == 400, query
    for name in ("reviews", "performance-reviews", "review-members", "pool-members"):
        fields = "id,final_rating,summary_rating,performance,evidence"
        for row in api.get(f"/api/v1/{name}/?fields={fields}").json().get("results", []):
            assert {value for key, value in row.items() if key in RATINGS} <= {None}


def test_levels_of_performance_in_evidence_take_the_scope_for_ratings():
    world = make_world()
    member = world.objects["pool_member"]
    member.evidence = {"performance": {"value": 4.5}, "ratings": [1], "potential": {"value": 3.5}}
    member.save()
    url = f"/api/v1/pool-members/{member.pk}/"

    assert without(Scope.RATINGS_READ).get(url).json()["evidence"] == {"potential": {"value": 3.5}}
    assert without(Scope.ACT_FOR).get(url).json()["evidence"].keys() == {"performance", "ratings", "potential"}


def test_correlation_with_performance_takes_the_scope_for_ratings():
    make_world()

    answer = without(Scope.RATINGS_READ).get("/api/v1/potential-assessments/separation/").json()

    assert (answer["count"], answer["value"]) == (0, None)


@pytest.mark.parametrize(
    ("scope", "keys"),
    [
        (Scope.SUCCESSION_READ, {"internal", "from_bench", "ready_was_ready", "never"}),
        (Scope.RATINGS_READ, {"kept", "gaps"}),
    ],
)
def test_sums_that_rest_on_another_scope_take_it(scope, keys):
    """Also of figures that were computed while the client still had it."""
    world = make_world()
    metrics = world.objects["talent_metrics_of_client"]
    for answer, has in ((without(Scope.ACT_FOR), True), (without(scope), False)):
        metrics.figures = {"whole": FIGURES, "units": [{"name": "A", **FIGURES}], "windows": []}
        metrics.computed_at, metrics.user = metrics.asked_at, None
        metrics.save()
        report = answer.get(f"/api/v1/talent-metrics/{metrics.pk}/").json()["report"]
        for window in (report["whole"], *report["units"]):
            assert bool(keys & {share["key"] for share in window["shares"]}) is has
            if scope == Scope.SUCCESSION_READ:
                assert (window["mean_depth"] is not None) is has


FIGURES = {
    "fills": {"bench": 1, "internal": 1, "external": 0},
    "critical_fills": {"bench": 1, "internal": 0, "external": 0},
    "days": [3],
    "ready_now": {"meets": 1, "falls_short": 0, "unknown": 0, "too_early": 0},
    "benches": {"roles": 2, "depth": 3, "named": 1, "ready_now": 1},
    "never": {"part": 1, "whole": 2},
    "kept": {"part": 1, "whole": 2, "left": 0, "unexplained": 0},
    "gaps": {"part": 1, "whole": 2},
}


@pytest.mark.parametrize("scope", sorted(SUBJECTS))
def test_feed_tells_nothing_of_a_scope_that_is_missing(scope):
    make_world()
    sequence_facts()
    connection.ensure_connection()

    told = without(scope).get("/api/v1/changes/").json()["results"]

    heard = {subject for other, subjects in SUBJECTS.items() if other != scope for subject in subjects}
    assert {row["subject_type"] for row in told} <= heard
    assert "confidential" not in json.dumps(told)
