"""Managers who arrive after their reports: they are noted, and joined as soon as somebody has the key they were named by."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Lower

from hrportal.people.enums import EmploymentStatus, ManagerKey
from hrportal.people.importing.rows import Row, RowError
from hrportal.people.importing.supply import Read
from hrportal.people.models import Employee, PendingManager


class Reference(NamedTuple):
    """How a manager was named."""

    key: ManagerKey
    value: str
    source: str = ""


class Arrival(NamedTuple):
    """Somebody who waited, and the number of the manager who has come."""

    waiting: PendingManager
    manager: str


def note_waiting(waiting: Mapping[int, Reference], starts_on: Mapping[int, datetime.date]) -> None:
    """Note whom these employees wait for, and from which day on; what they waited for before is forgotten."""
    PendingManager.objects.bulk_create(
        (
            PendingManager(
                employee_id=pk, key=named.key, source=named.source, value=named.value, starts_on=starts_on[pk]
            )
            for pk, named in waiting.items()
        ),
        update_conflicts=True,
        unique_fields=["employee"],
        update_fields=["key", "source", "value", "starts_on", "problem"],
    )


def forget_waiting(employee_ids: Iterable[int]) -> None:
    """Whoever has been given a manager, or none, waits no more."""
    PendingManager.objects.filter(employee__in=list(employee_ids)).delete()


def arrived() -> list[Arrival]:
    """Those whose manager has come meanwhile."""
    if not PendingManager.objects.exists():
        return []
    found = _with_arrivals().exclude(manager_number=None).select_related("employee").order_by("employee_id")
    return [Arrival(row, row.manager_number) for row in found]


def joining(arrivals: Iterable[Arrival]) -> Iterator[Read]:
    """What has come of waiting, as rows: from the day on that was said first."""
    for line, (row, manager) in enumerate(arrivals):
        number = row.employee.employee_number
        yield Read(line, number, Row(line, number, {"manager": manager}, since=row.starts_on), [])


def settle(arrivals: Iterable[Arrival], errors: Iterable[RowError]) -> None:
    """Forget those who were joined, and say of the others why they could not be."""
    problems = {error.line: error.reason for error in errors}
    joined = []
    for line, (row, _manager) in enumerate(arrivals):
        if line not in problems:
            joined.append(row.employee_id)
        elif row.problem != problems[line]:
            row.problem = problems[line]
            row.save(update_fields=["problem"])
    forget_waiting(joined)


def _with_arrivals() -> QuerySet[Any]:
    """With the number of whoever has the key by now. Somebody who has left is nobody's manager to wait for."""
    people = Employee.objects.exclude(status=EmploymentStatus.LEFT).order_by()
    by_number = people.filter(employee_number=OuterRef("value"))
    by_remote = people.filter(source=OuterRef("source"), remote_id=OuterRef("value")).exclude(remote_id="")
    by_email = (
        people.exclude(work_email="").annotate(address=Lower("work_email")).filter(address=Lower(OuterRef("value")))
    )
    ways = ((ManagerKey.NUMBER, by_number), (ManagerKey.REMOTE, by_remote), (ManagerKey.EMAIL, by_email))
    cases = [When(key=key, then=Subquery(found.values("employee_number")[:1])) for key, found in ways]
    return PendingManager.objects.of_those_here().annotate(manager_number=Case(*cases))
