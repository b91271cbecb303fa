"""What happens to the library of competencies and to role profiles."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Competency, CompetencyLevel, Job, RoleProfileEntry
from hrportal.people.models.competencies import MEDIUM_IMPORTANCE
from talent.actions.common import apply
from talent.events import skills as events
from talent.models import RoleProfileRevision

EDITABLE = frozenset({"name", "kind", "description"})


@dataclass(frozen=True)
class ProfileLine:
    """What a role profile says of one competency; a level that is None is not asked for."""

    competency: int
    level_today: int | None = None
    level_in_24_months: int | None = None
    importance: int = MEDIUM_IMPORTANCE

    @property
    def says_something(self) -> bool:
        return self.level_today is not None or self.level_in_24_months is not None


@transaction.atomic
def add_competency(*, by: Actor | None, levels: Mapping[int, str] | None = None, **fields: Any) -> Competency:
    """Put a competency into the library, with words for its levels."""
    competency = checked(Competency(**fields))
    competency.save()
    _describe(competency, levels or {})
    events.competency_changed("added", competency, by=by)
    return competency


@transaction.atomic
def edit_competency(
    competency: Competency, *, by: Actor | None, levels: Mapping[int, str] | None = None, **changes: Any
) -> Competency:
    """Change its words. Levels that are named are described anew; an empty description takes one away."""
    competency = _lock(competency)
    apply(competency, changes, EDITABLE)
    checked(competency).save()
    _describe(competency, levels or {})
    events.competency_changed("edited", competency, by=by)
    return competency


def _describe(competency: Competency, levels: Mapping[int, str]) -> None:
    for level, text in levels.items():
        if text.strip():
            competency.levels.update_or_create(level=level, defaults={"description": text.strip()})
        else:
            CompetencyLevel.objects.filter(competency=competency, level=level).delete()


@transaction.atomic
def archive_competency(competency: Competency, *, by: Actor | None) -> Competency:
    """No longer ask for it nor assess it; what was said of it stays."""
    return _switch(competency, is_active=False, by=by)


@transaction.atomic
def restore_competency(competency: Competency, *, by: Actor | None) -> Competency:
    """Use it again, with all that role profiles and the inventory say of it."""
    return _switch(competency, is_active=True, by=by)


def _switch(competency: Competency, *, is_active: bool, by: Actor | None) -> Competency:
    competency = _lock(competency)
    if competency.is_active == is_active:
        raise ActionError(_("This competency is in use.") if is_active else _("This competency is archived."))
    competency.is_active = is_active
    competency.save(update_fields=["is_active"])
    events.competency_changed("restored" if is_active else "archived", competency, by=by)
    return competency


def _lock(competency: Competency) -> Competency:
    return Competency.objects.select_for_update().get(pk=competency.pk)


def profile_version(job: Job) -> int:
    """How often the profile of a job was written here; 0 before the first time."""
    newest = RoleProfileRevision.objects.filter(job=job).first()
    return newest.version if newest else 0


def lines_of(job: Job) -> list[ProfileLine]:
    """What the profile says now, in the order of the competencies' ids."""
    rows = RoleProfileEntry.objects.filter(job=job).order_by("competency")
    columns = ("competency", "level_today", "level_in_24_months", "importance")
    return [ProfileLine(*row) for row in rows.values_list(*columns)]


@transaction.atomic
def edit_role_profile(
    job: Job, *, by: Actor | None, lines: Sequence[ProfileLine], version: int | None = None
) -> RoleProfileRevision:
    """Write what a job asks for, whole: what is not among the lines is no longer asked for.

    `version` is the one its writer saw; refused when somebody wrote another meanwhile. The first time, what stood before is kept, too.
    """
    Job.objects.select_for_update().get(pk=job.pk)
    now = profile_version(job)
    if version is not None and version != now:
        raise StaleVersion(_("Somebody else changed this profile meanwhile. Compare, and save again."), version=now)
    before = lines_of(job)
    wanted = sorted((line for line in lines if line.says_something), key=lambda line: line.competency)
    if wanted == before:
        raise ActionError(_("Nothing was changed."))
    if now == 0 and before:
        now = _keep(job, 1, before, None).version
    _write(job, wanted)
    revision = _keep(job, now + 1, wanted, acting_id(by))
    events.role_profile_edited(revision, by=by)
    return revision


def _keep(job: Job, version: int, lines: Sequence[ProfileLine], employee_id: int | None) -> RoleProfileRevision:
    return RoleProfileRevision.objects.create(
        job=job, version=version, lines=[asdict(line) for line in lines], changed_by_id=employee_id
    )


def _write(job: Job, lines: Sequence[ProfileLine]) -> None:
    competencies = [line.competency for line in lines]
    if len(set(competencies)) != len(competencies):
        raise ActionError(_("A competency stands twice in the profile."))
    RoleProfileEntry.objects.filter(job=job).exclude(competency__in=competencies).delete()
    for line in lines:
        fields = asdict(line)
        entry = RoleProfileEntry.objects.filter(job=job, competency=fields.pop("competency")).first()
        entry = entry or RoleProfileEntry(job=job, competency_id=line.competency)
        for name, value in fields.items():
            setattr(entry, name, value)
        checked(entry).save()
