"""Taking an import back: what it changed, and nobody changed since, becomes what it was.

What it changed is read twice, batch after batch: first to see where going back would meet others, then to write. So
memory holds a line for each person, never their changes.
"""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Max, Min
from django.utils import timezone

from hrportal.common.batches import batched
from hrportal.common.copying import write_values
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.administrators import the_last_administrators
from hrportal.people.enums import ChangeKind, ImportState
from hrportal.people.history import PLACE
from hrportal.people.importing.applying import COLUMNS
from hrportal.people.importing.claiming import Claims
from hrportal.people.importing.closing import close_accounts, follow_addresses, reopen_accounts
from hrportal.people.importing.comparing import stored_as_written
from hrportal.people.importing.recording import HISTORY, histories_of
from hrportal.people.importing.references import MODELS
from hrportal.people.importing.stepping import Step, step_of
from hrportal.people.models import Employee, EmployeeImport, Employment, ImportChange
from hrportal.people.trees import lock_tree, rebuild

BATCH = 1000
DAYS = frozenset({"hired_on", "left_on"})
# What only one can have, with what somebody has who has none.
FREE: dict[str, Any] = {"position": None, "work_email": ""}
NOTHING: dict[str, int] = {"back": 0, "partly": 0, "stays": 0, "never_came": 0, "accounts": 0}


def preview_undo(imported: EmployeeImport) -> None:
    """Keep what taking an import back would leave alone, and how many people it would concern."""
    claims = _claims_of(imported)
    _clear_conflicts(imported)
    counts = Counter(NOTHING)
    for steps in _steps(imported, claims):
        _keep(steps, counts)
    imported.undo = dict(counts)
    imported.save(update_fields=["undo"])


def take_back(imported: EmployeeImport, *, by: Actor | None) -> None:
    """Take an import back, in the caller's transaction."""
    lock_tree(Employee)
    claims = _claims_of(imported)
    _clear_conflicts(imported)
    freed = {name: _free(claims, name) for name in FREE}
    codes = {name: dict(model._default_manager.values_list("code", "pk")) for name, model in MODELS.items()}
    counts = Counter(NOTHING)
    for steps in _steps(imported, claims, freed):
        _keep(steps, counts)
        _write([step for step in steps if step.acts], codes, by)
    rebuild(Employee, "manager")
    imported.undo = dict(counts)
    imported.state, imported.undone_at, imported.refusal = ImportState.UNDONE, timezone.now(), ""
    imported.save()
    events.import_undone(imported, by=by)


def _claims_of(imported: EmployeeImport) -> Claims:
    """What going back takes from whom, settled."""
    claims = Claims()
    for steps in _steps(imported, claims):
        for step in steps:
            claims.add(step)
    claims.settle(the_last_administrators(lock=connection.in_atomic_block))
    return claims


def _steps(
    imported: EmployeeImport, claims: Claims, freed: Mapping[str, frozenset[str]] | None = None
) -> Iterator[list[Step]]:
    """What goes back of each person, batch after batch, once claims are settled as they were. `freed` have given up theirs."""
    for changes in _in_batches(imported):
        now = stored_as_written([change.employee_number for change in changes])
        for name, numbers in (freed or {}).items():
            for change in changes:
                if change.employee_number in numbers and name in change.fields:
                    now[change.employee_number][name] = change.fields[name][1]
        histories = histories_of(change.employee_id for change in changes if change.employee_id and change.history)
        steps = [
            step_of(change, now[change.employee_number], histories.get(change.employee_id or 0, []))
            for change in changes
        ]
        for step in steps:
            if step.change.employee_number in claims.stay_where:
                step.keep_where()
            if step.change.employee_number in claims.keep_address:
                step.keep_address()
        yield steps


def _in_batches(imported: EmployeeImport) -> Iterator[list[ImportChange]]:
    ends = imported.changes.aggregate(first=Min("pk"), last=Max("pk"))
    for start in range(ends["first"] or 0, (ends["last"] or 0) + 1, BATCH):
        if changes := list(imported.changes.filter(pk__range=(start, start + BATCH - 1)).order_by("pk")):
            yield changes


def _clear_conflicts(imported: EmployeeImport) -> None:
    imported.changes.exclude(conflicts=[]).update(conflicts=[])


def _keep(steps: Sequence[Step], counts: Counter[str]) -> None:
    """Keep what stays of whom, and count."""
    kept = [step.change for step in steps if step.stays]
    for step in steps:
        step.change.conflicts = sorted(step.stays)
        counts["back"] += step.acts and not step.stays
        counts["partly"] += step.acts and bool(step.stays)
        counts["stays"] += not step.acts and bool(step.stays)
        counts["never_came"] += bool(step.back) and step.change.kind == ChangeKind.HIRED
        counts["accounts"] += bool(step.is_where and step.change.account)
    ImportChange.objects.bulk_update(kept, ["conflicts"])


def _free(claims: Claims, name: str) -> frozenset[str]:
    """Take from everybody first what another may get back; from whom."""
    holders = Employee.objects.exclude(**{name: FREE[name]}).values_list("employee_number", flat=True).order_by()
    numbers = [number for number in holders.iterator() if number in claims.of and claims.of[number].gives(name)]
    for batch in batched(numbers, BATCH):
        Employee.objects.filter(employee_number__in=batch).update(**{name: FREE[name]})
    return frozenset(numbers)


def _write(steps: Sequence[Step], codes: Mapping[str, Mapping[str, int]], by: Actor | None) -> None:
    people = Employee.objects.in_bulk([step.change.employee_id for step in steps])
    managers = Employee.objects.filter(employee_number__in={step.back.get("manager") for step in steps} - {None})
    ids = {**codes, "manager": dict(managers.values_list("employee_number", "pk"))}
    for step in steps:
        person = people[step.change.employee_id]
        for name, value in step.back.items():
            _set(person, name, value, ids)
        person.updated_at = timezone.now()
    Employee.objects.bulk_create(people.values(), update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS)
    _write_histories([step for step in steps if step.history is not None])
    _announce(steps, people, by)


def _set(person: Employee, name: str, value: Any, codes: Mapping[str, Mapping[str, int]]) -> None:
    if name in PLACE:
        setattr(person, f"{name}_id", None if value is None else codes[name][value])
    else:
        setattr(person, name, datetime.date.fromisoformat(value) if name in DAYS and value else value)


def _write_histories(steps: Sequence[Step]) -> None:
    Employment.objects.filter(employee__in=[step.change.employee_id for step in steps]).delete()
    write_values(
        Employment,
        ["employee_id", *HISTORY],
        [(step.change.employee_id, *row) for step in steps for row in step.history or []],
    )


def _announce(steps: Sequence[Step], people: Mapping[int, Employee], by: Actor | None) -> None:
    gone: list[Employee] = []
    here: list[Step] = []
    changed: dict[int, list[str]] = {}
    for step in steps:
        person = people[step.change.employee_id or 0]
        if step.is_end:
            gone.append(person)
        elif step.is_where and step.change.kind == ChangeKind.ENDED:
            here.append(step)
        else:
            changed[person.pk] = sorted([*step.back, *step.unseen])
    events.employees_changed(changed, by=by)
    events.employees_hired([step.change.employee_id or 0 for step in here], by=by)
    follow_addresses([people[step.change.employee_id or 0] for step in steps if "work_email" in step.back])
    close_accounts(gone, by=by)
    events.employments_ended([person.pk for person in gone], by=by)
    reopen_accounts([step.change.account for step in here if step.change.account], by=by)
