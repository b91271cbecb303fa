"""What can happen to a file of employees: uploaded, compared, taken in or given up, and taken back.

Comparing, taking in and taking back are long work: the action puts the import in a job's hands, and `importing.jobs`
carries it out.
"""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor, identity_of
from hrportal.people import events
from hrportal.people.enums import ImportState
from hrportal.people.importing.mapping import layout_of
from hrportal.people.importing.options import ImportRefused
from hrportal.people.importing.uploads import (
    LARGEST_UPLOAD,
    keep_file,
    laid_out,
    masked,
    read_look,
    settings_for,
    stored_file,
)
from hrportal.people.models import EmployeeImport

EDITABLE = frozenset({ImportState.UPLOADED, ImportState.CHECKED})


def upload_import(
    pieces: Iterable[bytes],
    *,
    by: Actor | None,
    name: str,
    size: int,
    source: str,
    effective_on: datetime.date | None = None,
) -> EmployeeImport:
    """Keep a file of employees and read its header; nothing is taken in by that."""
    if size > LARGEST_UPLOAD:
        words = _("This file is larger than %d MB. Split it by source system.")
        raise ActionError(words % (LARGEST_UPLOAD // 1_000_000), field="file")
    with laid_out(name, pieces) as file:
        try:
            return _keep(file, by=by, name=name, size=size, source=source, effective_on=effective_on)
        except ImportRefused as refusal:
            raise ActionError(str(refusal), field="file") from refusal


@transaction.atomic
def _keep(
    file: Path, *, by: Actor | None, name: str, size: int, source: str, effective_on: datetime.date | None
) -> EmployeeImport:
    look, identity = read_look(file), identity_of(by)
    settings = settings_for(source, look)
    imported = EmployeeImport.objects.create(
        source=source,
        file_name=name[-255:],
        size=size,
        state=ImportState.UPLOADED,
        effective_on=effective_on or timezone.localdate(),
        look=masked(look, settings["names"]),
        settings=settings,
        rows=look["lines"],
        uploaded_by_id=identity.on_behalf_of_id or identity.actor_id,
        client_id=identity.client_id,
    )
    keep_file(imported, file)
    events.import_uploaded(imported, by=by)
    return imported


@transaction.atomic
def reread_import(imported: EmployeeImport, *, by: Actor | None, encoding: str, sheet: str) -> EmployeeImport:
    """Read the header again, in another encoding or from another sheet."""
    imported = _lock(imported, EDITABLE)
    try:
        with stored_file(imported) as file:
            look = read_look(file, encoding=encoding, sheet=sheet)
    except ImportRefused as refusal:
        raise ActionError(str(refusal), field="encoding") from refusal
    imported.settings |= settings_for(imported.source, look)
    imported.look = masked(look, imported.settings["names"])
    imported.rows, imported.state, imported.refusal = imported.look["lines"], ImportState.UPLOADED, ""
    imported.save()
    return imported


@transaction.atomic
def check_import(
    imported: EmployeeImport, *, by: Actor | None, effective_on: datetime.date | None = None, **settings: Any
) -> Job:
    """Compare the file with what is stored, person by person, in the background. Nothing is changed by that."""
    imported = _lock(imported, EDITABLE)
    _set_up(imported, effective_on, settings)
    imported.state, imported.refusal = ImportState.CHECKING, ""
    return _hand_over(imported, "people.check_import", _("Compare %s") % imported.file_name, by=by)


@transaction.atomic
def apply_import(imported: EmployeeImport, *, by: Actor | None, allow_leavers: bool = False) -> Job | None:
    """Take in a file that was compared: at once, or on the day it speaks of when that is still to come (None: no job yet).

    More leavers than is plausible are taken in only if that was said to be meant.
    """
    imported = _lock(imported, {ImportState.CHECKED})
    if imported.ends_too_many and not allow_leavers:
        words = _("The file would end %(leaving)d of %(all)d people. Say that this is meant.")
        raise ActionError(words % {"leaving": imported.leaving, "all": imported.people}, field="allow_leavers")
    imported.allow_leavers, imported.refusal = allow_leavers, ""
    if imported.effective_on > timezone.localdate():
        imported.state = ImportState.SCHEDULED
        imported.save()
        events.import_scheduled(imported, by=by)
        return None
    imported.state = ImportState.APPLYING
    return _hand_over(imported, "people.apply_import", _("Take in %s") % imported.file_name, by=by)


@transaction.atomic
def take_in_unseen(imported: EmployeeImport, *, by: Actor | None, allow_leavers: bool = False, **settings: Any) -> Job:
    """Take in a file that was just uploaded, without looking at the differences first."""
    imported = _lock(imported, {ImportState.UPLOADED})
    _set_up(imported, None, settings)
    if imported.effective_on > timezone.localdate():
        raise ActionError(_("A file that speaks of a day to come is compared first."), field="effective_on")
    imported.state, imported.refusal, imported.allow_leavers = ImportState.APPLYING, "", allow_leavers
    return _hand_over(imported, "people.apply_import", _("Take in %s") % imported.file_name, by=by)


@transaction.atomic
def start_due_import(imported: EmployeeImport) -> Job:
    """Take in a file whose day has come, for whoever uploaded it."""
    imported = _lock(imported, {ImportState.SCHEDULED})
    imported.state = ImportState.APPLYING
    return _hand_over(imported, "people.apply_import", _("Take in %s") % imported.file_name, by=imported.uploaded_by)


@transaction.atomic
def discard_import(imported: EmployeeImport, *, by: Actor | None) -> EmployeeImport:
    """Give up a file that was not taken in; it and what was found in it are removed.

    Of a file that was being taken back when its job was given up, the taking back is discarded: what was taken in stands.
    """
    imported = EmployeeImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if not imported.is_waiting and not is_stuck(imported):
        raise _refused(imported)
    if imported.state == ImportState.UNDOING:
        return _discard_undo(imported)
    imported.state, imported.finished_at = ImportState.DISCARDED, timezone.now()
    imported.save()
    clear_contents(imported)
    events.import_discarded(imported, by=by)
    return imported


def _discard_undo(imported: EmployeeImport) -> EmployeeImport:
    """Back to where looking at what it would do begins again; that look may be old by now."""
    imported.state, imported.undo = ImportState.APPLIED, {}
    imported.undo_reason, imported.undone_by = "", None
    imported.refusal = _("Taking it back was given up. Nothing of it was done.")
    imported.save()
    return imported


@transaction.atomic
def check_undo(imported: EmployeeImport, *, by: Actor | None) -> Job:
    """Find out what taking an import back would do, person by person, in the background."""
    imported = _lock(imported, {ImportState.APPLIED})
    refuse_undo(imported)
    imported.undo = {}
    return _hand_over(imported, "people.check_undo", _("What taking back %s would do") % imported.file_name, by=by)


@transaction.atomic
def undo_import(imported: EmployeeImport, *, by: Actor | None, reason: str) -> Job:
    """Take back the last import of a source: what it changed and nobody changed since becomes what it was."""
    imported = _lock(imported, {ImportState.APPLIED})
    refuse_undo(imported)
    if not imported.undo:
        raise ActionError(_("Look first at what taking it back would do."))
    if not reason.strip():
        raise ActionError(_("Say why it is taken back."), field="reason")
    identity = identity_of(by)
    imported.state, imported.undo_reason = ImportState.UNDOING, reason.strip()
    imported.undone_by_id = identity.on_behalf_of_id or identity.actor_id
    return _hand_over(imported, "people.undo_import", _("Take back %s") % imported.file_name, by=by)


def refuse_undo(imported: EmployeeImport) -> None:
    """Raise ActionError unless this is the last file of its source and what it changed is still known."""
    if not imported.is_latest():
        raise ActionError(_("A later file of the same source was taken in. Only the last one can be taken back."))
    if imported.cleared_at or not imported.changes.exists():
        raise ActionError(_("What it changed is no longer known, so it cannot be taken back."))


def is_stuck(imported: EmployeeImport) -> bool:
    """Whether the job that had an unfinished import in hand was given up before it could say so."""
    if not imported.is_working:
        return False
    job = Job.objects.filter(pk=imported.job_id or 0).first()
    return job is None or job.is_finished


def clear_contents(imported: EmployeeImport) -> None:
    """Remove the file and what was found in it; counts, names of columns and who did what stay."""
    imported.parts.all().delete()
    imported.changes.all().delete()
    imported.problems.all().delete()
    imported.look = {key: value for key, value in imported.look.items() if key != "samples"}
    imported.cleared_at = timezone.now()
    imported.save(update_fields=["look", "cleared_at"])


def _set_up(imported: EmployeeImport, effective_on: datetime.date | None, settings: dict[str, Any]) -> None:
    imported.settings |= settings
    imported.effective_on = effective_on or imported.effective_on
    try:
        layout_of(imported.look["header"], imported.settings["names"])
    except ImportRefused as refusal:
        raise ActionError(str(refusal), field="names") from refusal


def _hand_over(imported: EmployeeImport, kind: str, title: str, *, by: Actor | None) -> Job:
    """Put an import in a job's hands."""
    job = start_job(kind, title[:200], by=by, result_url=imported.get_absolute_url(), **{"import": imported.pk})
    imported.job_id = job.pk
    imported.save()
    return job


def _lock(imported: EmployeeImport, expected: Iterable[str]) -> EmployeeImport:
    imported = EmployeeImport.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    if imported.state not in expected:
        raise _refused(imported)
    return imported


def _refused(imported: EmployeeImport) -> ActionError:
    return ActionError(_("This file: %s.") % imported.get_state_display())
