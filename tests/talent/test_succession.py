"""What can happen to a bench, from where, and what stays when it is refused."""

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from talent.actions import (
    approve_successor,
    change_readiness,
    designate_critical_role,
    edit_critical_role,
    endorse_plan,
    nominate_successor,
    rank_successors,
    remove_successor,
    retire_plan,
)
from talent.enums import Readiness, SuccessorState, VacancyRisk
from talent.models import SuccessionPlan, Successor, TalentProfile
from talent.succession.chances import counting
from talent.succession.together import together_of
from tests.factories.people import EmployeeFactory, PositionFactory, make_user
from tests.factories.talent import SuccessionPlanFactory, SuccessorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user(Role.HR_LEADER)


def topics() -> list[str]:
    return list(Fact.objects.order_by("pk").values_list("topic", flat=True))


def test_the_life_of_a_bench_is_journaled_without_its_contents(leader):
    position, employee = PositionFactory(), EmployeeFactory()

    plan = designate_critical_role(by=leader, position=position, reason="Knows all", vacancy_risk=VacancyRisk.HIGH)
    successor = nominate_successor(
        plan, by=leader, employee=employee, readiness=Readiness.SOON, rationale="Led the move"
    )
    approve_successor(successor, by=make_user(Role.HR_LEADER))
    change_readiness(successor, by=leader, readiness=Readiness.READY_NOW, rationale="Stood in for a month")
    rank_successors(plan, by=leader, order=[successor.pk])
    endorse_plan(plan, by=leader)
    remove_successor(successor, by=leader, reason="Moved abroad")
    edit_critical_role(plan, by=leader, vacancy_risk=VacancyRisk.LOW)
    retire_plan(plan, by=leader)

    assert topics() == [
        "talent.critical_role_designated",
        "talent.successor_nominated",
        "talent.successor_approved",
        "talent.successor_readiness_changed",
        "talent.successors_ranked",
        "talent.succession_plan_endorsed",
        "talent.successor_removed",
        "talent.critical_role_edited",
        "talent.succession_plan_retired",
    ]
    assert all(isinstance(value, int) for fact in Fact.objects.all() for value in fact.data.values())
    successor.refresh_from_db()
    assert (successor.state, successor.readiness, successor.removed_because, successor.rank) == (
        SuccessorState.REMOVED,
        Readiness.READY_NOW,
        "Moved abroad",
        1,
    )
    assert successor.nominated_by_id == leader.employee_id
    assert SuccessionPlan.objects.get().version == 9
    assert TalentProfile.objects.filter(employee=employee).exists()


def test_a_role_is_designated_once_and_taken_up_again_after_it_was_retired(leader):
    plan = SuccessionPlanFactory()
    SuccessorFactory(plan=plan)

    with pytest.raises(ActionError):
        designate_critical_role(by=leader, position=plan.position, reason="Again", vacancy_risk=VacancyRisk.LOW)
    retire_plan(plan, by=leader)
    again = designate_critical_role(by=leader, position=plan.position, reason="Again", vacancy_risk=VacancyRisk.LOW)

    assert (again.pk, again.is_active, again.reason, again.successors.count()) == (plan.pk, True, "Again", 1)


def test_who_cannot_be_nominated(leader):
    plan = SuccessionPlanFactory()
    standing = SuccessorFactory(plan=plan)
    unfit = [
        leader.employee,
        EmployeeFactory(position=plan.position),
        EmployeeFactory(status="left"),
        standing.employee,
    ]

    for employee in unfit:
        with pytest.raises(ActionError):
            nominate_successor(plan, by=leader, employee=employee, readiness=Readiness.SOON)

    assert list(Successor.objects.all()) == [standing]
    assert topics() == []


def test_a_partner_nominates_nobody_they_report_to():
    boss = EmployeeFactory()
    partner = make_user(Role.HRBP, employee=EmployeeFactory(manager=boss))

    with pytest.raises(ActionError):
        nominate_successor(SuccessionPlanFactory(), by=partner, employee=boss, readiness=Readiness.SOON)

    assert not Successor.objects.exists()


def test_somebody_taken_off_can_be_nominated_again(leader):
    successor = SuccessorFactory()
    remove_successor(successor, by=leader, reason="Not now")

    nominate_successor(successor.plan, by=leader, employee=successor.employee, readiness=Readiness.LATER)

    assert Successor.objects.standing().get().readiness == Readiness.LATER


def test_words_are_asked_for(leader):
    successor = SuccessorFactory()

    for refused in (
        lambda: change_readiness(successor, by=leader, readiness=Readiness.LATER, rationale=" "),
        lambda: remove_successor(successor, by=leader, reason=""),
        lambda: edit_critical_role(successor.plan, by=leader, reason=""),
        lambda: designate_critical_role(by=leader, position=PositionFactory(), reason="", vacancy_risk="low"),
    ):
        with pytest.raises(ActionError):
            refused()

    assert Successor.objects.get().readiness == Readiness.READY_NOW
    assert topics() == []


