"""Writing the changes of an import, batch by batch: the number of statements grows with batches, not with people."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hrportal.common.copying import write_values
from hrportal.journal.recording import Actor
from hrportal.people import events
from hrportal.people.history import PLACE, place_of, row_on, with_end, with_place, with_place_since
from hrportal.people.importing.closing import close_accounts, follow_addresses
from hrportal.people.importing.comparing import Change, Kind
from hrportal.people.models import Employee, Employment

NOT_WRITTEN = {"id", "employee_number", "path", "created_at"}
COLUMNS = [field.name for field in Employee._meta.concrete_fields if field.name not in NOT_WRITTEN]
PLACE_IDS = [f"{name}_id" for name in PLACE]
HISTORY_COLUMNS = ["starts_on", "ends_on", *PLACE_IDS]
# Somebody of whom nothing is said yet.
NEW: dict[str, Any] = {field.attname: field.get_default() for field in Employee._meta.concrete_fields}


@dataclass(frozen=True)
class Writer:
    """Writes changes. `ids` are those of every code by column, and of every employee number under "manager"."""

    ids: Mapping[str, Mapping[str, int]]
    paths: Mapping[int, str]
    effective_on: datetime.date
    today: datetime.date
    by: Actor | None

    def write(self, changes: Sequence[Change]) -> None:
        """Write one batch: people, their history, their accounts, and one fact for each."""
        hired = [change for change in changes if change.kind == Kind.HIRED]
        others = [change for change in changes if change.kind != Kind.HIRED]
        self._hire(hired)
        if others:
            self._change(others)

    def _hire(self, changes: Sequence[Change]) -> None:
        now = timezone.now()
        people = [self._new_employee(change, now) for change in changes]
        write_values(Employee, list(NEW), [list(person.values()) for person in people])
        write_values(
            Employment,
            ["employee_id", *HISTORY_COLUMNS],
            [
                [person["id"], change.starts_on or self.effective_on, person["left_on"], *map(person.get, PLACE_IDS)]
                for person, change in zip(people, changes, strict=True)
            ],
        )
        events.employees_hired([person["id"] for person in people], by=self.by)

    def _new_employee(self, change: Change, now: datetime.datetime) -> dict[str, Any]:
        """The columns of somebody new, always in the same order."""
        pk = self._id_of(change)
        columns = NEW | {"id": pk, "employee_number": change.number, "path": self.paths[pk]}
        columns["created_at"] = columns["updated_at"] = now
        for name, (_old, new) in change.fields.items():
            if name in PLACE:
                columns[f"{name}_id"] = self._id(name, new)
            else:
                columns[name] = new
        return columns

    def _change(self, changes: Sequence[Change]) -> None:
        people = Employee.objects.in_bulk([self._id_of(change) for change in changes])
        histories = defaultdict(list)
        for row in Employment.objects.filter(employee_id__in=people).order_by("starts_on"):
            histories[row.employee_id].append(row)
        rewritten = Rewritten()
        for change in changes:
            person = people[self._id_of(change)]
            self._rewrite(rewritten, change, person, histories[person.pk])
            self._set(person, change)
            person.updated_at = timezone.now()
        _save_people(people.values())
        rewritten.save()
        self._announce(changes, people)

    def _rewrite(self, rewritten: "Rewritten", change: Change, person: Employee, rows: list[Employment]) -> None:
        """The history of one person: where they are now, from when, and until when."""
        columns = self._place(change)
        if change.kind == Kind.RETURNED:
            rewritten.add([_new_spell(person, rows, change.starts_on or self.effective_on, place_of(person) | columns)])
        elif columns and change.kind == Kind.CHANGED:
            saved = (
                with_place_since(person, rows, change.since, columns)
                if change.since
                else with_place(person, rows, self._day_of_change(change, person, rows), columns)
            )
            rewritten.add(saved)
            rows += [row for row in saved if row not in rows]
        if "left_on" in change.fields and change.kind != Kind.RETURNED:
            dropped, last = with_end(rows, change.new("left_on"))
            rewritten.drop(dropped)
            rewritten.add([last] if last else [])

    def _day_of_change(self, change: Change, person: Employee, rows: list[Employment]) -> datetime.date:
        """A file speaks of now: its change is never dated before the latest one that is already in force."""
        on = change.on or self.effective_on
        if change.in_history:
            return on
        now = row_on(person, rows, self.today)
        if now.pk is None and rows:
            return max(on, rows[0].starts_on)
        return max(on, now.starts_on) if now.pk else on

    def _place(self, change: Change) -> dict[str, int | None]:
        return {f"{name}_id": self._id(name, change.new(name)) for name in PLACE if name in change.fields}

    def _set(self, person: Employee, change: Change) -> None:
        for column, value in self._place(change).items() if not change.in_history else ():
            setattr(person, column, value)
        for name, (_old, new) in change.fields.items():
            if name not in PLACE:
                setattr(person, name, new)

    def _id_of(self, change: Change) -> int:
        return self.ids["manager"][change.number]

    def _id(self, name: str, code: Any) -> int | None:
        return None if code is None else self.ids[name][code]

    def _announce(self, changes: Sequence[Change], people: Mapping[int, Employee]) -> None:
        of_kind = defaultdict(list)
        for change in changes:
            of_kind[change.kind].append(people[self._id_of(change)])
        events.employees_hired([person.pk for person in of_kind[Kind.RETURNED]], by=self.by)
        changed = {self._id_of(change): sorted(change.fields) for change in changes if change.kind == Kind.CHANGED}
        events.employees_changed(changed, by=self.by)
        follow_addresses([people[self._id_of(change)] for change in changes if "work_email" in change.fields])
        ended = of_kind[Kind.ENDED]
        close_accounts(ended, by=self.by)
        events.employments_ended([person.pk for person in ended], by=self.by)


class Rewritten:
    """The history rows of a batch that are to be saved or dropped."""

    def __init__(self) -> None:
        self._saved: dict[int, Employment] = {}
        self._dropped: list[Employment] = []

    def add(self, rows: Iterable[Employment]) -> None:
        self._saved |= {id(row): row for row in rows}

    def drop(self, rows: Iterable[Employment]) -> None:
        self._dropped += rows

    def save(self) -> None:
        """Rows that end first, so that nobody ever has two open ones."""
        dropped = {id(row) for row in self._dropped}
        rows = [row for row in self._saved.values() if id(row) not in dropped]
        Employment.objects.filter(pk__in=[row.pk for row in self._dropped if row.pk]).delete()
        stored = [row for row in rows if row.pk]
        if stored:
            Employment.objects.bulk_create(
                stored, update_conflicts=True, unique_fields=["id"], update_fields=HISTORY_COLUMNS
            )
        Employment.objects.bulk_create([row for row in rows if not row.pk])


def _new_spell(
    person: Employee, rows: Sequence[Employment], starts_on: datetime.date, place: Mapping[str, int | None]
) -> Employment:
    """The history row of somebody who has come back; one that began and ended on this very day goes on."""
    row = rows[-1] if rows and rows[-1].starts_on == starts_on else Employment(employee=person, starts_on=starts_on)
    row.ends_on = None
    for column, value in place.items():
        setattr(row, column, value)
    return row


def _save_people(people: Iterable[Employee]) -> None:
    # An insert that meets its own row and updates it: one statement for the batch, where bulk_update writes a CASE per cell.
    Employee.objects.bulk_create(people, update_conflicts=True, unique_fields=["id"], update_fields=COLUMNS)


def free_seats_and_addresses(givers: Mapping[str, list[int]]) -> None:
    """Take seats and mail addresses from those who give them up to somebody else in the same file."""
    Employee.objects.filter(pk__in=givers["position"]).update(position=None)
    Employee.objects.filter(pk__in=givers["email"]).update(work_email="")
