"""Each successor beside the role: what it asks for and they have, how long the way is, and a score that shows its parts.

Everything is read with the reader's rights: what somebody may not see is unknown to them, and so is what rests on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from talent.enums import ItemState, OpenTopic
from talent.models import (
    HeldExperience,
    NinetyDayPlan,
    PlanItem,
    RoleExperience,
    SuccessionPlan,
    Successor,
    TalentProfile,
)
from talent.models.sight import others_talent
from talent.potential.levels import KnownPerformance, KnownPotential, performance_of, potential_of
from talent.scores.bench import BenchScore, Chance, bench_score
from talent.scores.fit import Fit, FitLine, fit_of
from talent.scores.readiness import Gap, Part, Score, Suggestion, Way, score_of, suggested, turns, way_of
from talent.skills.counting import Counting, levels_that_count, plain
from talent.skills.demands import demands_of
from talent.succession.chances import Known, Willing, counting, known_of_plans

PART_WORDS: dict[str, Promise | str] = {
    "fit": _("What the role asks for"),
    "performance": _("Performance"),
    "potential": _("Potential"),
    "experience": _("Experience"),
}
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class Line:
    """One competency the role asks for beside the level that counts for one person; None where nobody assessed it."""

    competency: Competency
    fit: FitLine
    counting: Counting | None
    in_plan: bool


@dataclass(frozen=True)
class Held:
    """One experience the role asks for; None where nobody looked."""

    name: str
    pk: int
    held: HeldExperience | None

    @property
    def is_held(self) -> bool | None:
        return self.held.is_held if self.held else None


@dataclass(frozen=True)
class Assessed:
    """One successor as a reader sees them beside the role. `score` puts in an order and decides nothing."""

    successor: Successor
    fit: Fit | None
    lines: list[Line]
    experiences: list[Held]
    performance: KnownPerformance | None
    potential: KnownPotential | None
    willing: Willing
    chance: Chance

    @property
    def employee(self) -> Employee:
        return self.successor.employee

    @cached_property
    def missing(self) -> tuple[int, int]:
        """How many experiences are missing, at the least and at the most."""
        lacking = sum(each.is_held is False for each in self.experiences)
        return lacking, lacking + sum(each.is_held is None for each in self.experiences)

    @property
    def lost(self) -> int:
        """What known gaps take away: importance times levels missing, together."""
        return sum(line.fit.lost or 0 for line in self.lines)

    @property
    def unassessed(self) -> int:
        """What the competencies nobody assessed weigh: importance times level asked, together."""
        return sum(line.fit.demand.weight for line in self.lines if line.fit.have is None)

    @cached_property
    def lanes(self) -> list[list[tuple[Competency, int]]]:
        """The longest way's gaps as they run beside each other: competency and months."""
        names = {line.competency.pk: line.competency for line in self.lines}
        return [[(names[pk], months) for pk, months in lane] for lane in self.way.lanes] if self.way else []

    @cached_property
    def way(self) -> Way | None:
        """The way to the role in months; None where the role asks for nothing that could be missing."""
        if not (self.fit or self.experiences):
            return None
        return way_of([_gap(line) for line in self.fit.lines] if self.fit else [], self.missing)

    @cached_property
    def suggestion(self) -> Suggestion | None:
        """The band the data speak for."""
        if self.way is None:
            return None
        lines = self.fit.lines if self.fit else ()
        may_be = any(line.have is None and _could_be_critical(line) for line in lines)
        certain = any(line.is_critical for line in lines)
        return suggested(self.way, is_critical_for_certain=certain, may_be_critical=may_be)

    @property
    def speaks_against(self) -> bool:
        """Whether the person who assessed the readiness says otherwise than the data allow."""
        return bool(self.suggestion and self.suggestion.speaks_against(self.successor.readiness))

    @cached_property
    def score(self) -> Score:
        return score_of(
            {
                "fit": (self.fit.low, self.fit.high) if self.fit else None,
                "performance": _share(self.performance.level.value) if self.performance else None,
                "potential": _share(self.potential.value) if self.potential else None,
                "experience": self._experience(),
            }
        )

    def _experience(self) -> tuple[float, float]:
        """The share of what is asked that is held; all of it where nothing is asked."""
        asked = len(self.experiences)
        if not asked:
            return 1.0, 1.0
        least, most = self.missing
        return (asked - most) / asked, (asked - least) / asked

    @property
    def parts(self) -> list[tuple[Promise | str, Part]]:
        """The parts of the score with their names."""
        return [(PART_WORDS[part.name], part) for part in self.score.parts]


