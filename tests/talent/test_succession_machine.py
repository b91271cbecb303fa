"""Anybody does anything to two benches, through the doors' own question who may: nobody approves whom they nominated, nobody
stands twice, what is removed stays known, what is refused changes nothing, and nobody meets themselves.
"""

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import initialize, invariant, rule

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee, User
from talent import actions
from talent.actions import succession
from talent.enums import Readiness, SuccessorState
from talent.models import BenchSnapshot, SuccessionPlan, Successor
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory, make_user
from tests.support.machines import StoredMachine

ROLES = ["leader", "second_leader", "partner", "executive", "manager", "stranger"]
# Most of what is tried should be somebody's to do.
WHO = st.sampled_from([*ROLES, "leader", "leader", "second_leader", "second_leader", "partner"])
OFTEN, SELDOM = ["nominate", "approve", "assess", "rank"], ["remove", "endorse", "retire_or_take_up", "leave"]
STEPS = OFTEN * 3 + SELDOM


class Drawn(NamedTuple):
    """One step's share of chance."""

    role: str
    pick: int
    who: int
    readiness: str
    words: str
    yes: bool


NUMBERS = st.integers(min_value=0, max_value=20)
DRAWN = st.builds(
    Drawn,
    role=WHO,
    pick=NUMBERS,
    who=NUMBERS,
    readiness=st.sampled_from(Readiness.values),
    words=st.sampled_from(["", "  ", "Led two projects of this size"]),
    yes=st.booleans(),
)


