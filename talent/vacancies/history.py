"""What the employment history says about seats: who held one last, since when it is vacant, and where its holder came from."""

import datetime
from collections.abc import Collection

from hrportal.people.models import Employee, Employment
from talent.enums import FillSource
from talent.models import Successor


def last_rows(position_ids: Collection[int], today: datetime.date) -> dict[int, Employment]:
    """The newest row of each seat that began by today, with its person, by seat; one query."""
    rows = Employment.objects.filter(position__in=position_ids, starts_on__lte=today).select_related("employee")
    return {row.position_id or 0: row for row in rows.order_by("position_id", "starts_on", "pk")}


def holders_before(position_ids: Collection[int], today: datetime.date) -> dict[int, int]:
    """Who held each seat last, by seat."""
    return {position: row.employee_id for position, row in last_rows(position_ids, today).items()}


def source_of(
    employee: Employee | None, successor: Successor | None, position_id: int, filled_on: datetime.date
) -> FillSource:
    """Where whoever takes a seat comes from: the bench; outside, if they were hired for it (into it, or not before that
    day); else inside.

    The readiness audit says "outside" of those hired on the day they took the seat or later, as this does.
    """
    if successor is not None:
        return FillSource.BENCH
    if employee is None or (employee.hired_on and employee.hired_on >= filled_on):
        return FillSource.EXTERNAL
    first = Employment.objects.filter(employee=employee).order_by("starts_on").first()
    is_first_seat = first is not None and first.position_id == position_id
    return FillSource.EXTERNAL if is_first_seat else FillSource.INTERNAL
