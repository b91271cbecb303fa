"""What is announced of the skills inventory."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record_many
from talent.models import SkillAssessment


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
