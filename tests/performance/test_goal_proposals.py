"""Development goals the strategy proposes: what is proposed when, who sees it, what becomes of it."""

import datetime

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance.actions import ProposalSeed, accept_goal_proposal, dismiss_goal_proposal, propose_goals
from performance.goal_lists import PROPOSALS
from performance.models import GoalProposal, Objective
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import GoalPeriodFactory, GoalProposalFactory
from tests.notices.openable import assert_openable

pytestmark = pytest.mark.django_db


def a_seed(person, competency, review=1, version=1, *, year=2025, now=2, wanted=4, shared=False):
    return ProposalSeed(
        employee_id=person.pk,
        competency_id=competency.pk,
        level_now=now,
        level_wanted=wanted,
        wanted_by=datetime.date(year + 2, 12, 31),
        source=f"performance.review:{review}",
        source_version=version,
        period_ends_on=datetime.date(year, 12, 31),
        shared_at=timezone.now() if shared else None,
    )


def states():
    return list(GoalProposal.objects.order_by("source", "source_version").values_list("source_version", "state"))


@pytest.fixture
def person():
    return EmployeeFactory(manager=EmployeeFactory())


@pytest.fixture
def competency():
    return CompetencyFactory(name="Negotiation")


def test_what_is_no_longer_found_ends_and_comes_again_when_it_is_found_again(person, competency):
    seed = a_seed(person, competency)
    assert propose_goals([seed], people=[person.pk]) == 1
    assert propose_goals([seed], people=[person.pk]) == 0

    propose_goals([], people=[person.pk])
    assert states() == [(1, "superseded")]

    propose_goals([seed], people=[person.pk])
    assert states() == [(1, "proposed")]


def test_a_withdrawn_source_takes_its_proposals_back_and_nobody_elses(person, competency):
    other = EmployeeFactory()
    propose_goals([a_seed(person, competency), a_seed(other, competency, 2)], people=[person.pk, other.pk])

    propose_goals([], people=[person.pk], gone={"performance.review:1"})

    assert states() == [(1, "withdrawn"), (1, "proposed")]


def test_what_a_source_under_correction_said_stays_until_it_has_settled(person, competency):
    propose_goals([a_seed(person, competency, 2, year=2026)], people=[person.pk])

    propose_goals([a_seed(person, competency, 1)], people=[person.pk], unsettled={"performance.review:2"})
    assert list(GoalProposal.objects.open().values_list("source", flat=True)) == ["performance.review:2"]

    propose_goals([a_seed(person, competency, 2, 2, year=2026, now=3)], people=[person.pk])
    assert list(GoalProposal.objects.open().values_list("source_version", "level_now")) == [(2, 3)]


def test_what_was_decided_is_not_proposed_again_by_a_correction_but_by_a_later_review(person, competency):
    propose_goals([a_seed(person, competency)], people=[person.pk])
    dismiss_goal_proposal(GoalProposal.objects.get(), by=None, reason="Two goals are enough")

    propose_goals([a_seed(person, competency, 1, 2)], people=[person.pk])
    assert states() == [(1, "dismissed")]

    propose_goals([a_seed(person, competency, 2, year=2026)], people=[person.pk])
    assert states() == [(1, "dismissed"), (1, "proposed")]


def test_accepting_sets_a_development_goal_measured_in_levels(person, competency):
    period = GoalPeriodFactory(starts_on=datetime.date(2026, 1, 1), ends_on=datetime.date(2026, 12, 31))
    propose_goals([a_seed(person, competency, shared=True)], people=[person.pk])

    proposal = accept_goal_proposal(GoalProposal.objects.get(), by=None, period=period)

    goal = proposal.objective
    assert (goal.title, goal.kind, goal.level) == ("Reach level 4 in Negotiation", "development", "individual")
    assert (goal.owner, goal.competency, goal.period, goal.due_on) == (person, competency, period, period.ends_on)
    result = goal.key_results.get()
    assert (result.baseline, result.target) == (2, 4)
    assert Fact.objects.get(topic="performance.goal_proposal_accepted").data == {"objective": goal.pk}