def test_steps_out_of_order_are_refused(leader):
    successor = SuccessorFactory()
    with pytest.raises(ActionError):
        approve_successor(successor, by=leader)
    remove_successor(successor, by=leader, reason="Left the track")

    for step in (
        lambda: approve_successor(successor, by=leader),
        lambda: change_readiness(successor, by=leader, readiness=Readiness.SOON, rationale="Why not"),
        lambda: remove_successor(successor, by=leader, reason="Twice"),
    ):
        with pytest.raises(ActionError):
            step()


def test_a_retired_bench_does_not_change(leader):
    successor = SuccessorFactory(plan__is_active=False, state=SuccessorState.PROPOSED)

    for step in (
        lambda: endorse_plan(successor.plan, by=leader),
        lambda: approve_successor(successor, by=leader),
        lambda: nominate_successor(successor.plan, by=leader, employee=EmployeeFactory(), readiness="soon"),
    ):
        with pytest.raises(ActionError):
            step()

    assert topics() == []


def test_the_bench_is_ordered_by_readiness_then_rank(leader):
    plan = SuccessionPlanFactory()
    later = SuccessorFactory(plan=plan, readiness=Readiness.LATER)
    first, second = SuccessorFactory.create_batch(2, plan=plan)

    rank_successors(plan, by=leader, order=[later.pk, second.pk, first.pk])

    assert list(plan.successors.standing()) == [second, first, later]


def test_ranking_a_bench_that_changed_meanwhile_is_refused(leader):
    plan = SuccessionPlanFactory()
    first, second = SuccessorFactory.create_batch(2, plan=plan)
    remove_successor(second, by=leader, reason="Not now")

    with pytest.raises(ActionError):
        rank_successors(plan, by=leader, order=[second.pk, first.pk])

    first.refresh_from_db()
    assert first.rank is None


def test_endorsing_makes_a_bench_fresh(leader):
    plan = SuccessionPlanFactory(reviewed_on=None)

    endorse_plan(plan, by=leader)

    assert SuccessionPlan.objects.get().reviewed_on == timezone.localdate()


def test_a_client_edits_a_critical_role_and_an_empty_reason_changes_nothing(leader):
    plan, api = SuccessionPlanFactory(vacancy_risk=VacancyRisk.LOW), APIClient()
    api.force_authenticate(ActingPrincipal("t", frozenset(Scope.values), leader))
    url = f"/api/v1/succession-plans/{plan.pk}/"

    taken = api.patch(url, {"vacancy_risk": "high", "criticality": 5}, format="json")
    refused = api.patch(url, {"reason": " ", "vacancy_risk": "low"}, format="json")

    plan.refresh_from_db()
    assert (taken.status_code, refused.status_code) == (200, 400)
    assert (plan.vacancy_risk, plan.criticality, plan.reason) == ("high", 5, "Nobody else knows the customers")


def moved(successor: Successor, *, to: str) -> None:
    """Where the directory says that a successor is by now: in the seat, or gone."""
    person = successor.employee
    if to == "the seat":
        person.position = successor.plan.position
    else:
        person.status, person.left_on = "left", timezone.localdate()
    person.save()


@pytest.mark.parametrize(("to", "words"), [("the seat", "holds the seat already"), ("gone", "does not work here now")])
def test_nobody_is_approved_who_took_the_seat_or_left_since_they_were_proposed(to, words):
    successor = SuccessorFactory(state=SuccessorState.PROPOSED)
    moved(successor, to=to)

    with pytest.raises(ActionError, match=words):
        approve_successor(successor, by=make_user(Role.HR_LEADER))

    successor.refresh_from_db()
    assert (successor.state, successor.approved_at) == (SuccessorState.PROPOSED, None)


@pytest.mark.parametrize("to", ["the seat", "gone"])
def test_whoever_took_the_seat_or_left_counts_in_no_figure_of_the_bench(leader, to):
    successor = SuccessorFactory(state=SuccessorState.APPROVED, readiness=Readiness.READY_NOW)
    other = SuccessorFactory(plan=successor.plan, state=SuccessorState.APPROVED, readiness=Readiness.SOON)
    moved(successor, to=to)

    plan = SuccessionPlan.objects.with_bench().get()

    assert (plan.depth, plan.ready_now) == (1, 0)
    assert [each.pk for each in counting(plan.bench)] == [other.pk]
    assert [slot.employee_id for slot in together_of(leader).slots] == [other.employee_id]
