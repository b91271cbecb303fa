"""The effective-dated history: rows that touch but never overlap, each in force from its first day to its last.

A change is written into the row in force on its day: that row ends the day before, and a new one runs on to where the old
one ended. What is already known to come later stays as it was said.
"""

import datetime
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Employment

PLACE = ("manager", "org_unit", "job", "position", "location", "legal_entity")
ONE_DAY = timedelta(days=1)


def write_place(employee: Employee, on: datetime.date, changes: Mapping[str, Any]) -> list[str]:
    """Write what changes on a day into the history; the names of the fields that really differ."""
    columns = {f"{name}_id": getattr(value, "pk", None) for name, value in changes.items()}
    rows = list(employee.history.order_by("starts_on"))
    before = place_of(row_on(employee, rows, on))
    for row in with_place(employee, rows, on, columns):
        row.save()
    return [name for name in changes if before[f"{name}_id"] != columns[f"{name}_id"]]


def close_history(employee: Employee, left_on: datetime.date) -> None:
    """End the history on somebody's last day and drop what was to come after it."""
    dropped, last = with_end(list(employee.history.order_by("starts_on")), left_on)
    Employment.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    if last:
        last.save(update_fields=["ends_on"])


def with_place(
    employee: Employee, rows: Sequence[Employment], on: datetime.date, columns: Mapping[str, int | None]
) -> list[Employment]:
    """The rows to save, in this order, so that `columns` hold from a day on; none when they do already.

    `rows` are all of one employee, oldest first.
    """
    row = row_on(employee, rows, on)
    if all(getattr(row, column) == value for column, value in columns.items()):
        return []
    ended = []
    if row.starts_on < on:
        rest = Employment(employee_id=employee.pk, starts_on=on, ends_on=row.ends_on, **place_of(row))
        row.ends_on = on - ONE_DAY
        ended, row = [row], rest
    for column, value in columns.items():
        setattr(row, column, value)
    return [*ended, row]


def with_place_since(
    employee: Employee, rows: Sequence[Employment], since: datetime.date, columns: Mapping[str, int | None]
) -> list[Employment]:
    """The rows to save so that `columns` have held from an earlier day on, wherever until now the present was kept."""
    now = {column: getattr(employee, column) for column in columns}
    later = [row for row in rows if row.starts_on > since and all(getattr(row, c) == now[c] for c in columns)]
    first = max(since, rows[0].starts_on) if rows else since
    saved = with_place(employee, rows, first, columns)
    for row in later:
        for column, value in columns.items():
            setattr(row, column, value)
    return [*saved, *(row for row in later if row not in saved)]


def with_end(rows: Sequence[Employment], left_on: datetime.date | None) -> tuple[list[Employment], Employment | None]:
    """The rows that never come to be when somebody leaves, and their last one, ended (None: open again)."""
    if not rows:
        return [], None
    kept = [row for row in rows if left_on is None or row.starts_on <= left_on] or [rows[0]]
    last = kept[-1]
    last.ends_on = max(left_on, last.starts_on) if left_on else None
    return [row for row in rows if row not in kept], last


def row_on(employee: Employee, rows: Sequence[Employment], on: datetime.date) -> Employment:
    """The row in force on a day. Where none was, the one it would have been, not saved."""
    for row in rows:
        if row.starts_on <= on and (row.ends_on is None or row.ends_on >= on):
            return row
    later = next((row for row in rows if row.starts_on > on), None)
    if later:
        return Employment(employee_id=employee.pk, starts_on=on, ends_on=later.starts_on - ONE_DAY, **place_of(later))
    first = employee.hired_on
    starts_on = first if first and first < on and not rows else on
    return Employment(employee_id=employee.pk, starts_on=starts_on, **place_of(employee))


def place_of(row: Employment | Employee) -> dict[str, Any]:
    """Where this row puts somebody, as ids by column."""
    return {f"{name}_id": getattr(row, f"{name}_id") for name in PLACE}


def out_of_date(today: datetime.date) -> QuerySet[Employment]:
    """The rows in force today of people who are not yet (or no longer) shown where the row puts them."""
    same = Q()
    for name in PLACE:
        theirs = f"employee__{name}"
        same &= Q(**{name: F(theirs)}) | Q(**{name: None, theirs: None})
    return Employment.objects.on(today).exclude(employee__status=EmploymentStatus.LEFT).exclude(same)
