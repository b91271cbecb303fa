"""What changed in a role profile from one revision to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hrportal.people.models import Competency
from talent.models import RoleProfileRevision
from talent.skills.gap import competencies_of

Line = dict[str, Any]


@dataclass(frozen=True)
class ProfileChange:
    """One competency in one revision: what was said before, and what is said since; None where nothing is."""

    competency: Competency
    before: Line | None
    after: Line | None


@dataclass(frozen=True)
class RevisionChanges:
    revision: RoleProfileRevision
    changes: list[ProfileChange]


def changes_of(revisions: Sequence[RoleProfileRevision]) -> list[RevisionChanges]:
    """By revision, the newest first, what it changed; the oldest has nothing before it to be compared with and is left out."""
    names = competencies_of(line["competency"] for revision in revisions for line in revision.lines)
    pairs = pairwise(revisions)
    return [RevisionChanges(newer, _differences(older, newer, names)) for newer, older in pairs] + _first(
        revisions, names
    )


def _first(revisions: Sequence[RoleProfileRevision], names: dict[int, Competency]) -> list[RevisionChanges]:
    """A profile that was written here from the start has no earlier state that was kept."""
    oldest = revisions[-1] if revisions else None
    if oldest is None or oldest.version != 1 or oldest.changed_by_id is None:
        return []
    return [RevisionChanges(oldest, [ProfileChange(names[line["competency"]], None, line) for line in oldest.lines])]


def _differences(
    older: RoleProfileRevision, newer: RoleProfileRevision, names: dict[int, Competency]
) -> list[ProfileChange]:
    before, after = _by_competency(older), _by_competency(newer)
    changed = [pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk) and pk in names]
    rows = [ProfileChange(names[pk], before.get(pk), after.get(pk)) for pk in changed]
    return sorted(rows, key=lambda row: row.competency.name)


def _by_competency(revision: RoleProfileRevision) -> dict[int, Line]:
    return {line["competency"]: line for line in revision.lines}
