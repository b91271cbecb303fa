"""Who may do what with benches: succession is HR's, and others only read it."""

from typing import Any

import rules

from hrportal.people.enums import Role
from hrportal.people.models import Position
from talent.models import SuccessionPlan, Successor
from talent.models.succession import own_circle

WORK_ON_BENCHES = "succession:write"


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
