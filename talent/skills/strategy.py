"""The capability strategy of a job family: what its roles will ask for in 24 months, beside what its people can do today."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from hrportal.people.models import Competency, Employee, Job
from hrportal.people.viewer import Principal
from talent.enums import ProfileDay
from talent.scores.fit import Demand, Fit, FitLine, fit_of
from talent.skills.counting import levels_that_count, plain
from talent.skills.demands import demands_of
from talent.skills.gap import competencies_of
from talent.skills.people import people_with_skills

# So many of those furthest from it are named.
MOST_NAMED = 50


@dataclass(frozen=True)
class Wanted:
    """One competency of a family: the levels its jobs will ask for, and where the people are whose job asks for it."""

    competency: Competency
    today: tuple[int, ...]
    later: tuple[int, ...]
    people: int
    there: int
    one_below: int
    further: int
    unknown: int

    @property
    def raised(self) -> bool:
        """Whether the strategy asks for more than today."""
        return (max(self.later), min(self.later)) > (max(self.today, default=0), min(self.today, default=0))

    @property
    def assessed(self) -> int:
        return self.people - self.unknown

    @property
    def today_words(self) -> str:
        return _span(self.today)

    @property
    def later_words(self) -> str:
        return _span(self.later)

    @property
    def share(self) -> float | None:
        """Of those who were assessed, the share already there, from 0 to 100; None where nobody was."""
        return round(100 * self.there / self.assessed) if self.assessed else None


def _span(levels: Sequence[int]) -> str:
    """The lowest and the highest of some levels."""
    if not levels:
        return "–"
    return str(levels[0]) if len(levels) == 1 else f"{levels[0]}–{levels[-1]}"


@dataclass(frozen=True)
class KnownGap:
    """One competency in which somebody is known to be below what will be asked."""

    competency: Competency
    have: int
    wanted: int


@dataclass(frozen=True)
class Distance:
    """One person beside what their job will ask for."""

    employee: Employee
    fit: Fit
    furthest: list[KnownGap]


@dataclass(frozen=True)
class Strategy:
    """A family: its jobs, its competencies, its people furthest from what will be asked."""

    family: str
    jobs: list[Job]
    wanted: list[Wanted]
    people: int
    reached: int
    uncertain: int
    distances: list[Distance]

    @property
    def named(self) -> list[Distance]:
        """Those who are named."""
        return self.distances[:MOST_NAMED]

    @property
    def is_cut(self) -> bool:
        """Whether more people have a gap than are named."""
        return len(self.distances) > MOST_NAMED


@dataclass(frozen=True)
class FamilyLine:
    """A family in the list: its jobs, and its people whom the reader sees."""

    family: str
    jobs: int
    people: int
    with_profile: int


def jobs_described() -> QuerySet[Any]:
    """All jobs, with how many competencies each asks for today (`asked`) and in 24 months (`later`)."""
    return Job.objects.annotate(
        asked=Count("profile", filter=Q(profile__level_today__isnull=False)),
        later=Count("profile", filter=Q(profile__level_in_24_months__isnull=False)),
    )


def families(user: Principal) -> list[FamilyLine]:
    """All families of jobs that people hold whom this reader sees; three queries."""
    people = dict(people_with_skills(user).order_by().values_list("job__family").annotate(Count("pk")))
    jobs = Counter(Job.objects.exclude(family="").values_list("family", flat=True))
    planned = Job.objects.filter(profile__level_in_24_months__isnull=False).distinct().values_list("family", flat=True)
    profiled = Counter(planned)
    return [FamilyLine(name, jobs[name], people.get(name, 0), profiled[name]) for name in sorted(jobs) if name]


def strategy_of(family: str, user: Principal) -> Strategy | None:
    """A family with those of its people whom this reader sees; None where no job is in it. Five queries, however many people."""
    jobs = list(Job.objects.of_family(family).order_by("level", "name"))
    if not jobs:
        return None
    people = people_with_skills(user).filter(job__in=jobs)
    later = demands_of([job.pk for job in jobs], ProfileDay.IN_24_MONTHS)
    fits = _fits(people, later)
    return Strategy(
        family=family,
        jobs=jobs,
        wanted=_wanted(jobs, later, fits.values()),
        people=len(fits),
        reached=sum(fit.is_certain and fit.low == 1 for fit in fits.values()),
        uncertain=sum(not fit.is_certain for fit in fits.values()),
        distances=_distances(fits),
    )


def _fits(people: QuerySet[Employee], demands: Mapping[int, list[Demand]]) -> dict[int, Fit]:
    levels = levels_that_count(people.values("pk"))
    rows = people.order_by("pk").values_list("pk", "job")
    fits = {pk: fit_of(demands.get(job or 0, []), plain(levels.get(pk, {}))) for pk, job in rows}
    return {pk: fit for pk, fit in fits.items() if fit}


def _wanted(jobs: Sequence[Job], later: Mapping[int, list[Demand]], fits: Iterable[Fit]) -> list[Wanted]:
    today = _levels(demands_of([job.pk for job in jobs], ProfileDay.TODAY))
    wanted = _levels(later)
    lines: dict[int, list[FitLine]] = defaultdict(list)
    for fit in fits:
        for line in fit.lines:
            lines[line.demand.competency_id].append(line)
    rows = [
        _line(row, today.get(row.pk, ()), wanted[row.pk], lines[row.pk]) for row in competencies_of(wanted).values()
    ]
    return sorted(rows, key=lambda row: (row.share is None, row.share or 0, row.competency.name))


def _levels(demands: Mapping[int, list[Demand]]) -> dict[int, tuple[int, ...]]:
    """The different levels asked for, by competency."""
    found: dict[int, set[int]] = defaultdict(set)
    for asked in demands.values():
        for demand in asked:
            found[demand.competency_id].add(demand.required)
    return {competency: tuple(sorted(levels)) for competency, levels in found.items()}


def _line(competency: Competency, today: tuple[int, ...], later: tuple[int, ...], lines: Sequence[FitLine]) -> Wanted:
    gaps = [line.gap for line in lines if line.gap is not None]
    return Wanted(
        competency,
        today,
        later,
        people=len(lines),
        there=sum(gap == 0 for gap in gaps),
        one_below=sum(gap == 1 for gap in gaps),
        further=sum(gap > 1 for gap in gaps),
        unknown=len(lines) - len(gaps),
    )


def _distances(fits: Mapping[int, Fit]) -> list[Distance]:
    """Those with a known gap, the furthest first: by what is certain, not by what nobody assessed."""
    behind = sorted((fit.high, fit.low, pk) for pk, fit in fits.items() if fit.high < 1)[: MOST_NAMED + 1]
    people = Employee.objects.select_related("job", "org_unit").in_bulk([pk for *_, pk in behind])
    names = competencies_of(line.demand.competency_id for *_, pk in behind for line in fits[pk].lines)
    return [Distance(people[pk], fits[pk], _known_gaps(fits[pk], names)) for *_, pk in behind]


def _known_gaps(fit: Fit, names: Mapping[int, Competency]) -> list[KnownGap]:
    """The costliest first."""
    lines = sorted((line for line in fit.lines if line.gap), key=lambda line: -(line.lost or 0))
    return [KnownGap(names[line.demand.competency_id], line.have or 0, line.demand.required) for line in lines]
