"""Any order of steps by anybody, with managers changing and people leaving in between: a plan's row always tells a story that
could have happened, nothing that was said is lost, and there is always a way on."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment, place_employee
from hrportal.people.enums import Role
from performance import actions
from performance.enums import IMPROVEMENT_STARTS_FROM, SEEN_AND_OPEN, ImprovementState, MilestoneResult
from performance.models import (
    ImprovementEntry,
    ImprovementMilestone,
    ImprovementPlan,
    ImprovementRemark,
    ImprovementStep,
)
from performance.signals import follow_managers, settle_improvement_plans
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ImprovementPlanFactory

TODAY = timezone.localdate()
ROLES = ["employee", "leader", "manager", "partner", "peer"]

STEPS = {
    "edit_improvement_plan": lambda plan, by, n: actions.edit_improvement_plan(
        plan, by=by, version=plan.version, changes={"reason": f"Late, {n}"}
    ),
    "submit_improvement_plan": lambda plan, by, n: actions.submit_improvement_plan(plan, by=by),
    "return_improvement_plan": lambda plan, by, n: actions.return_improvement_plan(plan, by=by, reason=f"Why, {n}"),
    "approve_improvement_plan": lambda plan, by, n: actions.approve_improvement_plan(plan, by=by),
    "amend_improvement_plan": lambda plan, by, n: actions.amend_improvement_plan(
        plan, by=by, version=plan.version, changes={"milestones": [line(plan, n)]}, reason=f"Clearer, {n}"
    ),
    "acknowledge_improvement_plan": lambda plan, by, n: actions.acknowledge_improvement_plan(
        plan, by=by, version=plan.version, comment=f"I see, {n}"
    ),
    "respond_to_improvement_plan": lambda plan, by, n: actions.respond_to_improvement_plan(plan, by=by, text=f"{n}"),
    "check_in_improvement_plan": lambda plan, by, n: actions.check_in_improvement_plan(plan, by=by, text=f"{n}"),
    "add_improvement_evidence": lambda plan, by, n: actions.add_improvement_evidence(plan, by=by, text=f"{n}"),
    "judge_improvement_milestone": lambda plan, by, n: actions.judge_improvement_milestone(
        plan.milestones.order_by("pk").last(), by=by, result=MilestoneResult.MET
    ),
    "pause_improvement_plan": lambda plan, by, n: actions.pause_improvement_plan(plan, by=by, reason=f"Ill, {n}"),
    "resume_improvement_plan": lambda plan, by, n: actions.resume_improvement_plan(plan, by=by),
    "extend_improvement_plan": lambda plan, by, n: actions.extend_improvement_plan(
        plan, by=by, ends_on=plan.ends_on + datetime.timedelta(days=7), reason=f"Time, {n}"
    ),
    "hand_over_improvement_plan": lambda plan, by, n: actions.hand_over_improvement_plan(
        plan, to=EmployeeFactory(), by=by, reason=f"Fits, {n}"
    ),
    "remark_on_improvement_plan": lambda plan, by, n: actions.remark_on_improvement_plan(plan, by=by, text=f"{n}"),
    "close_improvement_plan": lambda plan, by, n: actions.close_improvement_plan(
        plan, by=by, outcome="unsuccessful", reason=f"Over, {n}"
    ),
    "withdraw_improvement_plan": lambda plan, by, n: actions.withdraw_improvement_plan(plan, by=by, reason=f"No, {n}"),
}
ENDS = {"close_improvement_plan", "withdraw_improvement_plan"}


def line(plan, n):
    return {"title": f"Milestone {n}", "measure": "Seen by all", "due_on": plan.starts_on + datetime.timedelta(days=9)}


class ImprovementPlanMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        unit = OrgUnitFactory()
        employee = EmployeeFactory(manager=EmployeeFactory(manager=EmployeeFactory()), org_unit=unit)
        self.plan = ImprovementPlanFactory(employee=employee)
        self.users = {
            "employee": make_user(employee=employee),
            "manager": make_user(employee=employee.manager),
            "peer": make_user(employee=EmployeeFactory(manager=employee.manager)),
            "partner": make_user(Role.HRBP, unit=unit),
            "leader": make_user(Role.HR_LEADER),
        }
        self.count = 0
        self.said: set[tuple[str, int]] = set()
        self.seen_milestones: set[int] = set()

    @property
    def row(self):
        return ImprovementPlan.objects.select_related("employee__org_unit", "owner").get(pk=self.plan.pk)

    @rule(step=st.sampled_from(sorted(STEPS)), role=st.sampled_from(ROLES))
    def try_anything(self, step, role):
        self.take(step, self.users[role])

    @rule(choice=st.randoms(use_true_random=False))
    def go_on(self, choice):
        """A step that is open to somebody, so that late states are often reached; ends are rarer."""
        row = self.row
        ways = [
            (step, role)
            for step, states in sorted(IMPROVEMENT_STARTS_FROM.items())
            for role in ROLES
            if row.state in states and self.users[role].has_perm(f"performance.{step}", row)
            if step not in ENDS or choice.random() < 0.1
        ]
        if ways:
            step, role = choice.choice(ways)
            self.take(step, self.users[role])

    def take(self, step, user):
        """What a door does: ask who may, then call the action; a refusal changes nothing."""
        before, facts, steps = self.row, Fact.objects.count(), self.plan.steps.count()
        self.count += 1
        if not user.has_perm(f"performance.{step}", before):
            assert step not in {"approve_improvement_plan"} or user.employee_id in self.not_deciding(before)
            return
        try:
            STEPS[step](before, user, self.count)
        except ActionError:
            assert (Fact.objects.count(), self.plan.steps.count()) == (facts, steps)
            assert self.row.state == before.state
        else:
            assert before.state in IMPROVEMENT_STARTS_FROM[step]
            assert Fact.objects.count() > facts

    def not_deciding(self, plan):
        deciding = {self.users["partner"].employee_id, self.users["leader"].employee_id}
        outside = {user.employee_id for user in self.users.values()} - deciding
        return outside | {plan.created_by_id, plan.submitted_by_id}

    @precondition(lambda self: self.count > 3)
    @rule()
    def the_manager_changes(self):
        employee = self.row.employee
        if not employee.has_left:
            place_employee(employee, by=None, manager=EmployeeFactory(), effective_on=TODAY)
            follow_managers(Fact.objects.filter(topic="people.employee_changed"))

    @precondition(lambda self: self.count > 25)
    @rule()
    def the_employee_leaves(self):
        employee = self.row.employee
        if not employee.has_left:
            end_employment(employee, by=None, left_on=TODAY - datetime.timedelta(days=1))
            settle_improvement_plans(Fact.objects.filter(topic="people.employment_ended"))
            assert self.row.state == ImprovementState.CLOSED

    @invariant()
    def the_row_is_consistent(self):
        row = self.row
        assert row.owner_id not in {None, row.employee_id}
        assert (row.state == ImprovementState.CLOSED) == bool(row.outcome) == (row.closed_at is not None)
        assert row.state not in SEEN_AND_OPEN or row.was_seen
        assert row.state != ImprovementState.ACKNOWLEDGED or row.is_read_as_it_is
        assert row.approved_by_id is None or row.approved_by_id not in {row.created_by_id, row.submitted_by_id}

    @invariant()
    def nothing_said_or_seen_is_lost(self):
        said = {
            (model.__name__, pk)
            for model in (ImprovementEntry, ImprovementRemark, ImprovementStep)
            for pk in model.objects.filter(plan=self.plan).values_list("pk", flat=True)
        }
        assert self.said <= said
        self.said = said
        milestones = set(ImprovementMilestone.objects.filter(plan=self.plan).values_list("pk", flat=True))
        assert self.seen_milestones <= milestones
        if self.row.was_seen:
            self.seen_milestones = milestones

    @invariant()
    def there_is_a_way_on_and_the_right_people_see_it(self):
        row = self.row
        if row.state != ImprovementState.CLOSED:
            assert self.users["leader"].has_perm("performance.withdraw_improvement_plan", row)
        sees = {role for role in ROLES if ImprovementPlan.objects.visible_to(self.users[role]).exists()}
        assert ("employee" in sees) == row.was_seen
        assert {"leader", "partner"} <= sees
        assert "peer" not in sees


@pytest.mark.one_database
class TestImprovementPlanMachine(ImprovementPlanMachine.TestCase, TestCase):
    settings = settings(max_examples=4, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.long
class TestImprovementPlanMachineAtLength(ImprovementPlanMachine.TestCase, TestCase):
    """Thousands of steps."""

    settings = settings(max_examples=40, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))


pytestmark = pytest.mark.timeout(1800)
