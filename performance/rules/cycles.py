"""Who may do what with cycles, templates and scales."""

from collections.abc import Iterable

import rules

from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from performance.models import ReviewCycle, ReviewExemption
from performance.rules.common import covers_units, is_client_with, is_hr, unit_of, unit_of_person
from performance.rules.reviews import is_employee, is_reviewer, moves_reviews, works_on_it

SCOPE = "cycles:write"
runs_cycle = is_client_with(SCOPE, lambda cycle: cycle.org_units.all())
runs_cycles_over = is_client_with(SCOPE, list)
runs_cycles_for = is_client_with(SCOPE, unit_of)
runs_cycles_without = is_client_with(SCOPE, unit_of_person)
designs_reviews = is_client_with(SCOPE)


@rules.predicate
def is_over_units(user: Principal, units: Iterable[OrgUnit] | None) -> bool:
    """For a cycle about to be made: asked without units it means "at all"."""
    return user.viewer.is_hr if units is None else covers_units(user.viewer, units)


@rules.predicate
def is_over_cycle(user: Principal, cycle: ReviewCycle) -> bool:
    return covers_units(user.viewer, cycle.org_units.all())


@rules.predicate
def is_over_place_of(user: Principal, employee: Employee) -> bool:
    """For somebody who is to be reviewed as well: in a cycle of one's own nobody comes in from elsewhere."""
    return covers_units(user.viewer, [employee.org_unit] if employee.org_unit else [])


@rules.predicate
def is_hr_of(user: Principal, employee: Employee | None) -> bool:
    """HR for this person; asked without one it means "at all"."""
    return user.viewer.is_hr if employee is None else user.viewer.looks_after(employee)


@rules.predicate
def is_hr_of_exempt(user: Principal, exemption: ReviewExemption) -> bool:
    return user.viewer.looks_after(exemption.employee)


rules.add_perm("performance.create_cycle", is_over_units | runs_cycles_over)
rules.add_perm("performance.edit_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.launch_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.add_late_joiner", is_over_cycle | runs_cycle)
rules.add_perm("performance.open_review", is_over_place_of | runs_cycles_for)
rules.add_perm("performance.add_missing_people", is_over_cycle | runs_cycle)
rules.add_perm("performance.preview_population", is_over_cycle | runs_cycle)
rules.add_perm("performance.clone_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.extend_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.stop_repeating", is_over_cycle | runs_cycle)
rules.add_perm("performance.begin_writing", is_over_cycle | runs_cycle)
rules.add_perm("performance.nudge_late", is_over_cycle | runs_cycle)
rules.add_perm("performance.exempt_from_reviews", is_hr_of | runs_cycles_for)
rules.add_perm("performance.end_exemption", is_hr_of_exempt | runs_cycles_without)
rules.add_perm("performance.share_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.close_cycle", is_over_cycle | runs_cycle)
rules.add_perm("performance.edit_template", is_hr | designs_reviews)
rules.add_perm("performance.edit_scale", is_hr | designs_reviews)
rules.add_perm("performance.agree_goals", is_reviewer & ~is_employee)
rules.add_perm("performance.nudge_review", works_on_it | moves_reviews)
