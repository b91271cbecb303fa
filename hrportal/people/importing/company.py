"""What is stored that rows can concern: the whole company, or where few rows change something, their neighbourhood."""

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.db.models.functions import Lower

from hrportal.common.paths import ids_of
from hrportal.people.enums import EmploymentStatus
from hrportal.people.importing.resolving import KEEP, Known, Sketch
from hrportal.people.models import Employee

# With more rows than this, or more people below those who move, reading everyone is cheaper than asking who is near.
FEW = 5000
FEW_BELOW = 20_000
_KNOWN = ("id", "manager__employee_number", "work_email", "position__code", "hired_on", "left_on", "path")


def people_of_source(source: str) -> frozenset[str]:
    """The numbers of those who work here and came from one source."""
    working = Employee.objects.filter(source=source).exclude(status=EmploymentStatus.LEFT).order_by()
    return frozenset(working.values_list("employee_number", flat=True))


def load_company(sketches: Mapping[str, Sketch], missing: frozenset[str]) -> dict[str, Known]:
    """Who is stored, by employee number, as far as these rows and leavers can concern them."""
    found = Employee.objects.filter(_neighbourhood(sketches, missing)).order_by()
    known = {}
    for number, status, *values in found.values_list("employee_number", "status", *_KNOWN).iterator():
        row = Known._make(values)
        # The last day of somebody who has left does not bind one who comes back.
        known[number] = row._replace(left_on=None) if status == EmploymentStatus.LEFT else row
    return known


def _neighbourhood(sketches: Mapping[str, Sketch], missing: frozenset[str]) -> Q:
    """These people, those they name or take something from, all above them, and all below whoever moves."""
    if len(sketches) + len(missing) > FEW:
        return Q()
    near = {pk: (number, manager, path) for pk, number, manager, path in _near(sketches, missing)}
    teams = _below([pk for pk, (number, manager, _path) in near.items() if _moves(sketches.get(number), manager)])
    if len(teams) > FEW_BELOW:
        return Q()
    above = {pk for _number, _manager, path in near.values() for pk in ids_of(path)}
    return Q(pk__in=above | near.keys() | teams)


def _below(heads: Sequence[int]) -> set[int]:
    """Everybody below these people, level by level: of few of them or of thousands, a query for each level of the company.
    It stops where so many are found that everyone is read."""
    found: set[int] = set()
    level = set(heads)
    while level and len(found) <= FEW_BELOW:
        level = set(Employee.objects.filter(manager__in=level).order_by().values_list("pk", flat=True)) - found
        found |= level
    return found


def _near(sketches: Mapping[str, Sketch], missing: frozenset[str]) -> list[tuple[int, str, str | None, str]]:
    managers = {row.manager for row in sketches.values() if row.manager not in (KEEP, None)}
    managers |= {row.later_manager for row in sketches.values() if row.later_manager}
    emails = {row.email.lower() for row in sketches.values() if row.email not in (KEEP, "")}
    seats = {row.position for row in sketches.values() if row.position not in (KEEP, None)}
    named = Q(employee_number__in=[*sketches, *missing, *managers])
    holders = [Q(address__in=emails)] if emails else []
    holders += [Q(position__code__in=seats)] if seats else []
    people = Employee.objects.annotate(address=Lower("work_email")).order_by()
    found: list[tuple[int, str, str | None, str]] = []
    for condition in [named, *holders]:  # one question each, so that each finds its index
        found += people.filter(condition).values_list("pk", "employee_number", "manager__employee_number", "path")
    return found


def _moves(row: Sketch | None, manager: str | None) -> bool:
    return row is not None and row.manager is not KEEP and row.manager != manager