class SuccessionMachine(StoredMachine):
    def __init__(self):
        super().__init__()
        self.unit = OrgUnitFactory()
        boss = EmployeeFactory(org_unit=self.unit, position=PositionFactory(org_unit=self.unit))
        manager = EmployeeFactory(org_unit=self.unit, manager=boss, position=PositionFactory(org_unit=self.unit))
        partner = EmployeeFactory(org_unit=self.unit, manager=manager)
        leader = EmployeeFactory(org_unit=self.unit, manager=boss)
        others = [EmployeeFactory(org_unit=self.unit, manager=manager) for _ in "ab"]
        self.people = [boss, manager, partner, leader, *others]
        self.accounts = {
            "leader": make_user(Role.HR_LEADER, employee=leader).pk,
            "second_leader": make_user(Role.HR_LEADER).pk,
            "partner": make_user(Role.HRBP, employee=partner, unit=self.unit).pk,
            "executive": make_user(Role.EXECUTIVE, employee=boss, unit=self.unit).pk,
            "manager": make_user(employee=manager).pk,
            "stranger": make_user().pk,
        }
        self.seats = [boss.position, manager.position]
        self.versions: dict[int, int] = {}
        self.ever: set[int] = set()
        for seat in self.seats:
            succession.designate_critical_role(
                by=self.user("leader"), position=seat, reason="Hard to replace", vacancy_risk="high"
            )

    def user(self, role):
        return User.objects.get(pk=self.accounts[role])

    def plan(self, pick):
        return SuccessionPlan.objects.select_related("position").order_by("pk")[pick % len(self.seats)]

    def successor(self, pick, *states):
        rows = Successor.objects.filter(state__in=states or SuccessorState.values)
        found = list(rows.select_related("plan__position", "employee").order_by("pk"))
        return found[pick % len(found)] if found else None

    def attempt(self, user, permission, row, act) -> bool:
        """What a door does: find the row, ask who may, call the action. A refusal changes nothing."""
        is_seen = type(row).objects.visible_to(user).filter(pk=row.pk).exists()
        if not is_seen or not user.has_perm(f"talent.{permission}", row):
            return False
        facts, story = Fact.objects.count(), self.story()
        try:
            act()
        except ActionError:
            assert Fact.objects.count() == facts
            assert self.story() == story
            return False
        assert Fact.objects.count() > facts
        return True

    def story(self):
        """Everything that a refusal must not touch."""
        return (
            list(SuccessionPlan.objects.order_by("pk").values_list()),
            list(Successor.objects.order_by("pk").values_list()),
            BenchSnapshot.objects.count(),
        )

    @initialize(drawn=DRAWN)
    def begin(self, drawn):
        """No story begins with empty benches: there the steps worth trying are refused."""
        for pick in range(4):
            self.nominate(drawn._replace(role="second_leader", pick=pick, who=drawn.who + pick))

    @rule(step=st.sampled_from(STEPS), drawn=DRAWN)
    def do(self, step, drawn):
        getattr(self, step)(drawn)

    def nominate(self, drawn):
        user, plan, person = self.user(drawn.role), self.plan(drawn.pick), self.people[drawn.who % len(self.people)]
        person = Employee.objects.get(pk=person.pk)
        if self.attempt(
            user,
            "nominate_successor",
            plan,
            lambda: actions.nominate_successor(plan, by=user, employee=person, readiness=drawn.readiness),
        ):
            assert person.pk != user.employee_id
            assert person.position_id != plan.position_id
            assert person.status == EmploymentStatus.ACTIVE

    def approve(self, drawn):
        user, successor = self.user(drawn.role), self.successor(drawn.pick, SuccessorState.PROPOSED)
        if successor and self.attempt(
            user, "approve_successor", successor, lambda: actions.approve_successor(successor, by=user)
        ):
            assert successor.nominated_by_id != user.employee_id

    def assess(self, drawn):
        user, successor = self.user(drawn.role), self.successor(drawn.pick)
        if successor:
            is_done = self.attempt(
                user,
                "change_readiness",
                successor,
                lambda: actions.change_readiness(successor, by=user, readiness=drawn.readiness, rationale=drawn.words),
            )
            assert not (is_done and not drawn.words.strip())

    def rank(self, drawn):
        user, plan = self.user(drawn.role), self.plan(drawn.pick)
        order = list(plan.successors.standing().order_by("-pk").values_list("pk", flat=True))
        given = order[1:] if drawn.pick % 4 == 0 and order else order
        is_done = self.attempt(
            user,
            "rank_successors",
            plan,
            lambda: actions.rank_successors(plan, by=user, order=given, leave_first_vacant=drawn.yes),
        )
        if is_done:
            first = 2 if drawn.yes else 1
            ranks = dict(plan.successors.standing().values_list("pk", "rank"))
            assert ranks == {pk: rank for rank, pk in enumerate(order, start=first)}

    def remove(self, drawn):
        user, successor = self.user(drawn.role), self.successor(drawn.pick)
        if successor:
            self.attempt(
                user,
                "remove_successor",
                successor,
                lambda: actions.remove_successor(successor, by=user, reason=drawn.words),
            )

    def endorse(self, drawn):
        user, plan, kept = self.user(drawn.role), self.plan(drawn.pick), BenchSnapshot.objects.count()
        if self.attempt(user, "endorse_plan", plan, lambda: actions.endorse_plan(plan, by=user)):
            assert BenchSnapshot.objects.count() == kept + 1

    def retire_or_take_up(self, drawn):
        user, plan = self.user(drawn.role), self.plan(drawn.pick)
        if plan.is_active and drawn.pick % 5 == 0:
            self.attempt(user, "retire_plan", plan, lambda: actions.retire_plan(plan, by=user))
        elif not plan.is_active:
            succession.designate_critical_role(by=user, position=plan.position, reason="Again", vacancy_risk="low")

    def leave(self, drawn):
        """People leave whatever their benches say."""
        Employee.objects.filter(pk=self.people[4 + drawn.who % 2].pk).update(status=EmploymentStatus.LEFT)

    @invariant()
    def versions_only_rise(self):
        now = dict(SuccessionPlan.objects.values_list("pk", "version"))
        assert all(now[pk] >= version for pk, version in self.versions.items())
        self.versions = now

    @invariant()
    def nobody_approved_whom_they_nominated(self):
        for row in Successor.objects.filter(state=SuccessorState.APPROVED):
            assert row.approved_by_id
            assert row.approved_by_id != row.nominated_by_id

    @invariant()
    def nobody_stands_twice_and_whoever_was_removed_stays_known(self):
        rows = list(Successor.objects.values_list("pk", "plan", "employee", "state", "removed_because"))
        standing = [(plan, person) for _pk, plan, person, state, _why in rows if state != SuccessorState.REMOVED]
        assert len(standing) == len(set(standing))
        assert all(why.strip() for *_row, state, why in rows if state == SuccessorState.REMOVED)
        assert self.ever <= {row[0] for row in rows}
        self.ever = {row[0] for row in rows}

    @invariant()
    def nobody_meets_themselves_or_the_bench_of_their_seat(self):
        for role in ROLES:
            user = self.user(role)
            assert not Successor.objects.visible_to(user).filter(employee=user.employee_id).exists()
            if user.employee.position_id:
                assert not SuccessionPlan.objects.visible_to(user).filter(position=user.employee.position_id).exists()


# Steps are told as they came: making the story shorter takes longer than reading it.
AS_IT_COMES = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.one_database
class TestSuccessionMachine(SuccessionMachine.TestCase, TestCase):
    settings = settings(AS_IT_COMES, max_examples=4, stateful_step_count=30)


@pytest.mark.long
class TestSuccessionMachineAtLength(SuccessionMachine.TestCase, TestCase):
    """Thousands of steps."""

    settings = settings(AS_IT_COMES, max_examples=60, stateful_step_count=60)


pytestmark = pytest.mark.timeout(1800)
