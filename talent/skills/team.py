"""A team's skills on one page: people down, competencies across, each cell the level that counts beside what the job asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.http import QueryDict

from hrportal.people.models import Competency, Employee
from talent.enums import ProfileDay
from talent.scores.fit import Demand, Fit, FitLine, fit_of
from talent.skills.counting import Counting, levels_that_count, plain
from talent.skills.demands import demands_of
from talent.skills.gap import competencies_of

CHUNK = 1000


@dataclass(frozen=True)
class Cell:
    """One person in one competency; without a line the job does not ask for it."""

    line: FitLine | None
    counting: Counting | None

    @property
    def tone(self) -> str:
        """How it is coloured: no demand, not assessed, critical, a gap, met."""
        if self.line is None:
            return "none"
        if self.line.have is None:
            return "unknown"
        if self.line.is_critical:
            return "critical"
        return "gap" if self.line.gap else "met"


@dataclass(frozen=True)
class TeamRow:
    """One person with a cell for each competency of the map."""

    employee: Employee
    fit: Fit | None
    cells: list[Cell]


@dataclass(frozen=True)
class TeamColumn:
    """One competency over all people of the page whose job asks for it."""

    competency: Competency
    asked: int
    below: int
    unknown: int


@dataclass(frozen=True)
class TeamMap:
    columns: list[TeamColumn]
    rows: list[TeamRow]


def team_map(people: Sequence[Employee], day: str = ProfileDay.TODAY) -> TeamMap:
    """The map of people whom the reader may see; three queries however many there are."""
    demands = demands_of({person.job_id for person in people}, day)
    levels = levels_that_count([person.pk for person in people])
    asked = {demand.competency_id for found in demands.values() for demand in found}
    competencies = sorted(competencies_of(asked).values(), key=lambda row: (row.kind, row.name))
    rows = [
        _row(person, demands.get(person.job_id or 0, []), levels.get(person.pk, {}), competencies) for person in people
    ]
    return TeamMap([_column(row, rows, place) for place, row in enumerate(competencies)], rows)


def _row(
    person: Employee, demands: list[Demand], levels: dict[int, Counting], competencies: Sequence[Competency]
) -> TeamRow:
    fit = fit_of(demands, plain(levels))
    lines = {line.demand.competency_id: line for line in fit.lines} if fit else {}
    return TeamRow(person, fit, [Cell(lines.get(row.pk), levels.get(row.pk)) for row in competencies])


def _column(competency: Competency, rows: Sequence[TeamRow], place: int) -> TeamColumn:
    lines = [line for row in rows if (line := row.cells[place].line)]
    return TeamColumn(
        competency,
        asked=len(lines),
        below=sum(bool(line.gap) for line in lines),
        unknown=sum(line.have is None for line in lines),
    )


@dataclass(frozen=True)
class MapLine:
    """One cell of the map as a line of a list to take away."""

    employee: Employee
    competency: Competency
    line: FitLine
    counting: Counting | None


class MapLines:
    """The whole map as lines, read in chunks of people, so that a large part of the company never lies in memory whole."""

    def __init__(self, people: QuerySet[Employee], day: str) -> None:
        self.people, self.day = people, day

    def __len__(self) -> int:
        by_job = dict(self.people.order_by().values_list("job").annotate(Count("pk")))
        demands = demands_of(by_job, self.day)
        return sum(many * len(demands.get(job or 0, [])) for job, many in by_job.items())

    def __iter__(self) -> Iterator[MapLine]:
        last = 0
        people = self.people.order_by("pk").select_related("job", "org_unit", "manager")
        while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
            last = chunk[-1].pk
            shown = team_map(chunk, self.day)
            for row in shown.rows:
                yield from _lines(row, shown.columns)


def _lines(row: TeamRow, columns: Sequence[TeamColumn]) -> Iterator[MapLine]:
    for cell, column in zip(row.cells, columns, strict=True):
        if cell.line:
            yield MapLine(row.employee, column.competency, cell.line, cell.counting)


def day_asked(query: QueryDict) -> str:
    """Which day of the role profiles a page's URL names; today where it names none."""
    asked = str(query.get("day", ""))
    return asked if asked in ProfileDay.values else ProfileDay.TODAY
