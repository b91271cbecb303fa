"""From the capability strategy of a family to proposed goals, when HR asks."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration.actions.strategy import start_proposing_from_strategy
from calibration.bridge.proposing import family_people, preview_of
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.people.enums import Role
from hrportal.people.exports import kind_named
from hrportal.people.models import Employee
from performance.enums import ReviewState
from performance.models import CompetencyRating, GoalProposal
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, RoleProfileEntryFactory, make_user
from tests.factories.performance import ReviewFactory, part_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def care():
    """A family whose job will ask for level 4; somebody reviewed at 2, and somebody nobody reviewed."""
    entry = RoleProfileEntryFactory(job=JobFactory(family="Care"), level_today=2, level_in_24_months=4)
    unit = OrgUnitFactory()
    person = EmployeeFactory(job=entry.job, org_unit=unit)
    EmployeeFactory(job=entry.job, org_unit=unit)
    review = ReviewFactory(employee=person, state=ReviewState.COMPLETED, completed_at=timezone.now())
    CompetencyRating.objects.create(part=part_of(review), competency=entry.competency, level=2)
    return entry, person, unit


def test_asking_twice_proposes_once(care):
    entry, person, _unit = care
    leader = make_user(Role.HR_LEADER)

    for _again in range(2):
        start_proposing_from_strategy(by=leader, family="Care")
        run_due_jobs()

    (proposal,) = GoalProposal.objects.all()
    assert (proposal.employee, proposal.competency, proposal.level_now, proposal.level_wanted) == (
        person,
        entry.competency,
        2,
        4,
    )


def test_the_preview_says_what_would_happen_and_who_is_left_out(care):
    leader = make_user(Role.HR_LEADER)
    people = family_people("Care", leader)

    before = preview_of(people)

    assert (before.people, before.proposals) == (1, 1)
    assert {why: len(people) for why, people in before.left_out.items()} == {"no_level": 1}
    start_proposing_from_strategy(by=leader, family="Care")
    run_due_jobs()
    after = preview_of(people)
    assert after.proposals == 0
    assert {why: len(people) for why, people in after.left_out.items()} == {"already": 1, "no_level": 1}


def test_a_partner_reaches_their_units_only(care):
    partner = make_user(Role.HRBP, unit=OrgUnitFactory())

    with pytest.raises(ActionError):
        start_proposing_from_strategy(by=partner, family="Care")

    assert not GoalProposal.objects.exists()


def test_the_page_previews_and_starts(care, client):
    client.force_login(make_user(Role.HRBP, unit=care[2]))
    url = reverse("calibration:strategy_propose")

    page = client.get(url, {"family": "Care"})

    assert page.status_code == 200
    assert "No finished review gave a level" in page.content.decode()
    assert client.post(url, {"family": "Care"}).status_code == 302
    run_due_jobs()
    assert GoalProposal.objects.count() == 1
    assert client.get(reverse("talent:strategy_detail"), {"family": "Care"}).status_code == 200


def lists_of(reader):
    """The lists of the page about a family, as files hold them."""
    found = {}
    for name in ("strategy_proposals", "strategy_left_out"):
        kind = kind_named(f"calibration.{name}")
        rows = kind.rows(reader, QueryDict("family=Care"))
        found[name] = [[str(column.value(row)) for column in kind.columns()] for row in rows]
    return found


def test_what_would_be_proposed_and_who_is_left_out_is_taken_away(care):
    entry, person, unit = care
    left_out = Employee.objects.exclude(pk=person.pk).get(org_unit=unit)

    found = lists_of(make_user(Role.HR_LEADER))

    assert found["strategy_proposals"] == [[entry.competency.name, "1"]]
    ((number, *_rest, why),) = found["strategy_left_out"]
    assert (number, why.partition(",")[0]) == (left_out.employee_number, "No finished review gave a level")


@pytest.mark.parametrize("who", ["another unit", "no scope for ratings", "no right to propose"])
def test_nobody_takes_away_what_they_may_not_see(care, who):
    readers = {
        "another unit": make_user(Role.HRBP, unit=OrgUnitFactory()),
        "no scope for ratings": ClientPrincipal("t", frozenset({"calibration:write", "calibration:read"})),
        "no right to propose": ClientPrincipal("t", frozenset({"ratings:read", "calibration:read"})),
    }

    assert lists_of(readers[who]) == {"strategy_proposals": [], "strategy_left_out": []}


def test_a_family_too_large_to_preview_is_taken_away_in_portions(care, client, monkeypatch):
    monkeypatch.setattr("calibration.views.strategy.MOST_PREVIEWED", 0)
    monkeypatch.setattr("calibration.bridge.strategy_lists.CHUNK", 1)
    monkeypatch.setattr("hrportal.people.exports.CHUNK", 1)
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)

    page = client.get(reverse("calibration:strategy_propose"), {"family": "Care"}).content.decode()

    assert "too many to work out while you wait" in page
    assert all(f'/exports/calibration.{name}/"' in page for name in lists_of(leader))
    assert {name: len(rows) for name, rows in lists_of(leader).items()} == {
        "strategy_proposals": 1,
        "strategy_left_out": 1,
    }


def caller(user, *scopes):
    api = APIClient()
    api.force_authenticate(ActingPrincipal("t", frozenset(scopes), user))
    return api


def test_the_api_previews_and_starts(care):
    api = caller(make_user(Role.HR_LEADER), "calibration:write", "ratings:read")

    shown = api.get("/api/v1/strategy-proposals/", {"family": "Care"}).json()
    started = api.post("/api/v1/strategy-proposals/", {"family": "Care"}, format="json")
    run_due_jobs()

    assert (shown["people"], [line["reason"] for line in shown["left_out"]]) == (1, ["no_level"])
    assert started.status_code == 202
    assert GoalProposal.objects.count() == 1


def test_the_api_refuses_as_the_page_does(care):
    leader = make_user(Role.HR_LEADER)
    elsewhere = caller(make_user(Role.HRBP, unit=OrgUnitFactory()), "calibration:write")
    nobody = caller(make_user(employee=care[1]), "calibration:write")

    answers = [
        elsewhere.post("/api/v1/strategy-proposals/", {"family": "Care"}, format="json"),
        nobody.post("/api/v1/strategy-proposals/", {"family": "Care"}, format="json"),
        caller(leader, "calibration:write").post("/api/v1/strategy-proposals/", {"family": "None"}, format="json"),
        caller(leader, "calibration:write").get("/api/v1/strategy-proposals/", {"family": "Care"}),
        caller(leader, "calibration:write", "ratings:read").get("/api/v1/strategy-proposals/"),
    ]

    assert [answer.status_code for answer in answers] == [409, 403, 404, 403, 400]
    run_due_jobs()
    assert not GoalProposal.objects.exists()
