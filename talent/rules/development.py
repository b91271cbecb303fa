"""Who may do what with development plans: those above their owner and HR work on them, the owner takes part in what is shared."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import DevelopmentPlan, PlanAction, PlanItem
from talent.models.development import CONFIDENTIAL_ORIGINS

WORK_ON_PLANS = "development:write"


def works_with(user: Principal, employee: Employee) -> bool:
    """Somebody above this person, or HR for them, or a client that may write plans."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_PLANS):
        return False
    return viewer.is_client_for(employee) or is_below(employee.path, viewer.path) or viewer.looks_after(employee)


def is_self(user: Principal, employee_id: int) -> bool:
    viewer = user.viewer
    return viewer.may_use(WORK_ON_PLANS) and viewer.employee_id == employee_id


@rules.predicate
def works_on_persons_plan(user: Principal, employee: Employee) -> bool:
    return works_with(user, employee)


@rules.predicate
def is_person(user: Principal, employee: Employee) -> bool:
    return is_self(user, employee.pk)


@rules.predicate
def works_on_plan(user: Principal, plan: DevelopmentPlan) -> bool:
    return works_with(user, plan.employee)


@rules.predicate
def works_on_item(user: Principal, item: PlanItem) -> bool:
    return works_with(user, item.plan.employee)


@rules.predicate
def is_own_item(user: Principal, item: PlanItem) -> bool:
    """One's own, and shared: what one does not see one cannot touch."""
    return item.shared_at is not None and is_self(user, item.plan.employee_id)


@rules.predicate
def is_written_by_hand(user: Principal, item: PlanItem) -> bool:
    """No review asked for it. What came of a bench or a talent review behaves as if it were written by hand: else the
    person could tell by what they may do."""
    return item.source == "" or item.origin in CONFIDENTIAL_ORIGINS


@rules.predicate
def works_on_action(user: Principal, action: PlanAction) -> bool:
    return works_with(user, action.item.plan.employee)


@rules.predicate
def is_own_action(user: Principal, action: PlanAction) -> bool:
    return is_own_item(user, action.item)


@rules.predicate
def reads_plans_of_others(user: Principal) -> bool:
    """How the plans of many stand is for HR; clients read the plans themselves."""
    return user.viewer.is_hr and user.viewer.may_use("development:read")


rules.add_perm("talent.add_item", works_on_persons_plan | is_person)
rules.add_perm("talent.edit_item", works_on_item | (is_own_item & is_written_by_hand))
rules.add_perm("talent.close_item", works_on_item | (is_own_item & is_written_by_hand))
rules.add_perm("talent.assess_item", works_on_item)
rules.add_perm("talent.check_in_item", works_on_item | is_own_item)
rules.add_perm("talent.add_action", works_on_item | is_own_item)
rules.add_perm("talent.edit_action", works_on_action | is_own_action)
rules.add_perm("talent.complete_action", works_on_action | is_own_action)
rules.add_perm("talent.complete_plan", works_on_plan)
rules.add_perm("talent.view_plan_overview", reads_plans_of_others)
