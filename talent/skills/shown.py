"""The skills of one person as pages show them: a line for each competency, the newest of each source, what the job asks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hrportal.people.models import Competency, Employee, RoleProfileEntry
from hrportal.people.slots import collect
from talent.freshness import SKILL_BUDGET, Freshness, freshness
from talent.models import SkillAssessment


@dataclass(frozen=True)
class Assessed:
    """One assessment with the way back to where it came from."""

    skill: SkillAssessment
    freshness: Freshness
    lineage_url: str


@dataclass(frozen=True)
class SkillLine:
    """One competency: who found which level, and what the person's job asks for."""

    competency: Competency
    assessed: list[Assessed]
    asked_today: int | None
    asked_later: int | None

    @property
    def newest(self) -> Assessed:
        return max(self.assessed, key=lambda row: row.skill.assessed_on)

    @property
    def missing(self) -> int:
        """How many levels there are to go today."""
        return max(0, (self.asked_today or 0) - self.newest.skill.level)


def skills_of(employee: Employee, user: Any) -> list[SkillLine]:
    """What this reader sees of a person's skills, by competency; four queries, however many there are."""
    found = SkillAssessment.objects.current_for(user).filter(profile__employee=employee)
    skills = list(found.select_related("competency").order_by("competency__name", "kind"))
    if not skills:
        return []
    links, asked = _links(skills), _asked(employee)
    lines: dict[int, list[Assessed]] = {}
    for skill in skills:
        fresh = freshness(skill.assessed_on, SKILL_BUDGET, timezone.localdate())
        lines.setdefault(skill.competency_id, []).append(Assessed(skill, fresh, links.get(skill.pk, "")))
    return [_line(rows, asked.get(competency_id)) for competency_id, rows in lines.items()]


def _line(rows: list[Assessed], entry: RoleProfileEntry | None) -> SkillLine:
    return SkillLine(
        competency=rows[0].skill.competency,
        assessed=rows,
        asked_today=entry.level_today if entry else None,
        asked_later=entry.level_in_24_months if entry else None,
    )


def _asked(employee: Employee) -> dict[int, RoleProfileEntry]:
    entries = RoleProfileEntry.objects.filter(job=employee.job_id) if employee.job_id else ()
    return {entry.competency_id: entry for entry in entries}


def _links(skills: Iterable[SkillAssessment]) -> dict[int, str]:
    links: dict[int, str] = {}
    for shown in collect("talent.skill_lineage", skills=skills):
        links |= shown
    return links
