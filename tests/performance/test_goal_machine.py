"""Anybody does anything to two goals, one below the other, while managers change, the owner leaves and the period closes:
what is over stays as it is, what was measured is never lost, and a goal that goes on has somebody to go on with it.
"""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hrportal.common.actions import ActionError
from hrportal.journal.delivery import deliver_due
from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment, place_employee
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from performance import actions
from performance.actions.goal_progress import refresh_progress
from performance.enums import STILL_OPEN, GoalState, ProgressFrom
from performance.models import CheckIn, GoalPeriod, KeyResult, Objective
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import GoalPeriodFactory, KeyResultFactory, ObjectiveFactory

TODAY = timezone.localdate()
ROLES = ["boss", "leader", "manager", "owner", "partner", "peer"]
STEPS = {
    "edit_objective": lambda goal, by, n: actions.edit_objective(goal, by=by, title=f"Said anew, {n}", weight=n % 4),
    "close_objective": lambda goal, by, n: actions.close_objective(goal, by=by, is_cancelled=bool(n % 2)),
}


class GoalMachine(RuleBasedStateMachine):
    """A goal of one person, and one that contributes to it, in one period."""

    def __init__(self):
        super().__init__()
        unit = OrgUnitFactory()
        boss = EmployeeFactory(org_unit=unit)
        self.manager = EmployeeFactory(manager=boss, org_unit=unit)
        self.owner = EmployeeFactory(manager=self.manager, org_unit=unit)
        people = {"boss": boss, "manager": self.manager, "owner": self.owner}
        self.users = {name: make_user(employee=person) for name, person in people.items()}
        self.users["peer"] = make_user(employee=EmployeeFactory(manager=self.manager, org_unit=unit))
        self.users["leader"], self.users["partner"] = make_user(Role.HR_LEADER), make_user(Role.HRBP, unit=unit)
        period = GoalPeriodFactory()
        self.period, self.next_period = (
            period,
            GoalPeriodFactory(
                starts_on=period.ends_on + datetime.timedelta(days=1),
                ends_on=period.ends_on + datetime.timedelta(days=365),
            ),
        )
        above = ObjectiveFactory(owner=self.owner, period=period, progress_from=ProgressFrom.BOTH)
        below = ObjectiveFactory(owner=self.owner, period=period, parent=above)
        self.goals = [above.pk, below.pk]
        self.results = [KeyResultFactory(objective=goal, baseline=10, target=2).pk for goal in (above, below)]
        self.measured: dict[int, Decimal] = {}
        self.over: dict[int, dict] = {}
        self.count = 0

    def user(self, role):
        return User.objects.get(pk=self.users[role].pk)

    def goal(self, which):
        return Objective.objects.select_related("owner__org_unit", "period").get(pk=self.goals[which])

    @rule(role=st.sampled_from(ROLES), step=st.sampled_from(sorted(STEPS)), which=st.integers(0, 1))
    def try_anything(self, role, step, which):
        self.take(
            role, f"performance.{step}", self.goal(which), lambda by: STEPS[step](self.goal(which), by, self.count)
        )

    @rule(role=st.sampled_from(ROLES), which=st.integers(0, 1), value=st.decimals(-5, 20, places=1))
    def measure(self, role, which, value):
        result = KeyResult.objects.select_related("objective__owner__org_unit").get(pk=self.results[which])
        row = self.take(role, "performance.check_in", result, lambda by: actions.check_in(result, by=by, value=value))
        if row:
            self.measured[row.pk] = value

    @precondition(lambda self: self.count > 10)
    @rule(role=st.sampled_from(ROLES), which=st.integers(0, 1))
    def carry_over(self, role, which):
        goal = self.goal(which)
        self.take(
            role,
            "performance.carry_over",
            goal,
            lambda by: actions.carry_over(goal, by=by, period=GoalPeriod.objects.get(pk=self.next_period.pk)),
        )

    @precondition(lambda self: self.count > 15)
    @rule()
    def the_period_closes(self):
        period = GoalPeriod.objects.get(pk=self.period.pk)
        if period.is_open:
            actions.close_goal_period(period, by=self.user("leader"))

    @rule(to=st.sampled_from(["boss", "manager"]))
    def the_manager_changes(self, to):
        owner = Employee.objects.get(pk=self.owner.pk)
        if not owner.has_left:
            place_employee(owner, by=None, manager=self.users[to].employee, effective_on=TODAY)
            deliver_due()

    @precondition(lambda self: self.count > 20)
    @rule()
    def the_owner_leaves(self):
        owner = Employee.objects.get(pk=self.owner.pk)
        if not owner.has_left:
            end_employment(owner, by=None, left_on=TODAY - datetime.timedelta(days=1))
            deliver_due()

    def take(self, role, permission, row, action):
        """What a door does: ask who may, then call the action; a refusal changes nothing."""
        self.count += 1
        user, facts = self.user(role), Fact.objects.count()
        assert role != "peer" or not user.has_perm(permission, row)
        if not user.has_perm(permission, row):
            return None
        try:
            return action(user)
        except ActionError:
            assert Fact.objects.count() == facts
            return None

    @invariant()
    def what_is_over_stays_as_it_is(self):
        closed = Objective.objects.exclude(state__in=STILL_OPEN) | Objective.objects.filter(
            period__closed_at__isnull=False
        )
        fields = ("state", "title", "weight", "progress", "raw_progress")
        now = {row["pk"]: row for row in closed.values("pk", *fields)}
        own = {pk: row for pk, row in self.over.items() if pk != self.goals[0]}  # what is above may still be open
        for pk, row in own.items():
            assert now[pk]["title"] == row["title"]
            assert (now[pk]["progress"], now[pk]["raw_progress"]) == (row["progress"], row["raw_progress"])
        self.over = now

    @invariant()
    def nothing_measured_is_lost(self):
        assert dict(CheckIn.objects.filter(pk__in=self.measured).values_list("pk", "value")) == self.measured

    @invariant()
    def progress_is_what_the_measurements_say(self):
        stored = dict(Objective.objects.filter(state=GoalState.ACTIVE).values_list("pk", "progress"))
        assert all(value is None or 0 <= value <= 100 for value in stored.values())
        refresh_progress(stored)
        assert dict(Objective.objects.filter(pk__in=stored).values_list("pk", "progress")) == stored

    @invariant()
    def a_goal_that_goes_on_has_somebody(self):
        for which in (0, 1):
            goal = self.goal(which)
            if goal.state in STILL_OPEN:
                assert any(self.user(role).has_perm("performance.close_objective", goal) for role in ("leader", "boss"))
                assert goal.owner_id == self.owner.pk


# Steps are told as they came: making the story shorter takes longer than reading it.
AS_IT_COMES = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.one_database
class TestGoalMachine(GoalMachine.TestCase, TestCase):
    settings = settings(AS_IT_COMES, max_examples=4, stateful_step_count=25)


@pytest.mark.long
class TestGoalMachineAtLength(GoalMachine.TestCase, TestCase):
    """Thousands of steps."""

    settings = settings(AS_IT_COMES, max_examples=40, stateful_step_count=50)


pytestmark = pytest.mark.timeout(1800)
