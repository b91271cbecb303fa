"""The long work on imports. Each job finds its import in the state it was handed over in; a repeat begins anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.actions import ActionError
from hrportal.journal.delivery import DATABASE_TROUBLE
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.actions.imports import clear_contents, start_due_import
from hrportal.people.enums import ImportState
from hrportal.people.importing.comparing import Change
from hrportal.people.importing.options import ImportRefused
from hrportal.people.importing.recording import import_employees, keep_changes, keep_problems
from hrportal.people.importing.running import run_import
from hrportal.people.importing.undoing import preview_undo, take_back
from hrportal.people.importing.uploads import options_of, stored_file
from hrportal.people.models import EmployeeImport
from hrportal.people.models.imports import KEPT, WORKING

TOLD_EVERY = 1000


@job_kind("people.check_import")
def compare_file(job: Job) -> dict[str, Any]:
    """Compare a file with what is stored and keep what would change."""
    imported = EmployeeImport.objects.get(pk=job.params["import"])
    if imported.state != ImportState.CHECKING:
        return _result(imported)
    with _back_to(imported, ImportState.UPLOADED), stored_file(imported) as file:
        imported.changes.all().delete()
        imported.problems.all().delete()
        options = options_of(imported, file, is_dry_run=True, allow_leavers=True, on_line=_progress(job, imported.rows))
        report = run_import(options, by=JobActor(job), on_batch=_keeper(imported))
        with transaction.atomic():
            keep_problems(imported, report)
            imported.take_counts(report.counts, rows=report.rows, refused=report.refused)
            imported.people, imported.leaving = report.people, report.leaving
            imported.ends_too_many, imported.new_codes = report.ends_too_many, report.new_codes
            imported.state = ImportState.CHECKED
            imported.save()
    report_progress(job, 1, 1)
    return _result(imported)


@job_kind("people.apply_import")
def take_in_file(job: Job) -> dict[str, Any]:
    """Take in a file. What was compared before is replaced by what really changed."""
    imported = EmployeeImport.objects.get(pk=job.params["import"])
    if imported.state != ImportState.APPLYING:
        return _result(imported)
    was_seen, leaving = bool(imported.people or imported.changes.exists()), imported.leaving
    with _back_to(imported, ImportState.CHECKED if was_seen else ImportState.UPLOADED), transaction.atomic():
        report_progress(job, 0)  # takes the row, so that nobody else takes up the job while this lasts
        imported.changes.all().delete()
        with stored_file(imported) as file:
            options = options_of(imported, file, allow_leavers=imported.allow_leavers)
            report = import_employees(options, by=JobActor(job), imported=imported)
        if was_seen and report.ends_too_many and report.leaving > leaving:
            words = _("By now %(now)d people would leave, not %(then)d as when it was compared. Compare it again.")
            raise ImportRefused(words % {"now": report.leaving, "then": leaving})
        if not report.is_applied:
            raise ImportRefused(_("Nothing was taken in, because some rows are wrong."))
        report_progress(job, 1, 1)
    return _result(imported)


@job_kind("people.check_undo")
def look_at_undo(job: Job) -> dict[str, Any]:
    """Keep what taking an import back would do."""
    imported = EmployeeImport.objects.get(pk=job.params["import"])
    if imported.state == ImportState.APPLIED:
        preview_undo(imported)
    report_progress(job, 1, 1)
    return _result(imported) | {"undo": imported.undo}


@job_kind("people.undo_import")
def take_file_back(job: Job) -> dict[str, Any]:
    """Take an import back."""
    imported = EmployeeImport.objects.get(pk=job.params["import"])
    if imported.state != ImportState.UNDOING:
        return _result(imported)
    with _back_to(imported, ImportState.APPLIED), transaction.atomic():
        report_progress(job, 0)
        take_back(imported, by=JobActor(job))
        report_progress(job, 1, 1)
    return _result(imported) | {"undo": imported.undo}


@every_day("people.take_in_due_files", gettext_lazy("Files of employees whose day has come"))
def take_in_due_files(job: Job) -> dict[str, Any]:
    """Start what was put off until today."""
    due = list(EmployeeImport.objects.due(timezone.localdate()).order_by("effective_on", "id"))
    for imported in due:
        start_due_import(imported)
    return {"files": len(due)}


@every_day("people.clear_imports", gettext_lazy("Removing the contents of old imports"))
def clear_old_imports(job: Job) -> dict[str, Any]:
    """Remove files and what was found in them after a month; what still waits for its day or is in work stays."""
    busy = {*WORKING, ImportState.SCHEDULED}
    old = EmployeeImport.objects.filter(cleared_at=None, uploaded_at__lt=timezone.now() - KEPT).exclude(state__in=busy)
    for imported in old:
        if imported.is_waiting:
            EmployeeImport.objects.filter(pk=imported.pk).update(state=ImportState.DISCARDED)
        clear_contents(imported)
    return {"imports": len(old)}


@contextmanager
def _back_to(imported: EmployeeImport, state: ImportState) -> Iterator[None]:
    """Give an import back in `state`, with the reason, when the work on it fails; nothing of it is left then."""
    try:
        yield
    except ImportRefused as refusal:
        _give_back(imported, state, str(refusal))
        raise ActionError(str(refusal)) from refusal
    except DATABASE_TROUBLE:
        raise
    except ActionError as error:
        _give_back(imported, state, error.message)
        raise
    except Exception:
        _give_back(imported, state, _("Something went wrong. Nothing was half done; it can be started again."))
        raise


def _give_back(imported: EmployeeImport, state: ImportState, words: str) -> None:
    EmployeeImport.objects.filter(pk=imported.pk).update(state=state, refusal=words)


def _keeper(imported: EmployeeImport) -> Callable[[Sequence[Change], Mapping[str, int]], None]:
    def keep(changes: Sequence[Change], ids: Mapping[str, int]) -> None:
        keep_changes(imported, changes, ids)

    return keep


def _progress(job: Job, total: int) -> Callable[[], None]:
    """Counts lines and tells the job now and then."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % TOLD_EVERY == 0:
            report_progress(job, done, max(done, total) if total else None)

    return step


def _result(imported: EmployeeImport) -> dict[str, Any]:
    return {"import": imported.pk}
