"""Keeping what an import changed, person by person, so that it can be read afterwards and taken back."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils import timezone

from hrportal.common.copying import write_values
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.enums import ImportState
from hrportal.people.history import PLACE
from hrportal.people.importing.comparing import Change, Kind
from hrportal.people.importing.options import Options
from hrportal.people.importing.report import Report
from hrportal.people.importing.running import run_import
from hrportal.people.models import EmployeeImport, Employment, ImportChange, ImportProblem, RoleGrant, User
from hrportal.people.models.imports import RESTRICTED

BATCH = 1000
COLUMNS = (
    "employee_import_id", "employee_id", "employee_number", "name", "kind", "fields", "history", "account", "conflicts",
)  # fmt: skip
# Beside the fields of a change of place that has a day of its own.
ON = "effective_on"
NOTHING: Mapping[Any, Any] = MappingProxyType({})
HISTORY = ("starts_on", "ends_on", *(f"{name}_id" for name in PLACE))


def import_employees(options: Options, *, by: Actor | None, imported: EmployeeImport | None = None) -> Report:
    """Take in a file as the whole company of its source, in one transaction; what it did, or with a dry run would do.

    Rows that are wrong stay out and are reported (with `is_strict` nothing goes in). Doing it again changes nothing.
    `imported` is the import it belongs to, if there is one already. Raises ImportRefused when the file cannot be read or
    would end more people than is plausible.
    """
    if options.is_dry_run:
        return run_import(options, by=by)
    with transaction.atomic():
        record = Record(imported or EmployeeImport(source=options.source, file_name=options.file.name[:255]))
        report = run_import(options, by=by, before_batch=record.before, on_batch=record.after)
        if report.is_applied and (report.counts or imported):
            _finish(record.imported, report, options.effective_on)
            events.import_finished(record.imported, by=by)
    return report


def _finish(imported: EmployeeImport, report: Report, effective_on: datetime.date) -> None:
    imported.take_counts(report.counts, rows=report.rows, refused=report.refused)
    imported.state, imported.effective_on, imported.finished_at = ImportState.APPLIED, effective_on, timezone.now()
    imported.new_codes, imported.refusal = report.new_codes, ""
    imported.people, imported.leaving = report.people, report.leaving
    imported.save()
    imported.problems.all().delete()
    keep_problems(imported, report)


def keep_problems(imported: EmployeeImport, report: Report) -> None:
    """Keep why rows did not go in; not what they said of what is used in aggregates alone."""
    ImportProblem.objects.bulk_create(
        (
            ImportProblem(
                employee_import=imported,
                line=error.line,
                column=error.column,
                value="" if error.column in RESTRICTED else error.value[:200],
                reason=error.reason,
            )
            for error in sorted(report.errors, key=lambda error: error.line)
        ),
        batch_size=BATCH,
    )


class Record:
    """Writes what each batch of an import changed, and beside it what undoing it takes: history and account as they were."""

    def __init__(self, imported: EmployeeImport) -> None:
        self.imported = imported
        self._before: dict[int, list[Any]] = {}
        self._accounts: dict[int, dict[str, Any]] = {}

    def before(self, changes: Sequence[Change], ids: Mapping[str, int]) -> None:
        """Remember what is about to be rewritten."""
        others = [ids[change.number] for change in changes if change.kind != Kind.HIRED]
        self._before = histories_of(others)
        self._accounts = _open_accounts(ids[change.number] for change in changes if change.kind == Kind.ENDED)

    def after(self, changes: Sequence[Change], ids: Mapping[str, int]) -> None:
        """Write what was changed."""
        if self.imported.pk is None:
            self.imported.save()
        written = histories_of(ids[change.number] for change in changes if change.kind != Kind.HIRED)
        rewritten = {
            pk: {"before": had, "after": has}
            for pk in self._before.keys() | written.keys()
            if (had := self._before.get(pk, [])) != (has := written.get(pk, []))
        }
        keep_changes(self.imported, changes, ids, rewritten, self._accounts)
        self._before, self._accounts = {}, {}


def keep_changes(
    imported: EmployeeImport,
    changes: Iterable[Change],
    ids: Mapping[str, int],
    histories: Mapping[Any, dict[str, Any]] = NOTHING,
    accounts: Mapping[Any, dict[str, Any]] = NOTHING,
) -> None:
    """Keep what a batch changes, person by person; histories and accounts by the id of whoever's were rewritten or closed."""

    def row(change: Change) -> tuple[Any, ...]:
        pk = ids.get(change.number)
        fields = {name: [plain_value(old), plain_value(new)] for name, (old, new) in change.fields.items()}
        if change.on:
            fields[ON] = [None, change.on.isoformat()]
        history, account = histories.get(pk, {}), accounts.get(pk, {})
        return (imported.pk, pk, change.number, _name(change), change.kind.value, fields, history, account, [])

    write_values(ImportChange, COLUMNS, map(row, changes))


def _name(change: Change) -> str:
    """Whoever is new has no other row to read their name from while the file is only compared."""
    if change.kind != Kind.HIRED:
        return ""
    return f"{change.new('first_name') or ''} {change.new('last_name') or ''}".strip()


def plain_value(value: Any) -> Any:
    """A value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


def histories_of(employee_ids: Iterable[int]) -> dict[int, list[Any]]:
    """Everyone's history as JSON keeps it, oldest row first."""
    found: dict[int, list[Any]] = defaultdict(list)
    rows = Employment.objects.filter(employee__in=list(employee_ids)).order_by("employee_id", "starts_on")
    for employee_id, *values in rows.values_list("employee_id", *HISTORY):
        found[employee_id].append([plain_value(value) for value in values])
    return dict(found)


def _open_accounts(employee_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The accounts that are about to be closed, with their roles, by employee."""
    users = User.objects.filter(employee__in=list(employee_ids), is_active=True)
    grants: dict[int, list[int]] = defaultdict(list)
    for pk, user_id in RoleGrant.objects.current().filter(user__in=users).values_list("pk", "user_id"):
        grants[user_id].append(pk)
    return {
        user.employee_id: {"user": user.pk, "had_password": user.has_usable_password(), "grants": grants[user.pk]}
        for user in users
    }
