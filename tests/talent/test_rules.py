"""Who sees talent data and who may touch it, for every way of looking at one person."""

import pytest
from django.utils import timezone

from hrportal.people.enums import Role
from hrportal.people.models import Employee
from talent.forms.succession import seats_for
from talent.models import DevelopmentPlan, PlanItem, SuccessionPlan, Successor, TalentProfile
from tests.factories.people import EmployeeFactory, PositionFactory, make_user
from tests.factories.talent import (
    CalibratedRatingFactory,
    DevelopmentPlanFactory,
    PlanActionFactory,
    PlanItemFactory,
    SuccessionPlanFactory,
    SuccessorFactory,
    TalentProfileFactory,
)
from tests.talent.company import VIEWERS

BENCH_PERMS = ["edit_critical_role", "nominate_successor", "rank_successors", "endorse_plan", "retire_plan"]
SUCCESSOR_PERMS = ["approve_successor", "change_readiness", "remove_successor"]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_profiles_and_ratings_are_seen_from_above_and_by_hr(company, viewer):
    rating = CalibratedRatingFactory(profile__employee=company.person)
    user = company.viewer(viewer)

    sees = TalentProfile.objects.visible_to(user).filter(pk=rating.profile_id).exists()

    assert sees == (viewer in {"manager", "head", "partner", "hr_leader", "executive"})
    assert sees == type(rating).objects.visible_to(user).exists()


@pytest.mark.parametrize("viewer", VIEWERS)
def test_a_plan_is_worked_on_from_above_and_by_hr(company, viewer):
    item = PlanItemFactory(plan__employee=company.person)
    user = company.viewer(viewer)

    works = viewer in {"manager", "head", "partner", "hr_leader"}
    assert DevelopmentPlan.objects.visible_to(user).filter(pk=item.plan_id).exists() == works
    assert PlanItem.objects.visible_to(user).filter(pk=item.pk).exists() == works
    for perm in ("edit_item", "close_item", "add_action"):
        assert user.has_perm(f"talent.{perm}", item) == works
    assert user.has_perm("talent.complete_plan", item.plan) == works
    assert user.has_perm("talent.add_item", company.person) == (works or viewer == "self")


@pytest.mark.parametrize("viewer", VIEWERS)
def test_the_seats_bench_is_seen_by_hr_and_by_the_executive_of_the_part(company, viewer):
    plan = SuccessionPlanFactory(position=company.seat)
    successor = SuccessorFactory(plan=plan)
    user = company.viewer(viewer)

    sees = SuccessionPlan.objects.visible_to(user).filter(pk=plan.pk).exists()
    touches = {user.has_perm(f"talent.{perm}", plan) for perm in BENCH_PERMS}
    touches |= {user.has_perm(f"talent.{perm}", successor) for perm in SUCCESSOR_PERMS}

    # The partner below reports to the person, and so to the boss whose seat this is.
    assert sees == (viewer in {"partner", "hr_leader", "executive"})
    assert Successor.objects.visible_to(user).exists() == sees
    assert touches == {viewer in {"partner", "hr_leader"}}
    assert user.has_perm("talent.designate_critical_role") == (
        viewer in {"partner", "far_partner", "partner_below", "hr_leader"}
    )


@pytest.mark.parametrize("roles", [set(), {Role.HRBP}, {Role.HR_LEADER}, {Role.EXECUTIVE}, set(Role.granted())])
def test_nobody_sees_or_touches_talent_data_about_themselves(company, roles):
    profile = TalentProfileFactory(employee=company.boss)
    own_seat = SuccessionPlanFactory(position=company.seat)
    stands_on = SuccessorFactory(employee=company.boss, plan__position=PositionFactory(org_unit=company.unit)).plan
    user = make_user(*roles, employee=company.boss, unit=company.unit)

    assert profile not in TalentProfile.objects.visible_to(user)
    assert not SuccessionPlan.objects.visible_to(user).exists()
    assert not Successor.objects.visible_to(user).exists()
    for plan in (own_seat, stands_on):
        assert not any(user.has_perm(f"talent.{perm}", plan) for perm in BENCH_PERMS)