def _gap(line: FitLine) -> Gap:
    """Levels to go: what is known, or from none to all of it."""
    if line.gap is None:
        return Gap(line.demand.competency_id, 0, line.demand.required)
    return Gap(line.demand.competency_id, line.gap, line.gap)


def _could_be_critical(line: FitLine) -> bool:
    """Whether somebody with nothing of it had a critical gap."""
    fit = fit_of([line.demand], {line.demand.competency_id: 0})
    return bool(fit and fit.critical)


def _share(level: float) -> tuple[float, float]:
    """A level from 1 to 5 as a share from 0 to 1."""
    share = (level - LOWEST) / (HIGHEST - LOWEST)
    return share, share


@dataclass(frozen=True)
class BenchView:
    """A bench with all its successors assessed. `chances` of those who count make the strength."""

    plan: SuccessionPlan
    rows: list[Assessed]

    @cached_property
    def score(self) -> BenchScore:
        counted = {each.pk for each in counting(row.successor for row in self.rows)}
        return bench_score([row.chance for row in self.rows if row.successor.pk in counted])

    @property
    def exposure(self) -> float | None:
        return self.score.exposure(self.plan.criticality, self.plan.vacancy_risk)

    @cached_property
    def by_score(self) -> list[Assessed]:
        """In the order of the score's middle; it is an order to look at, no ranking that anybody made."""
        return sorted(self.rows, key=lambda row: (-row.score.middle, row.successor.pk))

    @cached_property
    def turning(self) -> list[tuple[Assessed, Assessed]]:
        """Neighbours in that order who change places when weights move by a quarter."""
        return [
            pair for pair in zip(self.by_score, self.by_score[1:], strict=False) if turns(pair[0].score, pair[1].score)
        ]

    @property
    def order_hangs_on_weights(self) -> bool:
        return bool(self.turning)

    @cached_property
    def furthest(self) -> Assessed | None:
        """Who has the longest way, by the middle of the interval; None where no way is known."""
        known = [row for row in self.rows if row.way and not row.employee.has_left]
        return max(known, key=lambda row: (_middle(row), -row.successor.pk), default=None)


def _middle(row: Assessed) -> float:
    return (row.way.low + row.way.high) / 2 if row.way else 0.0


def bench_view(plan: SuccessionPlan, user: Principal) -> BenchView:
    """The bench of one plan, read `with_bench`; as many queries for one successor as for ten."""
    people = [successor.employee_id for successor in plan.bench]
    asked = _Asked.of(plan, people, user)
    known = known_of_plans([plan], user)
    return BenchView(plan, [asked.row(successor, known) for successor in plan.bench])


