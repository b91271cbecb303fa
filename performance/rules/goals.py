"""Who may do what with goals."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.enums import Role
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.enums import GoalLevel
from performance.models import GoalAssignment, KeyResult, Objective
from performance.rules.common import covers_units, is_client_with, is_hr, unit_of


def _units_of_goal(objective: Objective) -> list[OrgUnit]:
    return unit_of(objective.owner or objective)


SCOPE = "goals:write"
sets_goal = is_client_with(SCOPE, _units_of_goal)
measures_goal = is_client_with(SCOPE, lambda key_result: _units_of_goal(key_result.objective))
assigns_goals = is_client_with(SCOPE, unit_of)
keeps_calendar = is_client_with(SCOPE)


@rules.predicate
def is_responsible_for_goal(user: Principal, objective: Objective) -> bool:
    """One's own goal or of someone below; a team's goal is its owner's; company and unit goals are HR's too."""
    viewer, owner = user.viewer, objective.owner
    if owner is not None and (owner.pk == viewer.employee_id or is_below(owner.path, viewer.path)):
        return True
    if owner is not None and objective.level == GoalLevel.INDIVIDUAL:
        return viewer.looks_after(owner)
    return covers_units(viewer, [objective.org_unit] if objective.org_unit else [])


@rules.predicate
def may_set_level(user: Principal, objective: Objective) -> bool:
    """Anyone sets goals for a person; a team's goal takes a manager, a unit's or the company's HR or an executive."""
    viewer = user.viewer
    if objective.level == GoalLevel.INDIVIDUAL:
        return True
    if objective.level == GoalLevel.TEAM:
        return viewer.has(Role.MANAGER) or viewer.is_hr
    return viewer.is_hr or viewer.has(Role.EXECUTIVE)


@rules.predicate
def is_responsible_for_result(user: Principal, key_result: KeyResult) -> bool:
    return is_responsible_for_goal.test(user, key_result.objective)


rules.add_perm("performance.create_objective", (is_responsible_for_goal & may_set_level) | sets_goal)
rules.add_perm("performance.edit_objective", is_responsible_for_goal | sets_goal)
rules.add_perm("performance.close_objective", is_responsible_for_goal | sets_goal)
rules.add_perm("performance.check_in", is_responsible_for_result | measures_goal)
rules.add_perm("performance.carry_over", is_responsible_for_goal | sets_goal)


@rules.predicate
def is_hr_leader(user: Principal) -> bool:
    return user.viewer.has(Role.HR_LEADER)


@rules.predicate
def leads_people(user: Principal) -> bool:
    return user.viewer.has(Role.MANAGER)


@rules.predicate
def is_client_that_sets_goals(user: Principal) -> bool:
    """Of any units: whom it reaches is said by `reach_of`."""
    return user.viewer.is_client and user.viewer.may_use(SCOPE)


@rules.predicate
def assigned_it(user: Principal, assignment: GoalAssignment) -> bool:
    return assignment.assigned_by_id is not None and assignment.assigned_by_id == user.viewer.employee_id


@rules.predicate
def covers_assignment(user: Principal, assignment: GoalAssignment) -> bool:
    return covers_units(user.viewer, [assignment.org_unit] if assignment.org_unit else [])


# Periods are the whole company's calendar; what closes in one closes for everybody.
rules.add_perm("performance.create_goal_period", is_hr_leader | keeps_calendar)
rules.add_perm("performance.edit_goal_period", is_hr_leader | keeps_calendar)
rules.add_perm("performance.close_goal_period", is_hr_leader | keeps_calendar)
rules.add_perm("performance.create_goal_template", is_hr | keeps_calendar)
rules.add_perm("performance.edit_goal_template", is_hr | keeps_calendar)
rules.add_perm("performance.archive_goal_template", is_hr | keeps_calendar)
# Whom an assignment reaches ends where one's right to set goals ends.
rules.add_perm("performance.assign_goals", is_hr | leads_people | is_client_that_sets_goals)
rules.add_perm("performance.withdraw_goal_assignment", assigned_it | covers_assignment | assigns_goals)