def test_a_bench_one_was_taken_off_is_as_any_other(company):
    successor = SuccessorFactory(employee=company.boss, state="removed")
    user = make_user(Role.HR_LEADER, employee=company.boss)

    assert list(SuccessionPlan.objects.visible_to(user)) == [successor.plan]
    assert user.has_perm("talent.endorse_plan", successor.plan)


def test_an_hr_leader_plans_for_those_above_and_a_partner_does_not(company):
    plan = SuccessionPlanFactory(position=company.seat)
    standing = SuccessorFactory(employee=company.boss, plan__position=PositionFactory(org_unit=company.unit)).plan
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(manager=company.boss))
    partner = make_user(Role.HRBP, unit=company.unit, employee=EmployeeFactory(manager=company.boss))

    assert set(SuccessionPlan.objects.visible_to(leader)) == {plan, standing}
    assert not SuccessionPlan.objects.visible_to(partner).exists()
    assert [u.has_perm("talent.endorse_plan", p) for u in (leader, partner) for p in (plan, standing)] == [
        True,
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("viewer", VIEWERS)
def test_which_seats_may_be_called_critical(company, viewer):
    user = company.viewer(viewer)

    may = {
        seat
        for seat in (company.seat, PositionFactory(org_unit=company.unit), PositionFactory(org_unit=company.elsewhere))
        if user.has_perm("talent.designate_critical_role", seat)
    }

    assert may == set(seats_for(user) if user.has_perm("talent.designate_critical_role") else [])
    # The partner below reports to the one who sits on the seat.
    assert (company.seat in may) == (viewer in {"partner", "hr_leader"})


def test_a_manager_sees_no_succession_below(company):
    SuccessorFactory(employee=company.person, plan__position=PositionFactory(org_unit=company.unit))

    assert not SuccessionPlan.objects.visible_to(company.viewer("manager")).exists()


def test_an_executive_sees_the_seats_of_those_below_wherever_they_are(company):
    plan = SuccessionPlanFactory(position=company.seat)
    user = make_user(Role.EXECUTIVE, employee=company.head)

    assert list(SuccessionPlan.objects.visible_to(user)) == [plan]
    assert not user.has_perm("talent.endorse_plan", plan)


@pytest.mark.parametrize("viewer", VIEWERS)
def test_hr_for_a_person_agrees_with_hr_for_rows(company, viewer):
    user = company.viewer(viewer)

    by_rule = {
        employee for employee in Employee.objects.select_related("org_unit") if user.viewer.looks_after(employee)
    }

    assert by_rule == set(Employee.objects.filter(user.viewer.hr(prefix="")))


def test_the_owner_sees_and_touches_what_was_shared(company):
    plan = DevelopmentPlanFactory(employee=company.person)
    hidden = PlanItemFactory(plan=plan, source="review:1")
    user = company.viewer("self")

    assert not DevelopmentPlan.objects.visible_to(user).exists()
    assert not user.has_perm("talent.add_action", hidden)

    shared = PlanItemFactory(plan=plan, source="review:2", shared_at=timezone.now())
    by_hand = PlanItemFactory(plan=plan, shared_at=timezone.now())
    assert list(DevelopmentPlan.objects.visible_to(user)) == [plan]
    assert list(PlanItem.objects.visible_to(user)) == [shared, by_hand]
    assert user.has_perm("talent.complete_action", PlanActionFactory(item=shared))
    assert not user.has_perm("talent.complete_action", PlanActionFactory(item=hidden))
    assert user.has_perm("talent.edit_item", by_hand)
    assert not user.has_perm("talent.edit_item", shared)
    assert not user.has_perm("talent.complete_plan", plan)
