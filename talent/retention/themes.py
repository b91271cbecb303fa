"""What stay interviews bring up, summed up for units: the only code that reads themes of more than one interview.

Figures are made of finished half-years only, by the unit each person was in when the talk was held. Both never change afterwards,
so no comparison of before and after singles out a talk. A reader gets a cell as a whole or not at all: only when they may
see retention data of everybody in it, which nobody may of themselves.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from hrportal.common.paths import ids_of
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import Driver, StayInterviewState
from talent.models import RetentionSubjects, StayInterview
from talent.retention.cells import cells_of

PERIODS = 4


@dataclass(frozen=True)
class HalfYear:
    """January to June, or July to December."""

    starts_on: datetime.date

    @property
    def ends_on(self) -> datetime.date:
        last = (6, 30) if self.starts_on.month == 1 else (12, 31)
        return datetime.date(self.starts_on.year, *last)

    @property
    def before(self) -> "HalfYear":
        year = self.starts_on.year
        return HalfYear(datetime.date(year - 1, 7, 1) if self.starts_on.month == 1 else datetime.date(year, 1, 1))

    def holds(self, day: datetime.date | None) -> bool:
        return day is not None and self.starts_on <= day <= self.ends_on

    @classmethod
    def of(cls, day: datetime.date) -> "HalfYear":
        return cls(datetime.date(day.year, 1 if day.month <= 6 else 7, 1))


@dataclass(frozen=True)
class ThemeCount:
    """A theme, and how many of the people it came up with."""

    theme: str
    label: str
    count: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.count / self.of


@dataclass(frozen=True)
class UnitThemes:
    """One cell: the unit that names it, how many people, what came up, most frequent first."""

    unit: OrgUnit
    people: int
    themes: list[ThemeCount]


@dataclass(frozen=True)
class PeriodThemes:
    """What one half-year brought, as far as this reader gets it."""

    period: HalfYear
    units: list[UnitThemes]


def themes_for(user: Principal, today: datetime.date) -> list[PeriodThemes]:
    """The last finished half-years, newest first. Three queries, whatever the number of talks and units."""
    periods = [HalfYear.of(today).before]
    while len(periods) < PERIODS:
        periods.append(periods[-1].before)
    talks = _talks(periods[-1].starts_on, periods[0].ends_on)
    allowed = _readable({talk.employee_id for talk in talks}, user)
    units = _units_above(talks)
    return [PeriodThemes(period, _of_period(talks, period, allowed, units)) for period in periods]


def _talks(first: datetime.date, last: datetime.date) -> list[StayInterview]:
    held = StayInterview.objects.filter(state=StayInterviewState.HELD, finished_on__range=(first, last))
    return list(held.exclude(org_unit=None).select_related("org_unit").order_by("finished_on", "pk"))


def _readable(people: Iterable[int], user: Principal) -> set[int]:
    return set(RetentionSubjects().visible_to(user).filter(pk__in=set(people)).order_by().values_list("pk", flat=True))


def _units_above(talks: Iterable[StayInterview]) -> dict[str, OrgUnit]:
    """The units of the talks and all above them, by path: a cell is named by one of them."""
    ids = {pk for talk in talks if talk.org_unit for pk in ids_of(talk.org_unit.path)}
    return {unit.path: unit for unit in OrgUnit.objects.filter(pk__in=ids)}


def _of_period(
    talks: Iterable[StayInterview], period: HalfYear, allowed: set[int], units: dict[str, OrgUnit]
) -> list[UnitThemes]:
    paths: dict[int, str] = {}
    said: dict[int, set[str]] = {}
    for talk in talks:
        if talk.org_unit and period.holds(talk.finished_on):
            paths[talk.employee_id] = talk.org_unit.path
            said.setdefault(talk.employee_id, set()).update(talk.themes)
    cells = {path: people for path, people in cells_of(paths).items() if people <= allowed}
    return [_unit_themes(units[path], people, said) for path, people in sorted(cells.items())]


def _unit_themes(unit: OrgUnit, people: frozenset[int], said: dict[int, set[str]]) -> UnitThemes:
    counts = Counter(theme for person in people for theme in said[person])
    order = list(Driver.values)
    themes = sorted(counts.items(), key=lambda pair: (-pair[1], order.index(pair[0])))
    lines = [ThemeCount(theme, str(Driver(theme).label), count, len(people)) for theme, count in themes]
    return UnitThemes(unit, len(people), lines)
