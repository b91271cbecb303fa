"""Who is reviewed in a cycle, and who is not and why."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from hrportal.common.paths import any_of, at_or_below
from hrportal.people.models import Employee
from hrportal.people.models.employees import EmployeeQuerySet
from performance.models import ReviewCycle


@dataclass(frozen=True)
class Population:
    """The people of a cycle, those of its units who are left out with the reason in words, and those nobody would review."""

    included: EmployeeQuerySet
    excluded: list[tuple[str, int]]
    without_reviewer: EmployeeQuerySet


def population_of(cycle: ReviewCycle) -> Population:
    """Everyone employed now in the cycle's units and below, hired in time; nobody knows of a hire date means in time."""
    place = _place(cycle)
    employed = Employee.objects.employed().filter(place)
    late = Q(hired_on__gt=cycle.hired_until) if cycle.hired_until else Q(pk__in=[])
    included = employed.exclude(late)
    reasons = [
        (_("do not work here now"), Employee.objects.filter(place).count() - employed.count()),
        (_("were hired too late for this cycle"), employed.filter(late).count()),
        (_("are in no unit"), _without_unit(cycle)),
    ]
    return Population(
        included=included,
        excluded=[(words, count) for words, count in reasons if count],
        without_reviewer=included.filter(manager=None),
    )


def _place(cycle: ReviewCycle) -> Q:
    paths = list(cycle.org_units.values_list("path", flat=True))
    return any_of(at_or_below(path, field="org_unit__path") for path in paths) if paths else ~Q(pk__in=[])


def _without_unit(cycle: ReviewCycle) -> int:
    if not cycle.org_units.exists():
        return 0
    return Employee.objects.employed().filter(org_unit=None).count()
