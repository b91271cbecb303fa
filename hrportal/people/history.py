"""The effective-dated history: rows that touch but never overlap, each in force from its first day to its last.

A change is written into the row in force on its day: that row ends the day before, and a new one runs on to where the old
one ended. What is already known to come later stays as it was said.
"""

import datetime
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Employment

PLACE = ("manager", "org_unit", "job", "position", "location", "legal_entity")
ONE_DAY = timedelta(days=1)


def write_place(employee: Employee, on: datetime.date, changes: Mapping[str, Any]) -> list[str]:
    """Write what changes on a day into the history; the names of the fields that really differ."""
    row = _row_on(employee, on)
    changed = [name for name, value in changes.items() if getattr(row, f"{name}_id") != getattr(value, "pk", None)]
    if not changed:
        return []
    if row.pk and row.starts_on < on:
        row = _split(row, on)
    for name in changed:
        setattr(row, name, changes[name])
    row.save()
    return changed


def close_history(employee: Employee, left_on: datetime.date) -> None:
    """End the history on somebody's last day and drop what was to come after it."""
    rows = Employment.objects.filter(employee=employee)
    rows.filter(starts_on__gt=left_on).delete()
    if last := rows.order_by("-starts_on").first():
        last.ends_on = left_on
        last.save(update_fields=["ends_on"])


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


def _split(row: Employment, on: datetime.date) -> Employment:
    """End a row the day before; a copy of it, not saved yet, runs from that day on."""
    rest = Employment(employee_id=row.employee_id, starts_on=on, ends_on=row.ends_on, **place_of(row))
    row.ends_on = on - ONE_DAY
    row.save(update_fields=["ends_on"])
    return rest


def _row_on(employee: Employee, on: datetime.date) -> Employment:
    rows = Employment.objects.filter(employee=employee)
    return rows.on(on).first() or _row_where_none_was(employee, on)


def _row_where_none_was(employee: Employee, on: datetime.date) -> Employment:
    """The row a day would have: before the first one known, in a gap, or of somebody without any history."""
    later = Employment.objects.filter(employee=employee, starts_on__gt=on).order_by("starts_on").first()
    if later:
        return Employment(employee=employee, starts_on=on, ends_on=later.starts_on - ONE_DAY, **place_of(later))
    known_before = employee.hired_on and employee.hired_on < on and not employee.history.exists()
    row = Employment(employee=employee, starts_on=employee.hired_on if known_before else on, **place_of(employee))
    if known_before:
        row.save()
    return row
