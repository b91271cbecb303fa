"""Who may do what in performance. Which rows somebody sees is `visible_to`; this is about touching them.

When it can be done is in `STARTS_FROM` (enums.py); a page offers a step when both say yes (`steps.py`).
"""

from collections.abc import Iterable
from typing import Any

import rules

from hrportal.common.paths import is_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee, OrgUnit
from performance.approvers import second_approver_id
from performance.enums import SEEN_BY_EMPLOYEE, GoalLevel
from performance.models import KeyResult, Objective, Review, ReviewCycle


def is_client_with(scope: str) -> rules.Predicate:
    """An API client by itself, for what is HR's clerical work; what is a person's own takes a person."""

    @rules.predicate(f"is_client_with:{scope}")
    def holds_scope(user: Any) -> bool:
        return user.viewer.is_client and user.viewer.may_use(scope)

    return holds_scope


moves_reviews = is_client_with("reviews:write")
runs_cycles = is_client_with("cycles:write")
sets_goals = is_client_with("goals:write")


@rules.predicate
def is_employee(user: Any, review: Review) -> bool:
    return review.employee_id == user.viewer.employee_id


@rules.predicate
def is_reviewer(user: Any, review: Review) -> bool:
    return review.reviewer_id is not None and review.reviewer_id == user.viewer.employee_id


@rules.predicate
def is_above(user: Any, review: Review) -> bool:
    return is_below(review.employee.path, user.viewer.path)


@rules.predicate
def is_hr_for(user: Any, review: Review) -> bool:
    return user.viewer.looks_after(review.employee)


@rules.predicate
def is_second_approver(user: Any, review: Review) -> bool:
    return user.viewer.employee_id is not None and second_approver_id(review) == user.viewer.employee_id


@rules.predicate
def is_shared(user: Any, review: Review) -> bool:
    return review.state in SEEN_BY_EMPLOYEE


@rules.predicate
def reads_ratings(user: Any, review: Review) -> bool:
    return user.viewer.may_use("ratings:read")


works_on_it = (is_reviewer | is_above | is_hr_for) & ~is_employee

rules.add_perm("performance.write_self_assessment", is_employee)
rules.add_perm("performance.submit_self_assessment", is_employee)
rules.add_perm("performance.skip_self_assessment", (is_reviewer | is_hr_for) & ~is_employee)
rules.add_perm("performance.write_review", is_reviewer & ~is_employee)
rules.add_perm("performance.submit_review", is_reviewer & ~is_employee)
rules.add_perm("performance.approve_review", (is_second_approver | is_hr_for) & ~is_employee & ~is_reviewer)
rules.add_perm("performance.return_review", (is_second_approver | is_hr_for) & ~is_employee)
rules.add_perm("performance.reassign_review", is_hr_for | moves_reviews)
rules.add_perm("performance.withdraw_review", is_hr_for | moves_reviews)
rules.add_perm("performance.complete_review", is_hr_for)
rules.add_perm("performance.complete_uncalibrated", is_hr_for)
rules.add_perm("performance.share_review", is_hr_for | moves_reviews)
rules.add_perm("performance.reopen_review", is_hr_for | moves_reviews)
rules.add_perm("performance.acknowledge_review", is_employee)
rules.add_perm("performance.see_proposed_rating", reads_ratings & (works_on_it | is_client_with("ratings:read")))
rules.add_perm(
    "performance.see_final_rating",
    reads_ratings & (works_on_it | (is_employee & is_shared) | is_client_with("ratings:read")),
)
rules.add_perm("performance.see_remarks", works_on_it | is_client_with("reviews:read"))


def covers_units(viewer: Any, units: Iterable[OrgUnit]) -> bool:
    """Whether a population is the viewer's: any for an HR leader, for a partner only named units of their own."""
    if viewer.has(Role.HR_LEADER):
        return True
    paths = [unit.path for unit in units]
    return bool(paths) and all(any(path.startswith(own) for own in viewer.partner_units) for path in paths)


@rules.predicate
def is_hr(user: Any) -> bool:
    return user.viewer.is_hr


@rules.predicate
def is_over_units(user: Any, units: Iterable[OrgUnit] | None) -> bool:
    """For a cycle about to be made: asked without units it means "at all"."""
    return user.viewer.is_hr if units is None else covers_units(user.viewer, units)


@rules.predicate
def is_over_cycle(user: Any, cycle: ReviewCycle) -> bool:
    return covers_units(user.viewer, cycle.org_units.all())


@rules.predicate
def is_over_place_of(user: Any, employee: Employee) -> bool:
    """For somebody who is to be reviewed as well: in a cycle of one's own nobody comes in from elsewhere."""
    return covers_units(user.viewer, [employee.org_unit] if employee.org_unit else [])


rules.add_perm("performance.create_cycle", is_over_units | runs_cycles)
rules.add_perm("performance.edit_cycle", is_over_cycle | runs_cycles)
rules.add_perm("performance.launch_cycle", is_over_cycle | runs_cycles)
rules.add_perm("performance.add_late_joiner", is_over_cycle | runs_cycles)
rules.add_perm("performance.open_review", is_over_place_of | runs_cycles)
rules.add_perm("performance.share_cycle", is_over_cycle | runs_cycles)
rules.add_perm("performance.close_cycle", is_over_cycle | runs_cycles)
rules.add_perm("performance.edit_template", is_hr)
rules.add_perm("performance.edit_scale", is_hr)


@rules.predicate
def is_responsible_for_goal(user: Any, objective: Objective) -> bool:
    """One's own goal or of someone below; a team's goal is its owner's; company and unit goals are HR's too."""
    viewer, owner = user.viewer, objective.owner
    if owner is not None and (owner.pk == viewer.employee_id or is_below(owner.path, viewer.path)):
        return True
    if owner is not None and objective.level == GoalLevel.INDIVIDUAL:
        return viewer.looks_after(owner)
    return covers_units(viewer, [objective.org_unit] if objective.org_unit else [])


@rules.predicate
def may_set_level(user: Any, objective: Objective) -> bool:
    """Anyone sets goals for a person; a team's goal takes a manager, a unit's or the company's HR or an executive."""
    viewer = user.viewer
    if objective.level == GoalLevel.INDIVIDUAL:
        return True
    if objective.level == GoalLevel.TEAM:
        return viewer.has(Role.MANAGER) or viewer.is_hr
    return viewer.is_hr or viewer.has(Role.EXECUTIVE)


@rules.predicate
def is_responsible_for_result(user: Any, key_result: KeyResult) -> bool:
    return is_responsible_for_goal.test(user, key_result.objective)


@rules.predicate
def is_somebody(user: Any) -> bool:
    return user.viewer.employee_id is not None


rules.add_perm("performance.create_objective", (is_responsible_for_goal & may_set_level) | sets_goals)
rules.add_perm("performance.edit_objective", is_responsible_for_goal | sets_goals)
rules.add_perm("performance.close_objective", is_responsible_for_goal | sets_goals)
rules.add_perm("performance.check_in", is_responsible_for_result | sets_goals)
rules.add_perm("performance.give_feedback", is_somebody)