def test_neither_a_decided_nor_an_unshared_nor_one_for_a_closed_period_is_accepted(person):
    period, over = GoalPeriodFactory(), GoalPeriodFactory(closed_at=timezone.now())
    hidden = GoalProposalFactory(employee=person)
    dismissed = GoalProposalFactory(employee=person, shared_at=timezone.now(), state="dismissed", reason="No")
    shown = GoalProposalFactory(employee=person, shared_at=timezone.now())

    for proposal, where in ((hidden, period), (dismissed, period), (shown, over)):
        with pytest.raises(ActionError):
            accept_goal_proposal(proposal, by=None, period=where)

    assert not Objective.objects.exists()
    assert sorted(GoalProposal.objects.values_list("state", flat=True)) == ["dismissed", "proposed", "proposed"]


def test_dismissing_needs_a_reason(person):
    proposal = GoalProposalFactory(employee=person)

    with pytest.raises(ActionError):
        dismiss_goal_proposal(proposal, by=None, reason="  ")

    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_an_accepted_goal_outlives_what_the_strategy_says_later(person, competency):
    propose_goals([a_seed(person, competency, shared=True)], people=[person.pk])
    accept_goal_proposal(GoalProposal.objects.get(), by=None, period=GoalPeriodFactory())

    propose_goals([], people=[person.pk], gone={"performance.review:1"})

    assert states() == [(1, "accepted")]
    assert Objective.objects.get().state == "active"


def test_the_person_is_told_once_when_it_is_shared_and_nothing_of_what_it_says(person, competency):
    propose_goals([a_seed(person, competency)], people=[person.pk])
    assert not Notice.objects.exists()

    for _twice in range(2):
        propose_goals([a_seed(person, competency, shared=True)], people=[person.pk])

    notice = Notice.objects.get()
    assert notice.employee == person
    assert "Negotiation" not in notice.title
    assert_openable(notice)


def test_who_sees_what_is_proposed_to_whom():
    unit = OrgUnitFactory()
    person = EmployeeFactory(manager=EmployeeFactory(org_unit=unit), org_unit=unit)
    shown = GoalProposalFactory(employee=person, shared_at=timezone.now())
    hidden = GoalProposalFactory(employee=person)
    users = {
        "own": make_user(employee=person),
        "manager": make_user(employee=person.manager),
        "partner": make_user(Role.HRBP, unit=unit),
        "other partner": make_user(Role.HRBP, unit=OrgUnitFactory()),
        "leader": make_user(Role.HR_LEADER),
        "executive": make_user(Role.EXECUTIVE, unit=unit),
        "admin": make_user(Role.ADMIN),
        "stranger": make_user(),
    }

    seen = {name: set(GoalProposal.objects.visible_to(user)) for name, user in users.items()}

    assert {name for name, rows in seen.items() if rows == {shown, hidden}} == {"manager", "partner", "leader"}
    assert seen["own"] == {shown}
    assert {name for name, rows in seen.items() if not rows} == {"other partner", "executive", "admin", "stranger"}


def test_people_accept_on_their_own_page(client, person, competency):
    user, period = make_user(employee=person), GoalPeriodFactory()
    proposal = GoalProposalFactory(employee=person, competency=competency, shared_at=timezone.now())
    client.force_login(user)
    listed = client.get(reverse("performance:objective_list")).content.decode()
    assert "Proposed for your next period" in listed
    assert "the job will ask for level 4" in listed

    url = reverse("performance:goal_proposal_accept", args=[proposal.pk])
    assert "Reach level 4 in Negotiation" in client.get(url).content.decode()
    answer = client.post(url, {"title": "Lead two negotiations", "period": period.pk})

    goal = Objective.objects.get()
    assert answer.url == reverse("performance:objective_detail", args=[goal.pk])
    assert (goal.title, goal.owner) == ("Lead two negotiations", person)
    assert "Proposed for" not in client.get(reverse("performance:objective_list")).content.decode()


