"""What is announced of the skills inventory."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from hrportal.people.models import Competency
from talent.models import (
    Certificate,
    GapAnalysis,
    HeadcountForecast,
    RoleProfileRevision,
    SkillAssessment,
    SkillAssessor,
)


def skills_recorded(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """Levels entered the inventory; one fact for all that one source found in a person."""
    return record_many("talent.skills_recorded", _by_source(skills), by=by)


def skills_shared(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """From now on the person sees what a source found."""
    return record_many("talent.skills_shared", _by_source(skills), by=by)


def skills_replaced(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """What a source found no longer counts: it was corrected or taken back."""
    return record_many("talent.skills_replaced", _by_source(skills), by=by)


def _by_source(skills: Sequence[SkillAssessment]) -> list[Entry]:
    found = {(skill.source, skill.source_version): skill.profile for skill in skills}
    return [
        Entry(profile, profile.employee_id, version=version, data={"source": source})
        for (source, version), profile in found.items()
    ]


def certificate_added(certificate: Certificate, *, by: Actor | None) -> Fact:
    return _about_certificate("talent.certificate_added", certificate, by=by)


def certificate_verified(certificate: Certificate, *, by: Actor | None) -> Fact:
    return _about_certificate("talent.certificate_verified", certificate, by=by)


def certificate_withdrawn(certificate: Certificate, *, by: Actor | None) -> Fact:
    return _about_certificate("talent.certificate_withdrawn", certificate, by=by)


def assessor_named(assessor: SkillAssessor, *, by: Actor | None) -> Fact:
    """Somebody was named to assess; it is about them as one who examines, not as one who is examined."""
    return record("talent.assessor_named", assessor, by=by, person_id=assessor.assessor_id)


def assessor_ended(assessor: SkillAssessor, *, by: Actor | None) -> Fact:
    return record("talent.assessor_ended", assessor, by=by, person_id=assessor.assessor_id)


def competency_changed(verb: str, competency: Competency, *, by: Actor | None) -> Fact:
    """A competency was `added`, `edited`, `archived` or `restored`."""
    return record(f"talent.competency_{verb}", competency, by=by)


def role_profile_edited(revision: RoleProfileRevision, *, by: Actor | None) -> Fact:
    """What a job asks for was written anew; the revision holds what it asks for from here on."""
    return record(
        "talent.role_profile_edited", revision.job, by=by, version=revision.version, data={"revision": revision.pk}
    )


def forecasts_changed(verb: str, forecasts: Sequence[HeadcountForecast], *, by: Actor | None) -> list[Fact]:
    """Forecasts were `added`, `edited` or `removed`."""
    entries = [Entry(row, data={"job": row.job_id, "org_unit": row.org_unit_id}) for row in forecasts]
    return record_many(f"talent.forecast_{verb}", entries, by=by)


def gap_analysis_started(analysis: GapAnalysis, *, by: Actor | None) -> Fact:
    return record("talent.gap_analysis_started", analysis, by=by)


def gap_analysis_computed(analysis: GapAnalysis, *, by: Actor | None) -> Fact:
    return record("talent.gap_analysis_computed", analysis, by=by)


def _about_certificate(topic: str, certificate: Certificate, *, by: Actor | None) -> Fact:
    return record(topic, certificate, by=by, person_id=certificate.profile.employee_id)
