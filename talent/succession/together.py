"""All benches a reader may see, looked at together: how many roles distinct people could fill, and on whom that hangs."""

import datetime
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import F

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Readiness, SuccessorState
from talent.models import BenchStudy, SuccessionPlan, Successor
from talent.models.succession import WORKS_HERE
from talent.scores.bench import COVERING
from talent.scores.matching import Matching, matching_of
from talent.succession.chances import known_of_plans, score_of_bench

# Benches of which a study keeps each one's figures, most exposed first.
MOST_EXPOSED = 25


@dataclass(frozen=True)
class Slot:
    """One place on a bench that counts."""

    plan_id: int
    employee_id: int
    readiness: str


@dataclass(frozen=True)
class Together:
    """The benches of some roles. Who stands there with emergency cover only counts for no figure."""

    plan_ids: tuple[int, ...]
    slots: tuple[Slot, ...]

    def covered(self, bands: frozenset[str] = COVERING) -> int:
        """Roles with a successor of these bands."""
        return len({slot.plan_id for slot in self.slots if slot.readiness in bands})

    @cached_property
    def matching(self) -> Matching:
        """Roles to distinct people who would be ready within 24 months."""
        options: dict[Hashable, list[Hashable]] = {pk: [] for pk in self.plan_ids}
        for slot in self.slots:
            if slot.readiness in COVERING:
                options[slot.plan_id].append(slot.employee_id)
        return matching_of(options)

    @property
    def depth(self) -> float | None:
        """Successors for each role; None of no role."""
        return len(self.slots) / len(self.plan_ids) if self.plan_ids else None

    @property
    def overlap(self) -> float | None:
        """Places for each distinct person; None where there is nobody."""
        people = {slot.employee_id for slot in self.slots}
        return len(self.slots) / len(people) if people else None

    def most_named(self) -> list[tuple[int, int]]:
        """People on more than one bench: id and how many, most first."""
        counts = Counter(slot.employee_id for slot in self.slots)
        return [(pk, count) for pk, count in sorted(counts.items(), key=lambda it: (-it[1], it[0])) if count > 1]

    def figures(self) -> dict[str, Any]:
        """Ids and numbers, as a study keeps them."""
        return {
            "roles": len(self.plan_ids),
            "slots": len(self.slots),
            "people": len({slot.employee_id for slot in self.slots}),
            "covered": self.covered(),
            "ready_now": self.covered(frozenset({Readiness.READY_NOW.value})),
            "net": self.matching.size,
            "single_points": sorted(map(int, map(str, self.matching.single_points))),
            "most_named": self.most_named(),
        }

    def without(self, employee_id: int) -> "Together":
        """The same benches if somebody left them all."""
        return Together(self.plan_ids, tuple(slot for slot in self.slots if slot.employee_id != employee_id))


def together_of(user: Principal) -> Together:
    """Every active bench this reader may see; two queries, however many there are."""
    plans = SuccessionPlan.objects.visible_to(user).active().order_by("pk")
    ids = tuple(plans.values_list("pk", flat=True))
    rows = Successor.objects.filter(plan__in=plans.values("pk"), state=SuccessorState.APPROVED)
    rows = rows.filter(employee__status__in=WORKS_HERE).exclude(employee__position=F("plan__position"))
    rows = rows.exclude(readiness=Readiness.EMERGENCY).order_by("plan", "pk")
    return Together(ids, tuple(Slot(*row) for row in rows.values_list("plan", "employee", "readiness")))


def exposed(plans: Sequence[SuccessionPlan], user: Principal) -> list[list[Any]]:
    """Id, strength and exposure of each bench, most exposed first; those of which nobody judged the criticality come last."""
    known = known_of_plans(plans, user)
    found = []
    for plan in plans:
        score = score_of_bench(plan.bench, known)
        found.append([plan.pk, score.strength, score.exposure(plan.criticality, plan.vacancy_risk), score.unknown])
    return sorted(found, key=lambda row: (row[2] is None, -(row[2] or 0.0), row[0]))


@dataclass(frozen=True)
class Exposed:
    """One bench of a study, most exposed first."""

    plan: SuccessionPlan
    strength: float
    exposure: float | None
    unknown: int


@dataclass(frozen=True)
class StudyView:
    """A study as its reader may read it today; names of those they no longer see are left out with their line."""

    study: BenchStudy
    is_complete: bool
    people: dict[int, Employee]
    exposed: list[Exposed]

    @property
    def figures(self) -> dict[str, Any]:
        return self.study.figures

    @property
    def single_points(self) -> list[Employee]:
        return [self.people[pk] for pk in self.figures["single_points"] if pk in self.people]

    @property
    def most_named(self) -> list[tuple[Employee, int]]:
        return [(self.people[pk], count) for pk, count in self.figures["most_named"] if pk in self.people]

    @property
    def overlap(self) -> float | None:
        return self.figures["slots"] / self.figures["people"] if self.figures["people"] else None

    @property
    def depth(self) -> float | None:
        return self.figures["slots"] / self.figures["roles"] if self.figures["roles"] else None

    def share(self, name: str) -> int | None:
        """One of the counts of roles in per cent of all of them; None of none."""
        return round(100 * self.figures[name] / self.figures["roles"]) if self.figures["roles"] else None

    @property
    def covered_share(self) -> int | None:
        return self.share("covered")

    @property
    def ready_share(self) -> int | None:
        return self.share("ready_now")

    @property
    def net_share(self) -> int | None:
        return self.share("net")


def read_study(study: BenchStudy, user: Principal) -> StudyView:
    """A computed study with the rights of today. Where a bench of it is out of the reader's sight by now, so are the figures:
    `is_complete` is false and nothing of them is shown."""
    plan_ids = study.figures["plans"]
    seen = set(SuccessionPlan.objects.visible_to(user).values_list("pk", flat=True))
    if set(plan_ids) - seen:
        return StudyView(study, False, {}, [])
    wanted = {*study.figures["single_points"], *(pk for pk, _count in study.figures["most_named"])}
    people = Employee.objects.filter(successions__in=Successor.objects.visible_to(user).values("pk"), pk__in=wanted)
    rows = study.figures["exposed"]
    plans = {
        plan.pk: plan
        for plan in SuccessionPlan.objects.visible_to(user)
        .filter(pk__in=[row[0] for row in rows])
        .select_related("position__org_unit", "position__incumbent")
    }
    benches = [Exposed(plans[pk], *rest) for pk, *rest in rows if pk in plans]
    return StudyView(study, True, {each.pk: each for each in people.distinct()}, benches)


STAYS_CURRENT = datetime.timedelta(days=7)
