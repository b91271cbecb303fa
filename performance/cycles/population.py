"""Who is reviewed in a cycle, and who is not and why. Everyone is in, or out for exactly one reason."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, Count, Q, Value, When
from django.db.models.functions import ExtractDay, ExtractMonth
from django.utils import timezone

from hrportal.common.paths import any_of, at_or_below
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.models.employees import EmployeeQuerySet
from performance.cycles.calendars import ONE_DAY, hired_for
from performance.enums import CycleKind, LeftOut
from performance.models import Review, ReviewCycle, ReviewExemption

IN = ""
NOBODY = Q(pk__in=[])


@dataclass(frozen=True)
class Population:
    """The people of a cycle as of now: each row of `everyone` says in `left_out` why it is not in, or nothing."""

    everyone: Any  # employees with `left_out`, which the type of a queryset cannot say

    @property
    def included(self) -> EmployeeQuerySet:
        return self.everyone.filter(left_out=IN)

    @property
    def without_reviewer(self) -> EmployeeQuerySet:
        """Those nobody would review: they report to nobody, or to somebody who has left."""
        return self.included.filter(Q(manager=None) | Q(manager__status=EmploymentStatus.LEFT))

    def left_out(self, reason: LeftOut) -> EmployeeQuerySet:
        """Those who are out for this reason."""
        return self.everyone.filter(left_out=reason)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are in (under the empty reason) and out for each reason, in one query."""
        rows = self.everyone.order_by().values_list("left_out").annotate(Count("pk"))
        return dict(rows)

    @property
    def excluded(self) -> list[tuple[LeftOut, int]]:
        """The reasons that keep somebody out, with how many."""
        return [(reason, self.counts[reason]) for reason in LeftOut if self.counts.get(reason)]


def population_of(cycle: ReviewCycle) -> Population:
    """Everyone employed now in the cycle's units and below, as its rules say. People added by name are in although a
    rule would leave them out, and where no rule says who else, exactly they are; those exempt from all cycles, left out by
    name or gone are out in any case."""
    rules = [
        When(~_employed(), then=Value(LeftOut.LEFT)),
        When(_one_of(cycle.excluded_people), then=Value(LeftOut.BY_NAME)),
        When(Q(pk__in=ReviewExemption.objects.current().values("employee")), then=Value(LeftOut.EXEMPT)),
        When(_one_of(cycle.included_people) & _has_day(cycle), then=Value(IN)),
        *(When(condition, then=Value(reason)) for reason, condition in _rules_of(cycle)),
    ]
    left_out = Case(*rules, default=Value(IN), output_field=CharField())
    return Population(Employee.objects.annotate(left_out=left_out))


def people_without_review(cycle: ReviewCycle, today: datetime.date | None = None) -> EmployeeQuerySet:
    """Who is in the population, has no review in the cycle yet, and should have one by today: in a cycle that follows
    each person's calendar, those whose day is near enough."""
    people = population_of(cycle).included.exclude(pk__in=_reviewed(cycle))
    if not cycle.is_personal:
        return people
    return people.filter(_hired_for(cycle, _opens_until(cycle, today or timezone.localdate())))


def people_to_come(cycle: ReviewCycle) -> EmployeeQuerySet:
    """Who is still to come in a cycle that follows each person's calendar, the next first."""
    until = _opens_until(cycle, timezone.localdate())
    people = population_of(cycle).included.exclude(pk__in=_reviewed(cycle)).exclude(_hired_for(cycle, until))
    if cycle.kind == CycleKind.PROBATION:
        return people.order_by("hired_on", "pk")
    first = max(until + ONE_DAY, cycle.starts_on)
    later = Q(month__gt=first.month) | Q(month=first.month, day__gte=first.day)
    turn = Case(When(later, then=Value(0)), default=Value(1))
    people = people.annotate(month=ExtractMonth("hired_on"), day=ExtractDay("hired_on"), turn=turn)
    return people.order_by("turn", "month", "day", "pk")


def _rules_of(cycle: ReviewCycle) -> Iterator[tuple[LeftOut, Q]]:
    if is_by_name(cycle):
        yield LeftOut.NOT_NAMED, ~_one_of(cycle.included_people)
    if place := _places(cycle.org_units):
        yield LeftOut.NO_UNIT, Q(org_unit=None)
        yield LeftOut.ELSEWHERE, ~place
    if place := _places(cycle.excluded_units):
        yield LeftOut.UNIT, Q(org_unit__isnull=False) & place
    if cycle.job_families:
        yield LeftOut.JOB, Q(job=None) | ~Q(job__family__in=cycle.job_families)
    if cycle.hired_until:
        yield LeftOut.HIRED_LATE, Q(hired_on__gt=cycle.hired_until)
    if cycle.is_personal:
        yield LeftOut.NO_HIRE_DATE, Q(hired_on=None)
        yield LeftOut.NO_DAY, ~_hired_for(cycle, cycle.ends_on)


def is_by_name(cycle: ReviewCycle) -> bool:
    """Whether people are named and no rule says who else is in: then it is about exactly them."""
    has_rule = cycle.job_families or cycle.hired_until or cycle.org_units.exists() or cycle.excluded_units.exists()
    return not has_rule and cycle.included_people.exists()


def _employed() -> Q:
    return Q(status__in=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE])


def _one_of(people: Any) -> Q:
    return Q(pk__in=people.values("pk"))


def _places(units: Any) -> Q | None:
    paths = list(units.order_by().values_list("path", flat=True))
    return any_of(at_or_below(path, field="org_unit__path") for path in paths) if paths else None


def _has_day(cycle: ReviewCycle) -> Q:
    return _hired_for(cycle, cycle.ends_on) if cycle.is_personal else ~NOBODY


def _hired_for(cycle: ReviewCycle, until: datetime.date) -> Q:
    return any_of(Q(hired_on__range=span) for span in hired_for(cycle, until))


def _opens_until(cycle: ReviewCycle, today: datetime.date) -> datetime.date:
    return today + datetime.timedelta(days=cycle.opens_days_before)


def _reviewed(cycle: ReviewCycle) -> Any:
    return Review.objects.filter(cycle=cycle).values("employee")
