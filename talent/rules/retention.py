"""Who may do what about retention: it is HR's; others do the piece they were asked for."""

from typing import Any

import rules

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import Exit, RetentionAction, RetentionPlan, StayInterview
from talent.models.retention_sight import is_turned_off_for

WRITE = "retention:write"


def works_for(user: Principal, employee: Employee) -> bool:
    """HR for this person, or a client that may write retention."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client_for(employee) or viewer.looks_after(employee))


@rules.predicate
def keeps_person(user: Principal, employee: Employee) -> bool:
    return works_for(user, employee)


@rules.predicate
def has_flight_risk_turned_on(user: Principal, employee: Employee) -> bool:
    return not is_turned_off_for(employee)


@rules.predicate
def is_hr_leader(user: Principal, row: Any) -> bool:
    viewer = user.viewer
    return viewer.may_use(WRITE) and viewer.is_over_all


@rules.predicate
def is_hr(user: Principal, row: Any) -> bool:
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_over_all or viewer.is_hr)


@rules.predicate
def works_on_retention_plan(user: Principal, plan: RetentionPlan) -> bool:
    """HR for the person, and the plan's owner as long as they may read it."""
    if works_for(user, plan.employee):
        return True
    viewer = user.viewer
    owns = viewer.may_use(WRITE) and viewer.employee_id is not None and plan.owner_id == viewer.employee_id
    return owns and RetentionPlan.objects.visible_to(user).filter(pk=plan.pk).exists()


@rules.predicate
def does_retention_action(user: Principal, action: RetentionAction) -> bool:
    """Whoever is asked to do it, and those who work on the plan; never the person themselves."""
    viewer = user.viewer
    if viewer.employee_id is not None and viewer.employee_id == action.plan.employee_id:
        return False
    is_owner = viewer.may_use(WRITE) and viewer.employee_id is not None and action.owner_id == viewer.employee_id
    return is_owner or works_on_retention_plan(user, action.plan)


@rules.predicate
def holds_stay_interview(user: Principal, interview: StayInterview) -> bool:
    """The interviewer, and HR for the person."""
    viewer = user.viewer
    if works_for(user, interview.employee):
        return True
    is_other = viewer.employee_id is not None and interview.employee_id != viewer.employee_id
    return viewer.may_use(WRITE) and is_other and interview.interviewer_id == viewer.employee_id


@rules.predicate
def keeps_person_of_interview(user: Principal, interview: StayInterview) -> bool:
    return works_for(user, interview.employee)


@rules.predicate
def kept_person_who_left(user: Principal, row: Exit) -> bool:
    return works_for(user, row.employee)


rules.add_perm("talent.assess_flight_risk", keeps_person & has_flight_risk_turned_on)
for verb in ("turn_off_flight_risk", "turn_on_flight_risk"):
    rules.add_perm(f"talent.{verb}", is_hr_leader)
for verb in ("open_retention_plan", "plan_stay_interview"):
    rules.add_perm(f"talent.{verb}", keeps_person)
for verb in ("edit_retention_plan", "add_retention_action", "close_retention_plan"):
    rules.add_perm(f"talent.{verb}", works_on_retention_plan)
rules.add_perm("talent.complete_retention_action", does_retention_action)
rules.add_perm("talent.save_stay_template", is_hr)
for verb in ("write_stay_interview", "hold_stay_interview"):
    rules.add_perm(f"talent.{verb}", holds_stay_interview)
rules.add_perm("talent.cancel_stay_interview", keeps_person_of_interview)
rules.add_perm("talent.review_exit", kept_person_who_left)
