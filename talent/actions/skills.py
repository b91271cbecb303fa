"""What happens to the skills inventory. It is only ever added to: what counts follows from what was added."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hrportal.common.copying import write_rows
from hrportal.journal.recording import Actor
from talent import events
from talent.actions.profiles import lock_profiles
from talent.enums import SkillSource
from talent.models import SkillAssessment, TalentProfile

Line = tuple[int, int, str]


@dataclass(frozen=True)
class SkillRecord:
    """All levels that one source found in one person, by competency. A correction has the same source and a higher
    version; one without levels takes back what the versions before it said."""

    employee_id: int
    source: str
    source_version: int
    assessed_on: datetime.date
    levels: Mapping[int, int] = field(default_factory=dict)
    shared_at: datetime.datetime | None = None
    kind: str = SkillSource.REVIEW
    good_until: datetime.date | None = None
    assessed_by_id: int | None = None
    note: str = ""


@transaction.atomic
def record_skills(records: Sequence[SkillRecord], *, by: Actor | None = None) -> int:
    """Enter levels into the inventory; how many were new.

    May be called with the same records again, in any order and at once: of one source the highest version counts, of
    several sources of a kind the one with the newest day, whenever each comes. What is there already is only shared late.
    """
    known = _worth_keeping(records)
    if not known:
        return 0
    profiles = lock_profiles(record.employee_id for record in known)
    stored = _stored(known)
    _share_late(known, stored, by=by)
    fresh = [record for record in known if record.source_version > max(stored[record.source], default=0)]
    _replace(fresh, stored, by=by)
    rows = [row for record in fresh for row in _rows(record, profiles[record.employee_id])]
    settled = _settle(rows, [row for record in fresh for row in _all(stored[record.source])])
    TalentProfile.objects.filter(pk__in={row.profile_id for row in settled}).update(updated_at=timezone.now())
    events.skills_recorded(rows, by=by)
    return len(rows)


def _worth_keeping(records: Sequence[SkillRecord]) -> list[SkillRecord]:
    """One record for a source, in one order; those that say nothing, and take nothing back, are left out."""
    newest: dict[str, SkillRecord] = {}
    for record in sorted(records, key=lambda record: (record.source, record.source_version)):
        newest[record.source] = record
    silent = [source for source, record in newest.items() if not record.levels]
    spoke = set(SkillAssessment.objects.filter(source__in=silent).values_list("source", flat=True)) if silent else set()
    return [record for source, record in newest.items() if record.levels or source in spoke]


def _stored(records: Iterable[SkillRecord]) -> dict[str, dict[int, list[SkillAssessment]]]:
    """What each source said before, by version."""
    stored: dict[str, dict[int, list[SkillAssessment]]] = defaultdict(lambda: defaultdict(list))
    found = SkillAssessment.objects.filter(source__in=[record.source for record in records])
    for row in found.select_related("profile").order_by("pk"):
        stored[row.source][row.source_version].append(row)
    return stored


def _all(versions: Mapping[int, list[SkillAssessment]]) -> list[SkillAssessment]:
    return [row for rows in versions.values() for row in rows]


def _share_late(
    records: Iterable[SkillRecord], stored: Mapping[str, Mapping[int, list[SkillAssessment]]], *, by: Actor | None
) -> None:
    """A record may bring the news that its source was shared meanwhile."""
    hidden: dict[datetime.datetime, list[SkillAssessment]] = defaultdict(list)
    for record in records:
        for row in stored[record.source].get(record.source_version, []):
            if record.shared_at and row.shared_at is None:
                row.shared_at = record.shared_at
                hidden[record.shared_at].append(row)
    rows = [row for shared in hidden.values() for row in shared]
    SkillAssessment.objects.bulk_update(rows, ["shared_at"], batch_size=1000)
    events.skills_shared(rows, by=by)


def _replace(
    fresh: Iterable[SkillRecord], stored: Mapping[str, Mapping[int, list[SkillAssessment]]], *, by: Actor | None
) -> None:
    """What an earlier version said no longer counts; it is kept."""
    now = timezone.now()
    outdated = [row for record in fresh for row in _all(stored[record.source]) if row.replaced_at is None]
    for row in outdated:
        row.replaced_at = now
    SkillAssessment.objects.filter(pk__in=[row.pk for row in outdated]).update(replaced_at=now)
    events.skills_replaced(outdated, by=by)


def _rows(record: SkillRecord, profile: TalentProfile) -> list[SkillAssessment]:
    return [
        SkillAssessment(
            profile=profile,
            competency_id=competency_id,
            level=level,
            kind=record.kind,
            source=record.source,
            source_version=record.source_version,
            assessed_on=record.assessed_on,
            shared_at=record.shared_at,
            good_until=record.good_until,
            assessed_by_id=record.assessed_by_id,
            note=record.note,
        )
        for competency_id, level in sorted(record.levels.items())
    ]


def _settle(new: list[SkillAssessment], replaced: list[SkillAssessment]) -> list[SkillAssessment]:
    """Write new rows, and let each row of the lines they stand in (or replaced ones stood in) end where the next begins.

    What ends is written before what is new and what begins to count again, so that there are never two current ones.
    """
    touched = {_line_of(row) for row in (*new, *replaced)}
    lines: dict[Line, list[SkillAssessment]] = defaultdict(list)
    for row in (*_standing(touched), *new):
        lines[_line_of(row)].append(row)
    changed = [row for line in touched for row in _ended(lines[line]) if row.pk]
    SkillAssessment.objects.bulk_update([row for row in changed if row.valid_to], ["valid_to"], batch_size=1000)
    write_rows(new)
    SkillAssessment.objects.bulk_update([row for row in changed if not row.valid_to], ["valid_to"], batch_size=1000)
    return [*new, *replaced]


def _line_of(row: SkillAssessment) -> Line:
    return row.profile_id, row.competency_id, row.kind


def _standing(lines: set[Line]) -> list[SkillAssessment]:
    """All that stands in these lines."""
    near = Q(profile__in={line[0] for line in lines}, competency__in={line[1] for line in lines})
    return [row for row in SkillAssessment.objects.standing().filter(near) if _line_of(row) in lines] if lines else []


def _ended(line: list[SkillAssessment]) -> list[SkillAssessment]:
    """The rows of one line that end elsewhere than they did, now that the line is what it is."""
    line.sort(key=lambda row: (row.assessed_on, row.source))
    ends = [*(row.assessed_on for row in line[1:]), None][: len(line)]
    changed = []
    for row, end in zip(line, ends, strict=True):
        if row.valid_to != end:
            row.valid_to = end
            changed.append(row)
    return changed
