"""Who may do what with improvement plans. A client may nothing, by itself or for a person; a person in HR nothing with their own plan."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import ImprovementPlan


@rules.predicate
def is_signed_in_person(user: Principal) -> bool:
    return user.viewer.scopes is None and user.viewer.employee_id is not None


@rules.predicate
def leads_person(user: Principal, employee: Employee) -> bool:
    return is_below(employee.path, user.viewer.path)


@rules.predicate
def is_about_oneself(user: Principal, plan: ImprovementPlan) -> bool:
    return plan.employee_id == user.viewer.employee_id


@rules.predicate
def was_seen(user: Principal, plan: ImprovementPlan) -> bool:
    return plan.was_seen


@rules.predicate
def leads_plan(user: Principal, plan: ImprovementPlan) -> bool:
    """Its owner, or anyone above the employee."""
    return plan.owner_id == user.viewer.employee_id or is_below(plan.employee.path, user.viewer.path)


@rules.predicate
def is_hr_of_plan(user: Principal, plan: ImprovementPlan) -> bool:
    return user.viewer.looks_after(plan.employee)


@rules.predicate
def opened_it(user: Principal, plan: ImprovementPlan) -> bool:
    """Who drafted a plan or handed it in does not decide on it."""
    return user.viewer.employee_id in {plan.created_by_id, plan.submitted_by_id}


leads = is_signed_in_person & leads_plan & ~is_about_oneself
looks_after = is_signed_in_person & is_hr_of_plan & ~is_about_oneself
decides = looks_after & ~opened_it
runs = leads | looks_after
is_employee = is_signed_in_person & is_about_oneself & was_seen


rules.add_perm("performance.open_improvement_plans", is_signed_in_person)
rules.add_perm("performance.create_improvement_plan", is_signed_in_person & leads_person)
rules.add_perm("performance.edit_improvement_plan", leads)
rules.add_perm("performance.submit_improvement_plan", leads)
rules.add_perm("performance.return_improvement_plan", decides)
rules.add_perm("performance.approve_improvement_plan", decides)
rules.add_perm("performance.amend_improvement_plan", decides)
rules.add_perm("performance.acknowledge_improvement_plan", is_employee)
rules.add_perm("performance.respond_to_improvement_plan", is_employee)
rules.add_perm("performance.check_in_improvement_plan", runs | is_employee)
rules.add_perm("performance.add_improvement_evidence", runs | is_employee)
rules.add_perm("performance.judge_improvement_milestone", runs)
rules.add_perm("performance.pause_improvement_plan", runs)
rules.add_perm("performance.resume_improvement_plan", runs)
rules.add_perm("performance.extend_improvement_plan", runs)
rules.add_perm("performance.hand_over_improvement_plan", looks_after)
rules.add_perm("performance.remark_on_improvement_plan", looks_after)
rules.add_perm("performance.close_improvement_plan", runs)
rules.add_perm("performance.withdraw_improvement_plan", runs)
