"""Skills as lists to take away, with the rights of whoever takes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind, named_in
from hrportal.people.lists import person_columns
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.filters.skills import CertificateFilter, ForecastFilter, TeamFilter
from talent.models import Certificate, GapAnalysis, HeadcountForecast, SkillAssessor
from talent.skills.people import SkillPeople, people_with_skills
from talent.skills.report import AnalysisLine, AnalysisReport
from talent.skills.shown import Assessed, SkillLine, skills_of
from talent.skills.team import MapLines, day_asked

READERS = frozenset({Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE, Role.INTEGRATION})
ANSWERABLE = READERS - {Role.MANAGER}


def _map_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda row: row.employee.org_unit),
        Column(_("Job"), lambda row: row.employee.job),
        Column(_("Competency"), lambda row: row.competency),
        Column(_("The job asks for"), lambda row: row.line.demand.required),
        Column(_("Importance"), lambda row: row.line.demand.importance),
        Column(_("Level that counts"), lambda row: row.line.have),
        Column(_("Assessed by"), lambda row: row.counting.label if row.counting else _("Not assessed")),
        Column(_("Assessed on"), lambda row: row.counting.assessed_on if row.counting else None),
        Column(_("Gap"), lambda row: row.line.gap),
    ]


def _map_rows(user: Principal, query: QueryDict) -> MapLines:
    return MapLines(filtered(TeamFilter, query, people_with_skills(user), user), day_asked(query))


@dataclass(frozen=True)
class LevelLine:
    """One level somebody was found to have, or a competency their job asks for and nobody assessed."""

    employee: Employee
    line: SkillLine
    assessed: Assessed | None

    def of_skill(self, name: str) -> Any:
        return getattr(self.assessed.skill, name) if self.assessed else None

    @property
    def source(self) -> str:
        return self.assessed.skill.get_kind_display() if self.assessed else gettext("Not assessed")

    @property
    def counts(self) -> str | None:
        """Whether this level is the one that counts, in a word."""
        if self.assessed is None:
            return None
        return gettext("yes") if self.assessed.counts else gettext("no")


def _level_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Competency"), lambda row: row.line.competency),
        Column(_("Level"), lambda row: row.of_skill("level")),
        Column(_("Assessed by"), lambda row: row.source),
        Column(_("Name of who assessed"), lambda row: row.of_skill("assessed_by")),
        Column(_("Assessed on"), lambda row: row.of_skill("assessed_on")),
        Column(_("Good until"), lambda row: row.of_skill("good_until")),
        Column(_("Counts"), lambda row: row.counts),
        Column(_("Shared"), lambda row: row.of_skill("shared_at")),
        Column(_("Note"), lambda row: row.of_skill("note")),
        Column(_("The job asks for"), lambda row: row.line.asked_today),
        Column(_("In 24 months"), lambda row: row.line.asked_later),
    ]


def _levels(user: Principal, query: QueryDict) -> list[LevelLine]:
    """Of the person in the query (`person`), or one's own, as far as they are shared."""
    people = SkillPeople(Employee.objects.select_related("job", "org_unit"), and_self=True)
    employee = named_in(query, "person", people.visible_to(user))
    lines = skills_of(employee, user, with_asked=True) if employee else []
    return [LevelLine(employee, line, row) for line in lines for row in _said_of(line)]


def _said_of(line: SkillLine) -> Sequence[Assessed | None]:
    return line.assessed or [None]


def _certificate_columns() -> Sequence[Column]:
    return [
        Column(_("Employee number"), lambda row: row.profile.employee.employee_number),
        Column(_("Name"), lambda row: row.profile.employee.name),
        Column(_("Certificate"), lambda row: row.name),
        Column(_("Issued by"), lambda row: row.issuer),
        Column(_("Issued on"), lambda row: row.issued_on),
        Column(_("Expires on"), lambda row: row.expires_on),
        Column(_("Competency"), lambda row: row.competency),
        Column(_("Level"), lambda row: row.level),
        Column(_("Verified"), lambda row: row.verified_at),
    ]


def _certificate_rows(user: Principal, query: QueryDict) -> Any:
    seen = Certificate.objects.visible_to(user).standing().with_names()
    others = seen.exclude(profile__employee=user.viewer.employee_id or 0)
    return filtered(CertificateFilter, query, others, user)


def _forecast_columns() -> Sequence[Column]:
    """As the import takes them."""
    return [
        Column("job", lambda row: row.job.code),
        Column("unit", lambda row: row.org_unit.code if row.org_unit else None),
        Column("day", lambda row: row.on),
        Column("number", lambda row: row.number),
        Column("note", lambda row: row.note),
    ]


def _forecast_rows(user: Principal, query: QueryDict) -> Any:
    return filtered(ForecastFilter, query, HeadcountForecast.objects.visible_to(user).with_names(), user)


def _analysis_columns() -> Sequence[Column]:
    return [
        Column(_("Part of the organisation"), lambda row: row.part),
        Column(_("Competency"), lambda row: row.competency),
        Column(_("At least level"), lambda row: row.level),
        Column(_("Seats that ask for it"), lambda row: row.need),
        Column(_("People at it"), lambda row: row.have),
        Column(_("Not assessed"), lambda row: row.unknown),
        Column(_("Missing at least"), lambda row: row.low),
        Column(_("Missing at most"), lambda row: row.high),
    ]


def _analysis_rows(user: Principal, query: QueryDict) -> list[AnalysisLine]:
    number = query.get("analysis", "")
    seen = GapAnalysis.objects.visible_to(user).computed()
    analysis = seen.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
    return list(AnalysisReport(analysis).lines()) if analysis else []


def _assessor_columns() -> Sequence[Column]:
    return [
        *person_columns("assessor"),
        Column(_("Unit"), lambda row: row.org_unit),
        Column(_("Competency"), lambda row: row.competency or gettext("Any")),
        Column(_("Named"), lambda row: row.named_at),
        Column(_("Named by"), lambda row: row.named_by),
    ]


def _assessors(user: Principal, query: QueryDict) -> QuerySet[SkillAssessor]:
    return SkillAssessor.objects.visible_to(user).filter(ended_at=None).with_names()


SKILL_MAP = list_kind(ListKind("talent.skill_map", _("Skills of people"), _map_columns, _map_rows, READERS))
LEVELS = list_kind(
    ListKind("talent.person_skills", _("Skills of a person"), _level_columns, _levels, READERS | {Role.EMPLOYEE})
)
CERTIFICATES = list_kind(
    ListKind("talent.certificates", _("Certificates"), _certificate_columns, _certificate_rows, READERS)
)
ASSESSORS = list_kind(
    ListKind("talent.assessors", _("Assessors"), _assessor_columns, _assessors, HR_ROLES | {Role.INTEGRATION})
)
FORECASTS = list_kind(
    ListKind("talent.forecasts", _("Headcount forecasts"), _forecast_columns, _forecast_rows, ANSWERABLE)
)
GAPS = list_kind(
    ListKind("talent.gap_analysis", _("Skill gaps of the organisation"), _analysis_columns, _analysis_rows, ANSWERABLE)
)
