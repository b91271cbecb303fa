"""The organisation's skills beside its need: forecast headcount times role profile, minus the people known to be at the level.

What is counted is stored, by column of the heat map and competency, as numbers "at least this level"; every figure on the
page follows from these (`talent.scores.shortfall`).
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from hrportal.common.paths import any_of, at_or_below
from hrportal.people.models import Competency, Employee, Job, OrgUnit
from hrportal.people.viewer import EVERYONE, Principal
from talent.enums import GapGrouping
from talent.models import GapAnalysis, HeadcountForecast
from talent.models.headcount import units_of
from talent.scores.fit import Demand
from talent.scores.shortfall import at_least
from talent.skills.counting import levels_that_count
from talent.skills.demands import demands_of

CHUNK = 5000
# So many forecasts are named among the inputs, and so many jobs nobody forecast.
MOST_NAMED = 200
REST = "rest"
TOTAL = "total"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Column:
    """A column of the heat map: a unit with all below it, or a family of jobs."""

    key: str
    label: str


@dataclass
class Scope:
    """The part of the company an analysis is about, as its reader answers for it, and its columns."""

    analysis: GapAnalysis
    reader: Principal

    def people(self) -> QuerySet[Employee]:
        """Those who work there now."""
        viewer = self.reader.viewer
        own = viewer.client_rows("") if viewer.is_client else viewer.hr("") | viewer.own_part("")
        return Employee.objects.employed().filter(own & self.here("org_unit__path")).order_by()

    def here(self, field: str) -> Q:
        """Rows of the unit and all below it; `field` is the path of the row's unit."""
        unit = self.analysis.org_unit
        return at_or_below(unit.path, field=field) if unit else EVERYONE

    def forecasts(self) -> list[HeadcountForecast]:
        """What is forecast for the day: of each job and unit the newest that is not later. What is for the whole company
        belongs to an analysis of the whole company."""
        rows = HeadcountForecast.objects.visible_to(self.reader).filter(on__lte=self.analysis.until)
        rows = rows.filter(self._forecast_here()).select_related("job", "org_unit").order_by("on", "pk")
        return list({(row.job_id, row.org_unit_id): row for row in rows}.values())

    def _forecast_here(self) -> Q:
        viewer = self.reader.viewer
        if self.analysis.org_unit:
            return self.here("org_unit__path")
        if viewer.is_over_all:
            return EVERYONE
        return any_of(at_or_below(path, field="org_unit__path") for path in units_of(viewer))

    def units(self) -> list[OrgUnit]:
        """The units that are columns: those right below the scope; where there is no single top, the tops themselves."""
        tops = self._tops()
        if len(tops) != 1:
            return tops
        return list(OrgUnit.objects.filter(parent=tops[0], is_active=True).order_by("name", "pk"))

    def _tops(self) -> list[OrgUnit]:
        viewer, unit = self.reader.viewer, self.analysis.org_unit
        if unit:
            return [unit]
        units = OrgUnit.objects.filter(is_active=True).order_by("name", "pk")
        if viewer.is_over_all:
            return list(units.filter(parent=None))
        return list(units.filter(path__in=units_of(viewer)))


def covering(forecasts: Iterable[HeadcountForecast]) -> list[HeadcountForecast]:
    """Without what a forecast for a wider part of the company says already: of a job the widest counts, and nothing twice."""
    taken: dict[int, list[str]] = defaultdict(list)
    kept = []
    for row in sorted(forecasts, key=lambda row: (len(_path_of(row)), row.pk)):
        if not any(_path_of(row).startswith(path) for path in taken[row.job_id]):
            taken[row.job_id].append(_path_of(row))
            kept.append(row)
    return kept


def _path_of(forecast: HeadcountForecast) -> str:
    return forecast.org_unit.path if forecast.org_unit else ""


class Tally:
    """Seats and people by column and competency, while they are counted."""

    def __init__(self) -> None:
        self.need: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        self.have: dict[tuple[str, int], Counter[int]] = defaultdict(Counter)
        self.unknown: Counter[tuple[str, int]] = Counter()
        self.stale: Counter[tuple[str, int]] = Counter()

    def stored(self) -> dict[str, dict[str, dict[str, Any]]]:
        """By column and competency, as the analysis keeps it. Only what some seat asks for is kept."""
        cells: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        for key in sorted(self.need):
            cells[key[0]][str(key[1])] = {
                "need": at_least(self.need[key].elements()),
                "have": at_least(self.have[key].elements()),
                "unknown": self.unknown[key],
                "stale": self.stale[key],
            }
        return dict(cells)


def measured(analysis: GapAnalysis, reader: Principal, progress: Progress = lambda done, total: None) -> dict[str, Any]:
    """Count what the reader answers for; JSON values. People are read in chunks, four queries for each."""
    scope = Scope(analysis, reader)
    forecasts = scope.forecasts()
    columns, column_of_unit = _columns(scope)
    people = scope.people()
    jobs = set(people.exclude(job=None).values_list("job", flat=True)) | {row.job_id for row in forecasts}
    demands = demands_of(jobs, analysis.profile)
    tally = Tally()
    _count_need(tally, forecasts, demands, analysis, column_of_unit)
    headcount = _count_people(tally, people, demands, analysis, column_of_unit, progress)
    cells = tally.stored()
    return {
        "people": headcount.total(),
        "columns": _shown_columns(columns, cells, analysis),
        "competencies": _names({int(pk) for found in cells.values() for pk in found}),
        "cells": cells,
        "forecasts": [_input(row) for row in covering(forecasts)[:MOST_NAMED]],
        "forecast_people": sum(row.number for row in covering(forecasts)),
        **_not_forecast(headcount, {row.job_id for row in forecasts}),
    }


