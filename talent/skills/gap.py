"""A person beside a role: what the page shows is all that the number is made of."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hrportal.people.models import Competency, Employee, Job
from hrportal.people.viewer import Principal
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


def gap_of(employee: Employee, job: Job, day: str, user: Principal) -> GapReport | None:
    """A person beside a job's profile as this reader sees their levels; None where the profile asks for nothing. Three queries."""
    return gaps_of(employee, [job], day, user).get(job.pk)


def gaps_of(employee: Employee, jobs: Sequence[Job], day: str, user: Principal) -> dict[int, GapReport]:
    """The same for several jobs, by job, without those whose profile asks for nothing; three queries, however many there are."""
    demands = demands_of([job.pk for job in jobs], day)
    known = levels_that_count([employee.pk], user).get(employee.pk, {})
    names = competencies_of(demand.competency_id for asked in demands.values() for demand in asked)
    found = {job.pk: (job, fit) for job in jobs if (fit := fit_of(demands.get(job.pk, []), plain(known)))}
    return {
        pk: GapReport(employee, job, day, fit, sorted(_lines(fit, names, known), key=lambda line: line.order))
        for pk, (job, fit) in found.items()
    }


def _lines(fit: Fit, names: Mapping[int, Competency], known: Mapping[int, Counting]) -> Iterator[GapLine]:
    for line in fit.lines:
        competency_id = line.demand.competency_id
        yield GapLine(names[competency_id], line, known.get(competency_id))


def competencies_of(ids: Iterable[int] | Collection[int]) -> dict[int, Competency]:
    """Competencies by id."""
    return Competency.objects.in_bulk(set(ids))
