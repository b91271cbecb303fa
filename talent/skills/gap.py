"""A person beside a role: what the page shows is all that the number is made of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from hrportal.people.models import Competency, Employee, Job
from talent.scores.fit import Fit, FitLine, fit_of
from talent.skills.counting import Counting, levels_that_count, plain
from talent.skills.demands import demands_of


@dataclass(frozen=True)
class GapLine:
    """One demand of the role with the level that counts, and who says so."""

    competency: Competency
    fit: FitLine
    counting: Counting | None

    @property
    def order(self) -> tuple[int, int, str]:
        """Critical gaps first, then what costs most, then what nobody assessed, then what is met."""
        group = 0 if self.fit.is_critical else 1 if self.fit.gap else 2 if self.fit.have is None else 3
        return group, -(self.fit.lost or 0) or -self.fit.demand.weight, self.competency.name


@dataclass(frozen=True)
class GapReport:
    """Somebody beside what a job asks for on a day."""

    employee: Employee
    job: Job
    day: str
    fit: Fit
    lines: list[GapLine]

    @property
    def lost(self) -> int:
        """What the known gaps take from the whole."""
        return sum(line.fit.lost or 0 for line in self.lines)

    @property
    def open_weight(self) -> int:
        """What hangs on competencies nobody assessed."""
        return sum(line.fit.demand.weight for line in self.lines if line.fit.have is None)

    @property
    def stale(self) -> int:
        """How many of the levels are out of date."""
        return sum(line.counting.is_stale for line in self.lines if line.counting)


def gap_of(employee: Employee, job: Job, day: str, user: Any) -> GapReport | None:
    """A person beside a job's profile as this reader sees their levels; None where the profile asks for nothing. Three queries."""
    demands = demands_of([job.pk], day).get(job.pk, [])
    known = levels_that_count([employee.pk], user).get(employee.pk, {})
    fit = fit_of(demands, plain(known))
    if fit is None:
        return None
    names = competencies_of(line.demand.competency_id for line in fit.lines)
    lines = [
        GapLine(names[line.demand.competency_id], line, known.get(line.demand.competency_id)) for line in fit.lines
    ]
    return GapReport(employee, job, day, fit, sorted(lines, key=lambda line: line.order))


def competencies_of(ids: Iterable[int] | Collection[int]) -> dict[int, Competency]:
    """Competencies by id."""
    return Competency.objects.in_bulk(set(ids))