def _columns(scope: Scope) -> tuple[list[Column], Callable[[str], str]]:
    """The columns by unit, and which of them a path lies in."""
    units = scope.units() if scope.analysis.group_by == GapGrouping.UNIT else []
    paths = {unit.path: str(unit.pk) for unit in units}

    def column_of(path: str) -> str:
        return next((key for prefix, key in paths.items() if path.startswith(prefix)), REST)

    return [Column(str(unit.pk), unit.name) for unit in units], column_of


def _column_key(analysis: GapAnalysis, path: str, family: str, column_of_unit: Callable[[str], str]) -> str:
    return column_of_unit(path) if analysis.group_by == GapGrouping.UNIT else f"family:{family}"


def _count_need(
    tally: Tally,
    forecasts: Sequence[HeadcountForecast],
    demands: Mapping[int, list[Demand]],
    analysis: GapAnalysis,
    column_of_unit: Callable[[str], str],
) -> None:
    """Seats by the level they ask for: in all, and in each column by what is forecast inside it."""
    by_column: dict[str, list[HeadcountForecast]] = defaultdict(list)
    for row in forecasts:
        key = _column_key(analysis, _path_of(row), row.job.family, column_of_unit)
        if key != REST:  # a forecast for more than one column says nothing of any of them
            by_column[key].append(row)
    for key, rows in {TOTAL: list(forecasts), **by_column}.items():
        for row in covering(rows):
            for demand in demands.get(row.job_id, []):
                tally.need[key, demand.competency_id][demand.required] += row.number


def _count_people(
    tally: Tally,
    people: QuerySet[Employee],
    demands: Mapping[int, list[Demand]],
    analysis: GapAnalysis,
    column_of_unit: Callable[[str], str],
    progress: Progress,
) -> Counter[int | None]:
    """People by the level that counts, whatever their job; as not assessed those whose job asks for it. The answer is
    how many there are in each job."""
    headcount: Counter[int | None] = Counter()
    total, done = people.count(), 0
    for chunk in _chunks(people):
        levels = levels_that_count([row[0] for row in chunk])
        for pk, job, family, path in chunk:
            headcount[job] += 1
            keys = (TOTAL, _column_key(analysis, path or "", family or "", column_of_unit))
            known = levels.get(pk, {})
            for competency, counting in known.items():
                for key in keys:
                    tally.have[key, competency][counting.level] += 1
                    tally.stale[key, competency] += counting.is_stale
            for demand in demands.get(job or 0, []):
                if demand.competency_id not in known:
                    tally.unknown.update((key, demand.competency_id) for key in keys)
        done += len(chunk)
        progress(done, total)
    return headcount


def _chunks(people: QuerySet[Employee]) -> Iterator[Sequence[tuple[int, int | None, str | None, str | None]]]:
    last = 0
    rows = people.order_by("pk").values_list("pk", "job", "job__family", "org_unit__path")
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        last = chunk[-1][0]
        yield chunk


def _shown_columns(columns: Iterable[Column], cells: Mapping[str, Any], analysis: GapAnalysis) -> list[dict[str, str]]:
    """The columns in which some seat asks for something."""
    if analysis.group_by == GapGrouping.FAMILY:
        found = sorted(key for key in cells if key.startswith("family:"))
        return [{"key": key, "label": key.removeprefix("family:")} for key in found]
    shown = [{"key": column.key, "label": column.label} for column in columns if column.key in cells]
    return shown + ([{"key": REST, "label": ""}] if REST in cells else [])


def _names(ids: set[int]) -> list[dict[str, Any]]:
    rows = Competency.objects.filter(pk__in=ids).order_by("name", "pk")
    return [{"id": pk, "name": name} for pk, name in rows.values_list("pk", "name")]


def _input(row: HeadcountForecast) -> dict[str, Any]:
    unit = row.org_unit.name if row.org_unit else ""
    return {"id": row.pk, "job": row.job.name, "unit": unit, "on": row.on.isoformat(), "number": row.number}


def _not_forecast(headcount: Counter[int | None], forecast: set[int]) -> dict[str, Any]:
    """Jobs people hold that no forecast names: their future need is unknown, and not counted."""
    missing = {job: many for job, many in headcount.items() if job and job not in forecast}
    names = Job.objects.in_bulk(list(missing))
    largest = sorted(missing, key=lambda pk: (-missing[pk], pk))[:MOST_NAMED]
    return {
        "not_forecast": [{"job": names[pk].name, "people": missing[pk]} for pk in largest],
        "jobs_not_forecast": len(missing),
        "people_not_forecast": sum(missing.values()),
    }


def horizon(today: datetime.date) -> datetime.date:
    """The day 24 months from now, for which analyses are asked unless somebody says otherwise."""
    month_end = today.replace(day=28) if (today.month, today.day) == (2, 29) else today
    return month_end.replace(year=month_end.year + 2)