def test_a_manager_dismisses_with_a_reason_and_cannot_accept_before_sharing(client, person, competency):
    manager, period = make_user(employee=person.manager), GoalPeriodFactory()
    proposal = GoalProposalFactory(employee=person, competency=competency)
    client.force_login(manager)
    accept, dismiss = (
        reverse(f"performance:goal_proposal_{verb}", args=[proposal.pk]) for verb in ("accept", "dismiss")
    )
    listed = client.get(reverse("performance:goal_proposal_list"), {"show": "team"}).content.decode()
    assert dismiss in listed
    assert accept not in listed

    assert client.post(accept, {"title": "Early", "period": period.pk}).status_code == 422
    assert client.post(dismiss, {"reason": ""}).status_code == 422
    assert not Objective.objects.exists()
    assert client.post(dismiss, {"reason": "The role will change"}).status_code == 302

    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.decided_by) == (
        "dismissed",
        "The role will change",
        person.manager,
    )


def test_without_an_open_period_the_page_says_what_to_wait_for(client, person):
    proposal = GoalProposalFactory(employee=person, shared_at=timezone.now())
    client.force_login(make_user(employee=person))

    page = client.get(reverse("performance:goal_proposal_accept", args=[proposal.pk])).content.decode()

    assert "No period is open" in page


def test_an_empty_list_says_when_something_appears(client, person):
    client.force_login(make_user(employee=person))

    assert "Nothing is proposed to you" in client.get(reverse("performance:goal_proposal_list")).content.decode()


@pytest.mark.parametrize(
    "name", ["performance:goal_proposal_list", "performance:objective_list", "api:goal-proposals-list"]
)
def test_lists_ask_the_same_number_of_questions_for_one_and_three(client, person, name):
    client.force_login(make_user(employee=person))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            GoalProposalFactory(employee=person, shared_at=timezone.now())
        ask(client, name)
        with CaptureQueriesContext(connection) as queries:
            ask(client, name)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def ask(client, name):
    if name.startswith("api:"):
        api(*SCOPES).get(reverse(name))
    else:
        assert client.get(reverse(name)).status_code == 200


SCOPES = ("goals:read", "goals:write", "ratings:read")


def api(*scopes):
    client = APIClient()
    client.force_authenticate(ClientPrincipal("sync", frozenset(scopes)))
    return client


def test_the_api_accepts_and_refuses_a_second_time(person, competency):
    proposal, period = GoalProposalFactory(employee=person, shared_at=timezone.now()), GoalPeriodFactory()
    url = reverse("api:goal-proposals-accept", args=[proposal.pk])

    accepted = api(*SCOPES).post(url, {"period": period.pk}, format="json")
    again = api(*SCOPES).post(url, {"period": period.pk}, format="json")

    assert accepted.status_code == 200
    assert (accepted.json()["state"], accepted.json()["objective"]) == ("accepted", Objective.objects.get().pk)
    assert again.status_code == 409
    assert Objective.objects.count() == 1


def test_the_api_keeps_the_level_found_from_clients_without_the_scope_for_ratings(person):
    GoalProposalFactory(employee=person)
    url = reverse("api:goal-proposals-list")

    assert [row["level_now"] for row in api("goals:read").get(url).json()["results"]] == [None]
    assert [row["level_now"] for row in api(*SCOPES).get(url).json()["results"]] == [2]


@pytest.mark.parametrize(("scopes", "level", "says"), [({"goals:read"}, None, False), (SCOPES, 2, True)])
def test_a_file_keeps_the_level_found_from_them_too(person, scopes, level, says):
    GoalProposalFactory(employee=person)

    (row,) = PROPOSALS.rows(ClientPrincipal("hris", frozenset(scopes)), QueryDict())

    cells = {str(column.title): column.value(row) for column in PROPOSALS.columns()}
    assert (cells["Level now"], "level 2" in str(cells["Why"])) == (level, says)


def test_the_api_dismisses_with_a_reason(person):
    proposal = GoalProposalFactory(employee=person)
    url = reverse("api:goal-proposals-dismiss", args=[proposal.pk])

    assert api(*SCOPES).post(url, {"reason": ""}, format="json").status_code == 400
    assert api(*SCOPES).post(url, {"reason": "Covered already"}, format="json").json()["state"] == "dismissed"
