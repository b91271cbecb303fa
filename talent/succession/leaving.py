"""What an absence would break: the benches, the seat, who moves up and who follows them, before and after.

Nothing is decided or stored here; it is a look at what the benches say today, with the eyes of one reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from hrportal.people.models import Employee, Position
from hrportal.people.viewer import Principal
from talent.enums import PoolMemberState, Readiness
from talent.models import PoolMember, SuccessionPlan, Successor
from talent.scores.bench import BenchScore
from talent.succession.chances import counting, known_of_plans, score_of_bench
from talent.succession.together import Together, together_of

# A chain that is longer than this says no more about the first move.
LONGEST_CHAIN = 12


@dataclass(frozen=True)
class Move:
    """One seat of a chain: who leaves it and who would follow. `passed_over` stand before them on the bench but leave a seat of
    the chain themselves: there the chain closes to a circle. Without a plan nobody is named for the seat."""

    position: Position
    plan: SuccessionPlan | None
    leaver: Employee | None
    successor: Successor | None
    passed_over: tuple[Successor, ...]


def chain_from(position: Position, leaver: Employee | None, user: Principal) -> list[Move]:
    """Who would move up when a seat falls vacant, and who into their seat, until nobody is named or no plan tells.

    The first of the bench counts: by readiness, then rank. Emergency cover is no succession.
    """
    moves: list[Move] = []
    gone = {leaver.pk} if leaver else set()
    while len(moves) < LONGEST_CHAIN:
        plan = _plan_of(position, user)
        passed, successor = _first(plan, gone)
        moves.append(Move(position, plan, leaver, successor, passed))
        if successor is None or successor.employee.position is None:
            return moves
        gone.add(successor.employee_id)
        leaver, position = successor.employee, successor.employee.position
    return moves


def _plan_of(position: Position, user: Principal) -> SuccessionPlan | None:
    plans = SuccessionPlan.objects.visible_to(user).active().with_bench()
    return plans.filter(position=position).first()


def _first(plan: SuccessionPlan | None, gone: set[int]) -> tuple[tuple[Successor, ...], Successor | None]:
    passed: list[Successor] = []
    for successor in counting(plan.bench) if plan else ():
        if successor.readiness == Readiness.EMERGENCY:
            continue
        if successor.employee_id not in gone:
            return tuple(passed), successor
        passed.append(successor)
    return tuple(passed), None


@dataclass(frozen=True)
class Broken:
    """One bench somebody stands on, with and without them."""

    plan: SuccessionPlan
    successor: Successor
    before: BenchScore
    after: BenchScore
    depth: tuple[int, int]
    ready_now: tuple[int, int]

    @property
    def is_emptied(self) -> bool:
        return self.depth[0] > 0 and self.depth[1] == 0


@dataclass(frozen=True)
class Figure:
    """One number of all benches before and after."""

    name: str
    before: int
    after: int

    @property
    def is_worse(self) -> bool:
        return self.after != self.before


@dataclass(frozen=True)
class Leaving:
    """What would break if this person left, as far as the reader sees it."""

    employee: Employee
    seat: SuccessionPlan | None
    benches: list[Broken]
    pools: list[PoolMember]
    chain: list[Move]
    figures: list[Figure]
    is_single_point: bool


def leaving_of(employee: Employee, user: Principal) -> Leaving:
    """Everything that hangs on somebody; the reader was found to see them on a bench or a critical seat."""
    plans = SuccessionPlan.objects.visible_to(user).active().with_bench()
    standing = Successor.objects.standing().filter(employee=employee).values("plan")
    hit = list(plans.filter(pk__in=standing.order_by()).order_by("position__name", "pk"))
    together = together_of(user)
    seat = employee.position
    critical = SuccessionPlan.objects.visible_to(user).active().filter(position=seat).first() if seat else None
    members = PoolMember.objects.visible_to(user).filter(employee=employee)
    pools = members.filter(state__in=[PoolMemberState.MEMBER, PoolMemberState.RENEWED]).select_related("pool")
    return Leaving(
        employee,
        critical,
        _broken(hit, employee, user),
        list(pools),
        chain_from(seat, employee, user) if seat and critical else [],
        figures_of(together, employee),
        employee.pk in together.matching.single_points,
    )


def _broken(plans: list[SuccessionPlan], employee: Employee, user: Principal) -> list[Broken]:
    known = known_of_plans(plans, user)
    found = []
    for plan in plans:
        left = [each for each in plan.bench if each.employee_id != employee.pk]
        own = next(each for each in plan.bench if each.employee_id == employee.pk)
        found.append(
            Broken(
                plan,
                own,
                score_of_bench(plan.bench, known),
                score_of_bench(left, known),
                (_depth(plan.bench), _depth(left)),
                (_ready(plan.bench), _ready(left)),
            )
        )
    return found


def _depth(bench: Iterable[Successor]) -> int:
    return sum(each.readiness != Readiness.EMERGENCY for each in counting(bench))


def _ready(bench: Iterable[Successor]) -> int:
    return sum(each.readiness == Readiness.READY_NOW for each in counting(bench))


def figures_of(together: Together, employee: Employee) -> list[Figure]:
    """The figures of all benches with and without somebody on them."""
    before, after = together.figures(), together.without(employee.pk).figures()
    return [Figure(name, before[name], after[name]) for name in ("covered", "ready_now", "net", "slots")]
