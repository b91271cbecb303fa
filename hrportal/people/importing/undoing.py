"""Taking an import back: what it changed, and nobody changed since, becomes what it was.

Where somebody is (place, status, days) goes back as a whole or not at all, together with the history; what is theirs as
a person goes back field by field. People the import brought in are never deleted: they are those who never came.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from hrportal.common.paths import WIDTH
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.administrators import the_last_administrators
from hrportal.people.enums import ChangeKind, EmploymentStatus, ImportState
from hrportal.people.history import PLACE
from hrportal.people.importing.applying import COLUMNS
from hrportal.people.importing.closing import close_accounts, follow_addresses, reopen_accounts
from hrportal.people.importing.comparing import WHERE, stored_as_written
from hrportal.people.importing.forest import depths_of, rings_of
from hrportal.people.importing.recording import HISTORY, ON, histories_of, plain_value
from hrportal.people.importing.references import MODELS
from hrportal.people.models import Employee, EmployeeImport, Employment, ImportChange
from hrportal.people.trees import lock_tree, rebuild

BATCH = 1000
NEVER_CAME: dict[str, Any] = {
    "status": EmploymentStatus.LEFT, "position": None, "hired_on": None, "left_on": None, "leave_reason": "",
}  # fmt: skip
DAYS = frozenset({"hired_on", "left_on"})
DEEPEST = (Employee._meta.get_field("path").max_length or 0) // WIDTH


@dataclass
class Step:
    """What goes back of one person, and what stays because somebody changed it since."""

    change: ImportChange
    back: dict[str, Any] = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)
    # What goes back in the history alone: it was never seen, or is not any more.
    unseen: list[str] = field(default_factory=list)
    history: list[Any] | None = None

    def keep_where(self) -> None:
        """Leave the person where they are."""
        self.stays += [*self.unseen, *(name for name in self.back if name in WHERE)]
        self.unseen = []
        self.back = {name: value for name, value in self.back.items() if name not in WHERE}
        self.history = None

    def keep_email(self) -> None:
        """Leave them their address."""
        self.back.pop("work_email")
        self.stays.append("work_email")

    @property
    def acts(self) -> bool:
        """Whether anything of the person goes back."""
        return bool(self.back or self.unseen)

    @property
    def is_where(self) -> bool:
        return any(name in WHERE for name in self.back)

    @property
    def is_end(self) -> bool:
        """Whether somebody who came with the file is gone then."""
        return self.is_where and self.change.kind in {ChangeKind.HIRED, ChangeKind.RETURNED}


def plan_undo(imported: EmployeeImport) -> list[Step]:
    """What taking an import back would do to each person it concerned."""
    steps: list[Step] = []
    for changes in _in_batches(imported.changes.order_by("id").iterator(chunk_size=BATCH)):
        now = stored_as_written([change.employee_number for change in changes])
        histories = histories_of(change.employee_id for change in changes if change.history)
        steps += [_step(change, now[change.employee_number], histories) for change in changes]
    _settle_with_others(steps)
    return steps


def preview_undo(imported: EmployeeImport) -> None:
    """Keep what taking an import back would leave alone, and how many people it would concern."""
    steps = plan_undo(imported)
    _keep(imported, steps)
    imported.save(update_fields=["undo"])


def take_back(imported: EmployeeImport, *, by: Actor | None) -> None:
    """Take an import back, in the caller's transaction."""
    lock_tree(Employee)
    steps = plan_undo(imported)
    _keep(imported, steps)
    acting = [step for step in steps if step.acts]
    _free([step for step in acting if "position" in step.back], {"position": None})
    _free([step for step in acting if "work_email" in step.back], {"work_email": ""})
    codes = {name: dict(model._default_manager.values_list("code", "pk")) for name, model in MODELS.items()}
    codes["manager"] = dict(Employee.objects.values_list("employee_number", "pk"))
    for batch in _in_batches(acting):
        _write(batch, codes, by)
    rebuild(Employee, "manager")
    imported.state, imported.undone_at, imported.refusal = ImportState.UNDONE, timezone.now(), ""
    imported.save()
    events.import_undone(imported, by=by)


def _step(change: ImportChange, now: Mapping[str, Any], histories: Mapping[int, list[Any]]) -> Step:
    step = Step(change)
    fields = {name: pair for name, pair in change.fields.items() if name != ON}
    # Of a change with a day of its own the history tells whether somebody changed it since.
    dated = frozenset(PLACE) if ON in change.fields else frozenset()
    moved = {name for name, (_old, new) in fields.items() if name not in dated and plain_value(now[name]) != new}
    if change.kind == ChangeKind.HIRED:
        step.stays = sorted(moved)
        if not moved:
            step.back, step.history = dict(NEVER_CAME), []
        return step
    has_history_moved = bool(change.history) and histories.get(change.employee_id or 0, []) != change.history["after"]
    where_moved = has_history_moved or any(name in WHERE for name in moved)
    for name, (old, _new) in fields.items():
        if where_moved if name in WHERE else name in moved:
            step.stays.append(name)
        elif name in dated and not _is_seen(name, change.history):
            step.unseen.append(name)
        else:
            step.back[name] = old
    if change.history and not where_moved:
        step.history = change.history["before"]
    return step


