"""Who may say which level somebody has, keep the library of competencies, and plan the skills the organisation needs."""

from collections.abc import Collection
from typing import Any

import rules

from hrportal.common.paths import ids_of, is_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal, Viewer
from talent.enums import SkillSource
from talent.models import Certificate, GapAnalysis, HeadcountForecast, SkillAssessment, SkillAssessor
from talent.models.headcount import units_of

WORK_ON_SKILLS = "talent:write"
BY_HAND = frozenset({SkillSource.SELF, SkillSource.MANAGER, SkillSource.ASSESSOR})


def assessing_kinds(user: Principal, employee: Employee, competency_id: int | None = None) -> list[str]:
    """As whom this user may assess a person, the nearest first: as the person, their manager, an assessor.

    With a competency the answer is about that one; without, about any.
    """
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_SKILLS):
        return []
    if viewer.is_client:
        return [SkillSource.ASSESSOR] if viewer.is_client_for(employee) else []
    if employee.pk == viewer.employee_id:
        return [SkillSource.SELF]
    kinds: list[str] = [SkillSource.MANAGER] if is_below(employee.path, viewer.path) else []
    if viewer.looks_after(employee) or _is_named_for(viewer, employee, competency_id):
        kinds.append(SkillSource.ASSESSOR)
    return kinds


def _is_named_for(viewer: Viewer, employee: Employee, competency_id: int | None) -> bool:
    """Whether HR named this viewer for people like this one."""
    if not viewer.employee_id:
        return False
    named = SkillAssessor.objects.in_force().filter(assessor=viewer.employee_id).select_related("org_unit")
    return any(
        row.covers(employee) and (competency_id is None or row.competency_id in {None, competency_id}) for row in named
    )


def works_with_skills_of(user: Principal, employee: Employee) -> bool:
    """Somebody above this person, or HR for them, or a client: those who verify what people bring."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_SKILLS):
        return False
    return viewer.is_client_for(employee) or is_below(employee.path, viewer.path) or viewer.looks_after(employee)


def _is_own(user: Principal, employee_id: int) -> bool:
    viewer = user.viewer
    return viewer.may_use(WORK_ON_SKILLS) and viewer.employee_id == employee_id


def takes_back(user: Principal, skill: SkillAssessment, kinds: Collection[str]) -> bool:
    """The same where it is known already as whom the user may assess this person."""
    viewer = user.viewer
    said_it = skill.assessed_by_id is not None and skill.assessed_by_id == viewer.employee_id
    return skill.kind in BY_HAND and viewer.may_use(WORK_ON_SKILLS) and (said_it or skill.kind in kinds)


@rules.predicate
def may_assess(user: Principal, employee: Employee) -> bool:
    return bool(assessing_kinds(user, employee))


@rules.predicate
def reads_skills(user: Principal, employee: Employee) -> bool:
    """The sentence of `talent.skills.people.readable` about one person."""
    viewer = user.viewer
    if employee.pk == viewer.employee_id or not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
        return False
    if viewer.is_client_for(employee) or is_below(employee.path, viewer.path) or viewer.looks_after(employee):
        return True
    unit = employee.org_unit
    in_part = bool(unit and viewer.executive_units and unit.path.startswith(viewer.executive_units))
    return viewer.has(Role.EXECUTIVE) and in_part and employee.pk not in ids_of(viewer.path)


@rules.predicate
def may_take_back(user: Principal, skill: SkillAssessment) -> bool:
    """Whoever said it, or who could say the same of this person; what a review or a certificate said goes with those."""
    return takes_back(user, skill, assessing_kinds(user, skill.profile.employee, skill.competency_id))


@rules.predicate
def may_bring_certificate(user: Principal, employee: Employee) -> bool:
    return _is_own(user, employee.pk) or works_with_skills_of(user, employee)


@rules.predicate
def verifies(user: Principal, certificate: Certificate) -> bool:
    return works_with_skills_of(user, certificate.profile.employee)


@rules.predicate
def is_own_certificate(user: Principal, certificate: Certificate) -> bool:
    return _is_own(user, certificate.profile.employee_id)


@rules.predicate
def keeps_library(user: Principal, _row: Any = None) -> bool:
    """The library and the role profiles belong to the whole company: an HR leader, or a client that may write talent."""
    viewer = user.viewer
    return viewer.may_use(WORK_ON_SKILLS) and viewer.is_over_all


@rules.predicate
def plans_headcount(user: Principal, forecast: HeadcountForecast | None = None) -> bool:
    """HR for the unit; what is for the whole company is an HR leader's."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_SKILLS):
        return False
    if viewer.is_over_all:
        return True
    if forecast is None:
        return viewer.is_client or viewer.is_hr
    unit = forecast.org_unit
    return bool(unit and unit.path.startswith(viewer.given_units))


@rules.predicate
def names_assessors(user: Principal, named: SkillAssessor | None = None) -> bool:
    """HR for the unit in which somebody is to assess; nobody names themselves."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_SKILLS):
        return False
    if named is not None and named.assessor_id == viewer.employee_id and viewer.employee_id:
        return False
    if viewer.is_over_all:
        return True
    names_some = viewer.is_client or viewer.is_hr
    return names_some and (named is None or named.org_unit.path.startswith(viewer.given_units))


@rules.predicate
def analyses(user: Principal, analysis: GapAnalysis | None = None) -> bool:
    """HR and executives, about what they answer for."""
    viewer = user.viewer
    if not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
        return False
    if viewer.is_over_all:
        return True
    if not (viewer.is_client or viewer.has(Role.HRBP, Role.EXECUTIVE)):
        return False
    unit = analysis.org_unit if analysis else None
    return unit is None or unit.path.startswith(units_of(viewer))


rules.add_perm("talent.read_skills", reads_skills)
rules.add_perm("talent.assess_skill", may_assess)
rules.add_perm("talent.withdraw_skill", may_take_back)
rules.add_perm("talent.add_certificate", may_bring_certificate)
rules.add_perm("talent.verify_certificate", verifies)
rules.add_perm("talent.withdraw_certificate", verifies | is_own_certificate)
for verb in ("add_competency", "edit_competency", "archive_competency", "restore_competency", "edit_role_profile"):
    rules.add_perm(f"talent.{verb}", keeps_library)
for verb in ("add_forecast", "edit_forecast", "remove_forecast", "import_forecasts"):
    rules.add_perm(f"talent.{verb}", plans_headcount)
for verb in ("name_assessor", "end_assessor"):
    rules.add_perm(f"talent.{verb}", names_assessors)
rules.add_perm("talent.start_gap_analysis", analyses)
