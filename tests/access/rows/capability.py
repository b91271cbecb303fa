"""Rows of the lists of skills, of what jobs ask for, and of the strategy of job families."""

from typing import Any

from django.utils import timezone

from hrportal.people.models import User
from talent.actions.headcount import compute_gap_analysis
from talent.models import Certificate, GapAnalysis, HeadcountForecast, SkillAssessor
from talent.skills.organisation import measured
from tests.access.rows.kinds import Rows, named, somebody
from tests.factories.people import (
    CompetencyFactory,
    CompetencyLevelFactory,
    JobFactory,
    OrgUnitFactory,
    RoleProfileEntryFactory,
)
from tests.factories.rewards import profile_of
from tests.factories.talent import SkillAssessmentFactory

FAMILY = "Care"
TODAY = timezone.localdate()


def asked_of(job: Any) -> Any:
    """A job asks for something more, today and in 24 months."""
    return RoleProfileEntryFactory(job=job, level_today=4, level_in_24_months=5, importance=5)


def behind(_reader: User, _about: Any = None, **fields: Any) -> Any:
    """Somebody who is assessed below what their job asks for; the job is a new one of the family unless it is named."""
    entry = asked_of(fields.pop("job", None) or JobFactory(family=FAMILY))
    person = somebody(job=entry.job, **fields)
    SkillAssessmentFactory(profile__employee=person, competency=entry.competency, shared_at=timezone.now())
    return person


def level(_reader: User, person: Any) -> Any:
    """Somebody assessed somebody in one more thing that their job asks for."""
    entry, profile = asked_of(person.job), profile_of(person)
    return SkillAssessmentFactory(
        profile=profile, competency=entry.competency, kind="assessor", assessed_by=somebody(), note="Saw it"
    )


def library(_reader: User, _about: Any) -> Any:
    """A competency with a level described, that a job asks for."""
    entry = asked_of(JobFactory(family=FAMILY))
    return CompetencyLevelFactory(competency=entry.competency)


def certificate(reader: User, _about: Any) -> Certificate:
    person = behind(reader)
    return Certificate.objects.create(
        profile=person.talent_profile, name="Welding", issuer="Guild", issued_on=TODAY, competency=CompetencyFactory()
    )


def assessor(_reader: User, _about: Any) -> SkillAssessor:
    people = {"assessor": somebody(), "named_by": somebody()}
    return SkillAssessor.objects.create(org_unit=OrgUnitFactory(), competency=CompetencyFactory(), **people)


def forecast(_reader: User, _about: Any = None, **fields: Any) -> HeadcountForecast:
    asked = {"job": JobFactory(), "org_unit": OrgUnitFactory(), "on": TODAY, "number": 3}
    return HeadcountForecast.objects.create(**(asked | fields))


def analysis(reader: User) -> GapAnalysis:
    return GapAnalysis.objects.create(user=reader, until=TODAY)


def analysed(reader: User, analysis: GapAnalysis) -> None:
    """Somebody more who is behind, and everything counted anew."""
    person = behind(reader)
    forecast(reader, job=person.job, org_unit=person.org_unit)
    analysis.computed_at = None
    compute_gap_analysis(analysis, by=reader, measure=lambda row: measured(row, reader))


def of_family(_about: Any) -> str:
    return f"family={FAMILY}"


ROWS = {
    "talent.assessors": Rows(assessor),
    "talent.certificates": Rows(certificate),
    "talent.competencies": Rows(library),
    "talent.forecasts": Rows(forecast),
    "talent.gap_analysis": Rows(analysed, analysis, named("analysis")),
    "talent.person_skills": Rows(level, lambda _: somebody(), named("person")),
    "talent.role_profile_entries": Rows(lambda _, job: asked_of(job), lambda _: JobFactory(), named("job")),
    "talent.role_profiles": Rows(lambda *_: asked_of(JobFactory())),
    "talent.skill_map": Rows(behind),
    "talent.strategy": Rows(lambda reader, _: behind(reader, job=JobFactory(family=f"Family {JobFactory().pk}"))),
    "talent.strategy_distances": Rows(behind, query=of_family),
    "talent.strategy_wanted": Rows(behind, query=of_family),
}