def _is_seen(name: str, history: Mapping[str, list[Any]]) -> bool:
    """Whether today's row of the history has been changed in this field."""
    today, place = timezone.localdate().isoformat(), HISTORY.index(f"{name}_id")
    before, after = (
        next((row[place] for row in rows if row[0] <= today and (row[1] is None or today <= row[1])), None)
        for rows in (history["before"], history["after"])
    )
    return before != after


def _settle_with_others(steps: Sequence[Step]) -> None:
    """Leave people where they are if going back would take a seat or an address of others, close a ring of managers, or
    leave no system administrator.

    Each of these may stand in the way of another, so it is asked until nothing new is found.
    """
    stored = {
        number: (manager, seat, email.lower())
        for number, manager, seat, email in Employee.objects.order_by().values_list(
            "employee_number", "manager__employee_number", "position__code", "work_email"
        )
    }
    administrators = the_last_administrators(lock=connection.in_atomic_block)
    while _one_stays(steps, stored, administrators):
        pass


def _one_stays(
    steps: Sequence[Step], stored: Mapping[str, tuple[str | None, str | None, str]], administrators: Set[str]
) -> bool:
    of = {step.change.employee_number: step for step in steps if step.back}
    blocked = [step for step in _out_of_line(of, stored) if step.is_where]
    blocked += [of[number] for number in _second_holders(of, stored, "position", 1)]
    if administrators and all(number in of and of[number].is_end for number in administrators):
        blocked += [of[number] for number in administrators]
    for step in blocked:
        step.keep_where()
    addressless = [of[number] for number in _second_holders(of, stored, "work_email", 2)]
    for step in addressless:
        step.keep_email()
    return bool(blocked or addressless)


def _out_of_line(of: Mapping[str, Step], stored: Mapping[str, tuple[str | None, str | None, str]]) -> Iterator[Step]:
    """Those whose old manager is by now below them, or too deep."""
    managers = {
        number: of[number].back.get("manager", manager) if number in of else manager
        for number, (manager, _seat, _email) in stored.items()
    }
    rings = rings_of(managers)
    odd = [number for ring in rings for number in ring]
    if not rings:
        odd = [number for number, depth in depths_of(managers).items() if depth > DEEPEST]
    for number in odd:
        if number in of and "manager" in of[number].back:
            yield of[number]


def _second_holders(of: Mapping[str, Step], stored: Mapping[str, tuple[Any, ...]], name: str, place: int) -> list[str]:
    """Those who would get back what somebody else has by now, and keeps."""
    holders: dict[str, str] = {}
    for number, row in stored.items():
        if row[place] and not (number in of and name in of[number].back):
            holders[row[place].lower()] = number
    wanted = {number: str(step.back[name]).lower() for number, step in of.items() if step.back.get(name)}
    return [number for number, value in wanted.items() if holders.setdefault(value, number) != number]


def _keep(imported: EmployeeImport, steps: Sequence[Step]) -> None:
    kept = [step.change for step in steps if step.stays]
    for step in steps:
        step.change.conflicts = sorted(step.stays)
    imported.changes.exclude(conflicts=[]).update(conflicts=[])
    ImportChange.objects.bulk_update(kept, ["conflicts"], batch_size=BATCH)
    imported.undo = {
        "back": sum(step.acts and not step.stays for step in steps),
        "partly": sum(step.acts and bool(step.stays) for step in steps),
        "stays": sum(not step.acts and bool(step.stays) for step in steps),
        "never_came": sum(bool(step.back) and step.change.kind == ChangeKind.HIRED for step in steps),
        "accounts": sum(bool(step.is_where and step.change.account) for step in steps),
    }


def _free(steps: Sequence[Step], values: Mapping[str, Any]) -> None:
    """Take from everybody first what another may get back."""
    for batch in _in_batches(steps):
        Employee.objects.filter(pk__in=[step.change.employee_id for step in batch]).update(**values)


def _write(steps: Sequence[Step], codes: Mapping[str, Mapping[str, int]], by: Actor | None) -> None:
    people = Employee.objects.in_bulk([step.change.employee_id for step in steps])
    for step in steps:
        person = people[step.change.employee_id]
        for name, value in step.back.items():
            _set(person, name, value, codes)
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
    Employment.objects.bulk_create(
        [
            Employment(employee_id=step.change.employee_id or 0, **dict(zip(HISTORY, row, strict=True)))
            for step in steps
            for row in step.history or []
        ],
        batch_size=BATCH,
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
    events.employments_ended(gone, by=by)
    reopen_accounts([step.change.account for step in here if step.change.account], by=by)


def _in_batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
