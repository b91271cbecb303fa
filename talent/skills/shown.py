"""The skills of one person as pages show them: a line for each competency, the newest of each source, which of them
counts, what the job asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from hrportal.people.models import Competency, Employee, RoleProfileEntry
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from talent.freshness import Freshness
from talent.models import SkillAssessment
from talent.rules.skills import assessing_kinds, takes_back
from talent.skills.counting import Counting, best_of, counting_of


@dataclass(frozen=True)
class Assessed:
    """One assessment with the way back to where it came from; one of a competency's `counts`."""

    skill: SkillAssessment
    counting: Counting
    lineage_url: str
    counts: bool = False
    may_withdraw: bool = False

    @property
    def freshness(self) -> Freshness:
        return self.counting.freshness


@dataclass(frozen=True)
class SkillLine:
    """One competency: who found which level, which of these counts, and what the person's job asks for."""

    competency: Competency
    assessed: list[Assessed]
    asked_today: int | None
    asked_later: int | None
    importance: int | None = None

    @property
    def counting(self) -> Counting | None:
        """The level that counts; None where nobody assessed it."""
        return best_of(row.counting for row in self.assessed)

    @property
    def missing(self) -> int:
        """How many levels there are to go today, as far as that is known."""
        return max(0, (self.asked_today or 0) - self.counting.level) if self.counting else 0


def skills_of(employee: Employee, user: Principal, *, with_asked: bool = False) -> list[SkillLine]:
    """What this reader sees of a person's skills, by competency; four queries, however many there are.

    `with_asked` adds what the job asks for and nobody assessed.
    """
    found = SkillAssessment.objects.current_for(user).filter(profile__employee=employee)
    related = found.select_related("competency", "assessed_by", "profile__employee__org_unit")
    skills = list(related.order_by("competency__name", "kind"))
    if not skills and not with_asked:
        return []
    links, asked = _links(skills), _asked(employee)
    kinds = assessing_kinds(user, employee) if with_asked else []
    lines: dict[int, list[Assessed]] = {}
    for skill in skills:
        row = _assessed(skill, links.get(skill.pk, ""), may_withdraw=takes_back(user, skill, kinds))
        lines.setdefault(skill.competency_id, []).append(row)
    shown = [_line(rows[0].skill.competency, rows, asked.get(pk)) for pk, rows in lines.items()]
    if with_asked:
        shown += [_line(entry.competency, [], entry) for pk, entry in asked.items() if pk not in lines]
    return sorted(shown, key=lambda line: (line.competency.name, line.competency.pk))


def _assessed(skill: SkillAssessment, link: str, *, may_withdraw: bool) -> Assessed:
    counting = counting_of(skill.level, skill.kind, skill.assessed_on, skill.good_until, timezone.localdate())
    return Assessed(skill, counting, link, may_withdraw=may_withdraw)


def _line(competency: Competency, rows: list[Assessed], entry: RoleProfileEntry | None) -> SkillLine:
    best = best_of(row.counting for row in rows)
    return SkillLine(
        competency=competency,
        assessed=[_marked(row, best) for row in rows],
        asked_today=entry.level_today if entry else None,
        asked_later=entry.level_in_24_months if entry else None,
        importance=entry.importance if entry else None,
    )


def _marked(row: Assessed, best: Counting | None) -> Assessed:
    return Assessed(row.skill, row.counting, row.lineage_url, row.counting is best, row.may_withdraw)


def _asked(employee: Employee) -> dict[int, RoleProfileEntry]:
    if not employee.job_id:
        return {}
    entries = RoleProfileEntry.objects.filter(job=employee.job_id, competency__is_active=True)
    return {entry.competency_id: entry for entry in entries.select_related("competency")}


def _links(skills: Iterable[SkillAssessment]) -> dict[int, str]:
    links: dict[int, str] = {}
    for shown in collect("talent.skill_lineage", skills=skills):
        links |= shown
    return links