@dataclass(frozen=True)
class _Asked:
    """What the role asks for and what is known of its successors."""

    demands: list[Any]
    competencies: dict[int, Competency]
    levels: dict[int, dict[int, Counting]]
    planned: set[tuple[int, int | None]]
    experiences: list[tuple[int, str]]
    held: dict[tuple[int, int], HeldExperience]
    performances: dict[int, KnownPerformance]
    potentials: dict[int, KnownPotential]

    @classmethod
    def of(cls, plan: SuccessionPlan, people: Sequence[int], user: Principal) -> "_Asked":
        today, job_id = timezone.localdate(), plan.position.job_id
        demands = demands_of([job_id]).get(job_id, []) if job_id else []
        experiences = RoleExperience.objects.filter(job=job_id).order_by("experience__name")
        held = HeldExperience.objects.visible_to(user).filter(employee__in=people)
        rated = TalentProfile.objects.visible_to(user).filter(employee__in=people).values_list("employee", flat=True)
        assessed = Employee.objects.filter(
            others_talent(user, OpenTopic.POTENTIAL, "potential:read", ""), pk__in=people
        )
        may_read_ratings = user.viewer.may_use("ratings:read")
        return cls(
            demands,
            Competency.objects.in_bulk([demand.competency_id for demand in demands]),
            levels_that_count(people, user),
            planned_for(people, user),
            list(experiences.values_list("experience", "experience__name")) if job_id else [],
            {(row.employee_id, row.experience_id): row for row in held},
            performance_of(list(rated), today) if may_read_ratings else {},
            potential_of(list(assessed.values_list("pk", flat=True)), today, user),
        )

    def row(self, successor: Successor, known: Known) -> Assessed:
        plan, person = successor.plan, successor.employee_id
        levels = self.levels.get(person, {})
        fit = fit_of(self.demands, plain(levels))
        incumbent = plan.incumbent
        return Assessed(
            successor,
            fit,
            [self._line(line, levels, person) for line in fit.lines] if fit else [],
            [Held(name, pk, self.held.get((person, pk))) for pk, name in self.experiences],
            self.performances.get(person),
            self.potentials.get(person),
            known.willing(person, plan.position.job_id, incumbent.pk if incumbent else None),
            known.chance(successor),
        )

    def _line(self, line: FitLine, levels: dict[int, Counting], person: int) -> Line:
        pk = line.demand.competency_id
        return Line(self.competencies[pk], line, levels.get(pk), (person, pk) in self.planned)


def held_by(successor: Successor, user: Principal) -> list[Held]:
    """The experiences the role asks for with what is known of one successor; two queries."""
    job_id = successor.plan.position.job_id
    if job_id is None:
        return []
    found = HeldExperience.objects.visible_to(user).filter(employee=successor.employee_id)
    held = {row.experience_id: row for row in found}
    asked = RoleExperience.objects.filter(job=job_id).order_by("experience__name")
    return [Held(name, pk, held.get(pk)) for pk, name in asked.values_list("experience", "experience__name")]


def planned_for(people: Sequence[int], user: Principal) -> set[tuple[int, int | None]]:
    """Who works on which competency, as far as this reader may see their plans."""
    items = PlanItem.objects.visible_to(user).filter(plan__employee__in=people, state=ItemState.OPEN)
    return set(items.exclude(competency=None).values_list("plan__employee", "competency"))


@dataclass(frozen=True)
class NinetyDays:
    """Ninety days of one successor with what became of them."""

    plan: NinetyDayPlan
    items: list[PlanItem]

    @property
    def is_shared(self) -> bool:
        return any(item.shared_at for item in self.items)

    @property
    def actions(self) -> list[Any]:
        return [action for item in self.items for action in item.actions.all()]

    @property
    def done(self) -> int:
        return sum(action.done_at is not None for action in self.actions)


def ninety_days_of(plan: SuccessionPlan, user: Principal) -> list[NinetyDays]:
    """The ninety days begun for a bench, newest first, with the items this reader may see; three queries."""
    found = NinetyDayPlan.objects.visible_to(user).filter(successor__plan=plan)
    plans = list(found.select_related("successor__employee", "owner"))
    if not plans:
        return []
    people = {each.successor.employee_id for each in plans}
    items = PlanItem.objects.visible_to(user).filter(plan__employee__in=people, source__startswith="talent.plan:")
    by_stem: dict[str, list[PlanItem]] = {}
    for item in items.prefetch_related("actions__owner").select_related("plan"):
        by_stem.setdefault(item.source.rsplit(":", 1)[0] + ":", []).append(item)
    return [NinetyDays(each, by_stem.get(each.source_stem, [])) for each in plans]
