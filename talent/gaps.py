"""What a role asks for, beside what each successor's present job asks for. Nobody's level is guessed: a level that was
never assessed is unknown, and what is compared are the two jobs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hrportal.people.models import Competency, Employee, Job, RoleProfileEntry
from talent.enums import ItemState
from talent.models import PlanItem


@dataclass(frozen=True)
class Step:
    """One competency for one person: what their job asks for today, and whether their plan works on it."""

    asked_now: int | None
    in_plan: bool
    required: int | None

    @property
    def levels_to_go(self) -> int | None:
        """How many levels the role asks for beyond the present job; None where one of the two says nothing."""
        if self.asked_now is None or self.required is None:
            return None
        return max(0, self.required - self.asked_now)


@dataclass(frozen=True)
class Requirement:
    """One line of the role's profile with a step for each person, in the order they were asked about."""

    competency: Competency
    level_today: int | None
    level_in_24_months: int | None
    steps: list[Step]


def requirements_of(job: Job | None, people: Sequence[Employee], user: Any) -> list[Requirement]:
    """The role's profile and how far each person's present job is from it; three queries whatever the number of people."""
    if job is None:
        return []
    jobs = {job.pk, *(person.job_id for person in people if person.job_id)}
    asked: dict[int | None, dict[int, RoleProfileEntry]] = defaultdict(dict)
    for entry in RoleProfileEntry.objects.filter(job__in=jobs).select_related("competency"):
        asked[entry.job_id][entry.competency_id] = entry
    planned = _planned(people, user)
    entries = sorted(asked[job.pk].values(), key=lambda entry: entry.competency.name)
    return [_requirement(entry, people, asked, planned) for entry in entries]


def _requirement(
    entry: RoleProfileEntry,
    people: Sequence[Employee],
    asked: dict[int | None, dict[int, RoleProfileEntry]],
    planned: set[tuple[int, int | None]],
) -> Requirement:
    steps = []
    for person in people:
        present = asked[person.job_id].get(entry.competency_id)
        in_plan = (person.pk, entry.competency_id) in planned
        steps.append(Step(present.level_today if present else None, in_plan, entry.level_today))
    return Requirement(entry.competency, entry.level_today, entry.level_in_24_months, steps)


def _planned(people: Sequence[Employee], user: Any) -> set[tuple[int, int | None]]:
    """Who works on what, as far as this user may see their plans."""
    items = PlanItem.objects.visible_to(user).filter(plan__employee__in=people, state=ItemState.OPEN)
    return set(items.exclude(competency=None).values_list("plan__employee", "competency"))
