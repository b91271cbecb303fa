"""What exits teach: how many left, who of them was a high performer, seen coming, and helped; and how many of the best stay.

Everything is counted of rows the reader may see: somebody's own exit or risk is in no figure they get.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.db.models import Case, Count, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import TruncQuarter

from hrportal.common.paths import WIDTH, at_or_below
from hrportal.people.enums import LeaveReason
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import EVERYONE, Principal
from talent.models import CalibratedRating, Exit, RetentionSubjects
from talent.retention.foresight import is_strong_rating
from talent.scores.rates import Interval, wilson

QUARTERS = 8
OWN_WILL = Q(leave_reason=LeaveReason.VOLUNTARY)
STRONG = Q(was_strong=True)
COUNTS: dict[str, Q] = {
    "left": Q(),
    "own_will": OWN_WILL,
    "unexplained": Q(leave_reason=""),
    "reviewed": Q(reviewed_on__isnull=False),
    "regretted": Q(is_regretted=True),
    "strong_lost": STRONG & OWN_WILL,
    "strong_left": STRONG,
    "foreseeable": OWN_WILL & Q(foreseen__isnull=False),
    "foreseen": OWN_WILL & Q(foreseen=True),
    "planned": OWN_WILL & Q(had_plan=True),
}


@dataclass
class Tally:
    """Exits, counted. `foreseeable`: left of their own will, and flight risk was not turned off for them. Those of high
    performers are None for whoever may not read ratings."""

    left: int = 0
    own_will: int = 0
    unexplained: int = 0
    reviewed: int = 0
    regretted: int = 0
    strong_lost: int | None = 0
    strong_left: int | None = 0
    foreseeable: int = 0
    foreseen: int = 0
    planned: int = 0

    def add(self, other: "Tally") -> None:
        for column in fields(self):
            setattr(self, column.name, getattr(self, column.name) + getattr(other, column.name))

    @property
    def seen_coming(self) -> Interval | None:
        """Which share of those who left of their own will was seen coming, with Wilson's interval."""
        return wilson(self.foreseen, self.foreseeable)

    @property
    def had_plan(self) -> Interval | None:
        """Which share of them had a plan."""
        return wilson(self.planned, self.own_will)

    @property
    def was_regretted(self) -> Interval | None:
        """Which share of the reviewed exits is regretted."""
        return wilson(self.regretted, self.reviewed)


@dataclass
class Quarter:
    """One quarter: its exits, and how many high performers there were on its first day."""

    starts_on: datetime.date
    tally: Tally = field(default_factory=Tally)
    strong_at_start: int | None = 0

    @property
    def name(self) -> str:
        return f"{self.starts_on.year} Q{(self.starts_on.month + 2) // 3}"

    @property
    def alias(self) -> str:
        """What its column is called in a query."""
        return f"q{self.starts_on:%Y%m}"

    @property
    def kept(self) -> Interval | None:
        """Which share of the high performers of its first day did not leave of their own will in it."""
        if self.strong_at_start is None or self.tally.strong_lost is None:
            return None
        lost = min(self.tally.strong_lost, self.strong_at_start)
        return wilson(self.strong_at_start - lost, self.strong_at_start)


@dataclass(frozen=True)
class ExitReport:
    """Eight quarters, the one that runs last; their sum; and the sum for each part below the unit asked for."""

    quarters: list[Quarter]
    total: Tally
    parts: list[tuple[OrgUnit, Tally]]


def exit_report(user: Principal, unit: OrgUnit | None, today: datetime.date) -> ExitReport:
    """The figures of a unit (None: of all one may see). Five queries at most, all of them aggregates."""
    quarters = quarters_until(today)
    here = Exit.objects.visible_to(user).filter(_inside(unit, "org_unit__"), left_on__gte=quarters[0].starts_on)
    by_start = {quarter.starts_on: quarter for quarter in quarters}
    parts: dict[str, Tally] = defaultdict(Tally)
    total = Tally()
    for row in _counted(here.filter(left_on__lte=today)):
        tally = Tally(**{name: row[name] for name in COUNTS})
        by_start[row["quarter"]].tally.add(tally)
        total.add(tally)
        parts[_part(row["org_unit__path"] or "", unit)].add(tally)
    report = ExitReport(quarters, total, _named(parts, unit))
    if user.viewer.may_use("ratings:read"):
        _count_strong(user, unit, quarters)
    else:
        _forget_strong(report)
    return report


