"""What a bench held when it was endorsed, and what is different now."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import CriticalBecause, Readiness, VacancyBecause, VacancyRisk
from talent.models import BenchSnapshot, SnapshotSeat, SuccessionPlan, Successor
from talent.staleness import stale_data, stored_data

# What of the role itself a snapshot keeps, in the words of the page.
KEPT: dict[str, Promise | str] = {
    "reason": _("Why this role is critical"),
    "criticality": _("Criticality"),
    "critical_because": _("Kinds of reason"),
    "vacancy_risk": _("Vacancy risk"),
    "vacancy_because": _("What makes a vacancy likely"),
    "is_first_rank_vacant": _("Rank 1 is left vacant"),
}


def take_snapshot(plan: SuccessionPlan, *, endorsed_by_id: int | None) -> BenchSnapshot:
    """Keep a bench as it is now; the caller holds the lock of the plan. Four queries, however many stand on it."""
    bench = list(plan.successors.standing())
    incumbent = plan.incumbent
    snapshot = BenchSnapshot.objects.create(
        plan=plan,
        plan_version=plan.version,
        endorsed_by_id=endorsed_by_id,
        incumbent=incumbent,
        content={name: getattr(plan, name) for name in KEPT}
        | {"externals": list(plan.externals.standing().values_list("name", flat=True))},
        rested_on_stale=_stale(bench),
    )
    SnapshotSeat.objects.bulk_create(_seat(snapshot, successor) for successor in bench)
    return snapshot


def _seat(snapshot: BenchSnapshot, successor: Successor) -> SnapshotSeat:
    return SnapshotSeat(
        snapshot=snapshot,
        employee_id=successor.employee_id,
        readiness=successor.readiness,
        emergency_cover=successor.emergency_cover,
        rank=successor.rank,
        state=successor.state,
        assessed_on=successor.assessed_on,
    )


def _stale(bench: list[Successor]) -> list[dict[str, str]]:
    """What was out of date about anybody on it: which kind, and from when."""
    found = stale_data([successor.employee_id for successor in bench], timezone.localdate())
    return [stored for data in found.values() for stored in stored_data(data)]


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise now than it was endorsed; None where it was or is not there."""

    what: Any
    before: Any
    now: Any


@dataclass(frozen=True)
class Difference:
    """A snapshot beside the bench of today. `edits` counts every change of the plan since, also those taken back."""

    edits: int
    role: list[Change] = field(default_factory=list)
    people: list[Change] = field(default_factory=list)

    @property
    def is_same(self) -> bool:
        return not (self.role or self.people)


def difference(snapshot: BenchSnapshot, plan: SuccessionPlan, user: Principal) -> Difference:
    """What is different now, as far as this reader may see it; a person appears once, whatever changed about them."""
    role = [
        Change(title, words(name, snapshot.content.get(name)), words(name, getattr(plan, name)))
        for name, title in KEPT.items()
        if snapshot.content.get(name) != getattr(plan, name)
    ]
    seats = {seat.employee_id: seat for seat in snapshot.seats.select_related("employee")}
    standing = Successor.objects.visible_to(user).filter(plan=plan).standing().select_related("employee")
    now = {successor.employee_id: successor for successor in standing}
    people = [_person(seats.get(pk), now.get(pk)) for pk in {**seats, **now}]
    changed = [change for change in people if change.before != change.now]
    return Difference(plan.version - snapshot.plan_version, role, changed)


def _person(seat: SnapshotSeat | None, successor: Successor | None) -> Change:
    known: Any = seat or successor
    employee: Employee = known.employee
    return Change(employee, _place(seat), _place(successor))


def _place(row: Any) -> tuple[Any, ...] | None:
    """State, readiness, rank and emergency cover, as they are compared and shown."""
    return (row.state, row.readiness, row.rank, row.emergency_cover) if row else None


def words(name: str, value: Any) -> Any:
    """One kept field of the role, in words."""
    if value is None or value in ("", []):
        return _("Not said")
    kinds: dict[str, Any] = {"critical_because": CriticalBecause, "vacancy_because": VacancyBecause}
    if name in kinds:
        return ", ".join(str(kinds[name](each).label) for each in value)
    if name == "vacancy_risk":
        return VacancyRisk(value).label
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def shown_place(place: tuple[Any, ...] | None) -> dict[str, Any] | None:
    """A place on a bench as a page shows it."""
    if place is None:
        return None
    state, readiness, rank, cover = place
    return {"state": state, "readiness": readiness, "label": Readiness(readiness).label, "rank": rank, "cover": cover}
