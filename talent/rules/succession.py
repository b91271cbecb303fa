"""Who may do what with benches: succession is HR's, and others only read it."""

import rules

from hrportal.people.enums import Role
from hrportal.people.models import Employee, Position
from hrportal.people.viewer import Principal, Viewer
from talent.enums import OpenTopic
from talent.models import ExternalSuccessor, NinetyDayPlan, SuccessionPlan, Successor
from talent.models.sight import opened_units
from talent.models.succession import own_circle

WORK_ON_BENCHES = "succession:write"
BENCH_ROLES = (Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE)


def is_hr_for_seat(viewer: Viewer, position: Position) -> bool:
    """HR for a seat: a leader for all, a partner for those in their units; a client likewise."""
    unit = position.org_unit
    return viewer.is_over_all or bool(unit and unit.path.startswith(viewer.given_units))


def is_seat_of(people: set[int], position: Position) -> bool:
    incumbent = getattr(position, "incumbent", None)
    return incumbent is not None and incumbent.pk in people


def is_kept_from(viewer: Viewer, plan: SuccessionPlan) -> bool:
    """A private plan is only for HR leaders and its owner."""
    return plan.is_private and not viewer.has(Role.HR_LEADER) and plan.owner_id != viewer.employee_id


@rules.predicate
def may_designate(user: Principal, position: Position | None) -> bool:
    """HR for some seats, or for this one; or a client that may write benches."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if position is None:
        return viewer.is_client or viewer.is_hr
    return is_hr_for_seat(viewer, position) and not is_seat_of(own_circle(viewer), position)


@rules.predicate
def manages_bench(user: Principal, plan: SuccessionPlan) -> bool:
    """HR for the seat, unless the bench concerns them."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_BENCHES):
        return False
    if viewer.is_client:
        return not plan.is_private and viewer.is_client_for(plan.position)
    circle = own_circle(viewer)
    if is_kept_from(viewer, plan):
        return False
    if not is_hr_for_seat(viewer, plan.position) or is_seat_of(circle, plan.position):
        return False
    return not plan.successors.standing().filter(employee_id__in=circle).exists()


@rules.predicate
def manages_bench_of(user: Principal, successor: Successor) -> bool:
    return manages_bench(user, successor.plan)


@rules.predicate
def manages_bench_of_external(user: Principal, external: ExternalSuccessor) -> bool:
    return manages_bench(user, external.plan)


@rules.predicate
def manages_bench_behind(user: Principal, ninety_days: NinetyDayPlan) -> bool:
    return manages_bench(user, ninety_days.successor.plan)


@rules.predicate
def reads_benches(user: Principal) -> bool:
    """Whoever has a page of benches: HR, executives, a client by its scope, a manager where HR opened succession for anybody
    below them. Which benches they find there is `visible_to`."""
    viewer = user.viewer
    if not viewer.may_use("succession:read"):
        return False
    if viewer.is_client or viewer.has(*BENCH_ROLES):
        return True
    return viewer.has(Role.MANAGER) and _is_opened_below(viewer)


def _is_opened_below(viewer: Viewer) -> bool:
    below = Employee.objects.employed().filter(viewer.chain_below(""), opened_units(OpenTopic.SUCCESSION, ""))
    return below.exists()


rules.add_perm("talent.designate_critical_role", may_designate)
for verb in (
    "ask_experiences",
    "edit_critical_role",
    "endorse_plan",
    "name_external",
    "nominate_successor",
    "rank_successors",
    "retire_plan",
):
    rules.add_perm(f"talent.{verb}", manages_bench)
for verb in ("approve_successor", "change_readiness", "open_ninety_days", "record_experiences", "remove_successor"):
    rules.add_perm(f"talent.{verb}", manages_bench_of)
rules.add_perm("talent.remove_external", manages_bench_of_external)
rules.add_perm("talent.share_ninety_days", manages_bench_behind)
rules.add_perm("talent.read_benches", reads_benches)
rules.add_perm("talent.start_bench_study", reads_benches)