def quarters_until(today: datetime.date) -> list[Quarter]:
    """The quarter of today and those before it, oldest first."""
    months = today.year * 12 + 3 * ((today.month - 1) // 3)
    starts = (divmod(months - 3 * back, 12) for back in reversed(range(QUARTERS)))
    return [Quarter(datetime.date(year, month + 1, 1)) for year, month in starts]


def _inside(unit: OrgUnit | None, prefix: str) -> Q:
    return at_or_below(unit.path, field=f"{prefix}path") if unit else EVERYONE


def _counted(exits: Any) -> Iterable[dict[str, Any]]:
    """Counts by quarter and unit: as many rows as there are units with exits, whatever the number of exits."""
    counts = {name: Count("pk", filter=condition) if condition else Count("pk") for name, condition in COUNTS.items()}
    grouped = exits.order_by().annotate(quarter=TruncQuarter("left_on")).values("quarter", "org_unit__path")
    found: Iterable[dict[str, Any]] = grouped.annotate(**counts)
    return found


def _part(path: str, unit: OrgUnit | None) -> str:
    """The path of the part below the chosen unit (or of the company's parts) to which a unit belongs; empty: the unit itself."""
    depth = len(unit.path) if unit else WIDTH
    return path[: depth + WIDTH] if len(path) > depth else ""


def _named(parts: Mapping[str, Tally], unit: OrgUnit | None) -> list[tuple[OrgUnit, Tally]]:
    units = OrgUnit.objects.filter(path__in=[path for path in parts if path]).order_by("path")
    return [(part, parts[part.path]) for part in units]


def _forget_strong(report: ExitReport) -> None:
    """Who performed high is known of ratings."""
    for quarter in report.quarters:
        quarter.strong_at_start = None
    tallies = [quarter.tally for quarter in report.quarters] + [tally for _part, tally in report.parts]
    for tally in (report.total, *tallies):
        tally.strong_lost = tally.strong_left = None


def _count_strong(user: Principal, unit: OrgUnit | None, quarters: list[Quarter]) -> None:
    """How many high performers there were on each quarter's first day: those of today who were here then, and those who left since.

    Strength is what is known today, or was when they left; ratings of long ago are not looked up again.
    """
    people = RetentionSubjects().visible_to(user).filter(_inside(unit, "org_unit__")).order_by()
    strong = Case(When(is_strong_rating(), then=Value(True)), default=Value(False))
    ratings = CalibratedRating.objects.visible_to(user).current().filter(profile__employee=OuterRef("pk"))
    newest = ratings.newest_first().annotate(is_high=strong).values("is_high")[:1]
    here = people.employed().annotate(is_strong=Subquery(newest)).filter(is_strong=True)
    stayed = here.aggregate(**{quarter.alias: Count("pk", filter=_was_here(quarter)) for quarter in quarters})
    exits = Exit.objects.visible_to(user).filter(STRONG, _inside(unit, "org_unit__"))
    gone = exits.order_by().aggregate(
        **{
            quarter.alias: Count("pk", filter=Q(left_on__gte=quarter.starts_on) & _was_here(quarter, "employee__"))
            for quarter in quarters
        }
    )
    for quarter in quarters:
        quarter.strong_at_start = stayed[quarter.alias] + gone[quarter.alias]


def _was_here(quarter: Quarter, prefix: str = "") -> Q:
    return Q(**{f"{prefix}hired_on": None}) | Q(**{f"{prefix}hired_on__lt": quarter.starts_on})
