"""Who may touch what in talent. Which rows somebody sees is `visible_to`.

Three sentences: nobody touches talent data about themselves; a plan is worked on by those above its owner and by HR,
and its owner takes part in what is shared; succession is HR's, and others only read it.
"""

from typing import Any

import rules

from hrportal.common.paths import is_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee, Position
from talent.models import DevelopmentPlan, PlanAction, PlanItem, SuccessionPlan, Successor
from talent.models.succession import own_circle

WORK_ON_PLANS = "development:write"
WORK_ON_BENCHES = "succession:write"


def works_with(user: Any, employee: Employee) -> bool:
    """Somebody above this person, or HR for them, or a client that may write plans."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_PLANS):
        return False
    return viewer.is_client or is_below(employee.path, viewer.path) or viewer.looks_after(employee)


def is_self(user: Any, employee_id: int) -> bool:
    viewer = user.viewer
    return viewer.may_use(WORK_ON_PLANS) and viewer.employee_id == employee_id


@rules.predicate
def works_on_persons_plan(user: Any, employee: Employee) -> bool:
    return works_with(user, employee)


@rules.predicate
def is_person(user: Any, employee: Employee) -> bool:
    return is_self(user, employee.pk)


@rules.predicate
def works_on_plan(user: Any, plan: DevelopmentPlan) -> bool:
    return works_with(user, plan.employee)


@rules.predicate
def works_on_item(user: Any, item: PlanItem) -> bool:
    return works_with(user, item.plan.employee)


@rules.predicate
def is_own_item(user: Any, item: PlanItem) -> bool:
    """One's own, and shared: what one does not see one cannot touch."""
    return item.shared_at is not None and is_self(user, item.plan.employee_id)


@rules.predicate
def is_written_by_hand(user: Any, item: PlanItem) -> bool:
    """No review asked for it."""
    return item.source == ""


@rules.predicate
def works_on_action(user: Any, action: PlanAction) -> bool:
    return works_with(user, action.item.plan.employee)


@rules.predicate
def is_own_action(user: Any, action: PlanAction) -> bool:
    return is_own_item(user, action.item)


rules.add_perm("talent.add_item", works_on_persons_plan | is_person)
rules.add_perm("talent.edit_item", works_on_item | (is_own_item & is_written_by_hand))
rules.add_perm("talent.close_item", works_on_item | (is_own_item & is_written_by_hand))
rules.add_perm("talent.add_action", works_on_item | is_own_item)
rules.add_perm("talent.complete_action", works_on_action | is_own_action)
rules.add_perm("talent.complete_plan", works_on_plan)


def is_hr_for_seat(viewer: Any, position: Position) -> bool:
    """HR for a seat: a leader for all, a partner for those in their units."""
    unit = position.org_unit
    return viewer.has(Role.HR_LEADER) or bool(unit and unit.path.startswith(viewer.partner_units))


def is_seat_of(people: set[int], position: Position) -> bool:
    incumbent = getattr(position, "incumbent", None)
    return incumbent is not None and incumbent.pk in people


@rules.predicate
def may_designate(user: Any, position: Position | None) -> bool:
    """HR for some seats, or for this one; or a client that may write benches."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if viewer.is_client or position is None:
        return viewer.is_client or viewer.is_hr
    return is_hr_for_seat(viewer, position) and not is_seat_of(own_circle(viewer), position)


@rules.predicate
def manages_bench(user: Any, plan: SuccessionPlan) -> bool:
    """HR for the seat, unless the bench concerns them."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if viewer.is_client:
        return True
    circle = own_circle(viewer)
    if not is_hr_for_seat(viewer, plan.position) or is_seat_of(circle, plan.position):
        return False
    return not plan.successors.standing().filter(employee_id__in=circle).exists()


@rules.predicate
def manages_bench_of(user: Any, successor: Successor) -> bool:
    return manages_bench(user, successor.plan)


rules.add_perm("talent.designate_critical_role", may_designate)
for verb in ("edit_critical_role", "nominate_successor", "rank_successors", "endorse_plan", "retire_plan"):
    rules.add_perm(f"talent.{verb}", manages_bench)
for verb in ("approve_successor", "change_readiness", "remove_successor"):
    rules.add_perm(f"talent.{verb}", manages_bench_of)
