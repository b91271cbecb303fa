"""Many sessions at once: what would be made, with how many reviews, and what is there already."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from calibration.enums import Division
from calibration.models import CalibrationSession
from calibration.sessions.preparation import kept_from
from hrportal.common.actions import ActionError
from hrportal.common.paths import AFTER_ALL_DIGITS, at_or_below
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle

MOST_AT_ONCE = 500
LONGEST_NAME = 120


@dataclass
class Planned:
    """A session that would be made: who would sit there, over how many reviews; `existing` where one is about the same."""

    session: CalibrationSession
    seats: list[int] = field(default_factory=list)
    reviews: int = 0
    submitted: int = 0
    existing: CalibrationSession | None = None
    line: int = 0
    above: str = ""
    errors: list[str] = field(default_factory=list)
    people: list[Employee] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.existing is None and not self.errors


class Spread:
    """The reviews of a cycle by unit, job and (if heads are asked for) person, read once for any number of sessions.

    Numbers are those that the reader may know of; who writes the reviews is asked of all of them.
    """

    def __init__(self, cycle: ReviewCycle, user: Principal | None, *, has_heads: bool = False) -> None:
        reviews = Review.objects.filter(cycle=cycle).exclude(state=ReviewState.WITHDRAWN).order_by()
        known = reviews if user is None else reviews.visible_to(user).exclude(kept_from(user))
        place = ["org_unit__path", "job__family", "job__level", *(["employee__path"] if has_heads else [])]
        written = reviews.filter(reviewer__in=Employee.objects.employed().values("pk"))
        self.counts = _Places(known.values_list("state", *place).annotate(n=Count("pk")), has_heads=has_heads)
        self.writers = _Places(written.values_list("reviewer", *place).distinct(), has_heads=has_heads)

    def measure(self, planned: Planned) -> Planned:
        """Fill in how many reviews there are, and who writes them where nobody is seated yet."""
        states: Counter[str] = Counter()
        for row in self.counts.of(planned.session):
            states[row[0]] += row[-1]
        planned.reviews, planned.submitted = states.total(), states[ReviewState.SUBMITTED]
        planned.seats = planned.seats or sorted({row[0] for row in self.writers.of(planned.session)})
        return planned

    def values_of(self, column: str, below: OrgUnit | None) -> list[Any]:
        """The job families or levels that occur below a unit."""
        at = {Division.JOB_FAMILY: 2, Division.JOB_LEVEL: 3}[Division(column)]
        found = {row[at] for row in self.counts.of(CalibrationSession(org_unit=below))}
        return sorted(value for value in found if value not in {None, ""})


class _Places:
    """Rows of (something, unit, family, level[, person], …), found by where they lie."""

    def __init__(self, rows: Iterable[Sequence[Any]], *, has_heads: bool) -> None:
        self.by_unit = _Sorted(rows, 1)
        self.by_person = _Sorted(self.by_unit.rows, 4) if has_heads else self.by_unit

    def of(self, session: CalibrationSession) -> list[Sequence[Any]]:
        unit = session.org_unit.path if session.org_unit else ""
        rows = self.by_person.below(session.head.path) if session.head else self.by_unit.at_or_below(unit)
        return [
            row
            for row in rows
            if (row[1] or "").startswith(unit)
            and (not session.job_family or row[2] == session.job_family)
            and (session.job_level is None or row[3] == session.job_level)
        ]


class _Sorted:
    """Rows in the order of a path, so that all below one are a slice."""

    def __init__(self, rows: Iterable[Sequence[Any]], at: int) -> None:
        self.rows = sorted(rows, key=lambda row: row[at] or "")
        self.paths = [row[at] or "" for row in self.rows]

    def at_or_below(self, path: str) -> list[Sequence[Any]]:
        return self.rows[bisect_left(self.paths, path) : bisect_left(self.paths, path + AFTER_ALL_DIGITS)]

    def below(self, path: str) -> list[Sequence[Any]]:
        return self.rows[bisect_right(self.paths, path) : bisect_left(self.paths, path + AFTER_ALL_DIGITS)]


def plan_sessions(
    cycle: ReviewCycle,
    *,
    by: Principal,
    division: str,
    below: OrgUnit | None = None,
    kind: str = "",
    parent: CalibrationSession | None = None,
    **dates: Any,
) -> list[Planned]:
    """One for each unit of a kind, job family or job level below a unit, as far as there are reviews."""
    spread = Spread(cycle, by)
    if division == Division.UNIT:
        scopes = [(unit.name, {"org_unit": unit}) for unit in _units(below, kind)]
    else:
        scopes = [_job_scope(division, value, below) for value in spread.values_of(division, below)]
    sessions = [
        CalibrationSession(cycle=cycle, name=name[:LONGEST_NAME], parent=parent, **scope, **dates)
        for name, scope in _distinct(scopes)
    ]
    measured = [spread.measure(Planned(session)) for session in sessions]
    return find_existing(cycle, [planned for planned in measured if planned.reviews])


def find_existing(cycle: ReviewCycle, plan: list[Planned]) -> list[Planned]:
    """Mark those whose reviews a session of the cycle is about already."""
    existing = {
        session.scope: session
        for session in CalibrationSession.objects.filter(cycle=cycle).select_related("org_unit").order_by("-pk")
    }
    for planned in plan:
        planned.existing = existing.get(planned.session.scope)
    return plan


def with_tables(plan: list[Planned]) -> list[Planned]:
    """With the people behind the seats, to be shown."""
    people = Employee.objects.in_bulk({pk for planned in plan for pk in planned.seats})
    for planned in plan:
        planned.people = [people[pk] for pk in planned.seats if pk in people]
    return plan


def refuse_too_many(number: int) -> None:
    """So many that nobody meant it."""
    if number > MOST_AT_ONCE:
        words = _("That would be %(number)d sessions; at most %(most)d at once. Choose larger groups.")
        raise ActionError(words % {"number": number, "most": MOST_AT_ONCE})


def _units(below: OrgUnit | None, kind: str) -> list[OrgUnit]:
    """The units of a kind, without those that lie below another of them."""
    units = OrgUnit.objects.filter(kind=kind, is_active=True).order_by("path")
    if below:
        units = units.filter(at_or_below(below.path))
    found: list[OrgUnit] = []
    for unit in units:
        if not found or not unit.path.startswith(found[-1].path):
            found.append(unit)
    return sorted(found, key=lambda unit: (unit.name, unit.pk))


def _job_scope(division: str, value: Any, below: OrgUnit | None) -> tuple[str, dict[str, Any]]:
    name = _("Level %d") % value if division == Division.JOB_LEVEL else value
    return (f"{name}, {below.name}" if below else name), {division: value, "org_unit": below}


def _distinct(scopes: list[tuple[str, dict[str, Any]]]) -> list[tuple[str, dict[str, Any]]]:
    """Units that share a name are told apart by their code."""
    names = Counter(name for name, _scope in scopes)
    return [
        (f"{name} ({scope['org_unit'].code})" if names[name] > 1 and scope.get("org_unit") else name, scope)
        for name, scope in scopes
    ]
