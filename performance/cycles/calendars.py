"""Dates of cycles, as plain arithmetic: each person's day in a cycle that follows their calendar, and the next period.

Months are added so that the end of a month stays within the month: 31 January plus one month is 28 (or 29) February, and
who was hired on 29 February has the anniversary on the 28th in the years between.
"""

import calendar
import datetime
from collections.abc import Callable, Iterator
from itertools import count

from performance.enums import CycleKind
from performance.models import ReviewCycle

Day = datetime.date
ONE_DAY = datetime.timedelta(days=1)
LONGEST_CAREER = 70
MONTHS_IN_A_YEAR = 12


def add_months(day: Day, months: int) -> Day:
    """The same day so many months later, or the last day of that month if it is shorter."""
    years, month = divmod(day.month - 1 + months, MONTHS_IN_A_YEAR)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def day_of(cycle: ReviewCycle, hired_on: Day) -> Day | None:
    """The day in the cycle's period that somebody hired then is reviewed for: the first anniversary, or the end of
    probation; None when the period holds no such day."""
    days = (add_months(hired_on, months) for months in _months_after_hire(cycle))
    return next((day for day in days if cycle.starts_on <= day <= cycle.ends_on), None)


def hired_for(cycle: ReviewCycle, until: Day) -> list[tuple[Day, Day]]:
    """The spans of hire dates (both ends included) that have such a day from the start of the period until a day.

    The inverse of `day_of`, so that a database can find the people of any day without computing anniversaries.
    """
    last = min(until, cycle.ends_on)
    if last < cycle.starts_on:
        return []
    spans = (
        (_first(cycle.starts_on, months), _first(last + ONE_DAY, months) - ONE_DAY)
        for months in _months_after_hire(cycle)
    )
    return [(first, final) for first, final in spans if first <= final]


def due_dates(cycle: ReviewCycle, day: Day, today: Day) -> tuple[Day, Day]:
    """When self-assessment and manager's review are due for a person's day. Nobody gets less than the days promised,
    however late the review was opened."""
    opened = max(day - datetime.timedelta(days=cycle.opens_days_before), today)
    own = opened + datetime.timedelta(days=cycle.days_for_self)
    return own, own + datetime.timedelta(days=cycle.days_for_manager)


def next_period(starts_on: Day, ends_on: Day) -> Callable[[Day], Day]:
    """How dates move when a period is followed by the next one of the same length: by months if it is whole months."""
    after = ends_on + ONE_DAY
    months = (after.year - starts_on.year) * MONTHS_IN_A_YEAR + after.month - starts_on.month

    def by_months(day: Day) -> Day:
        # A day is moved by the one after it, so that 30 June becomes 31 December and not the 30th.
        return add_months(day + ONE_DAY, months) - ONE_DAY

    return by_months if by_months(starts_on) == after else lambda day: day + (after - starts_on)


def _months_after_hire(cycle: ReviewCycle) -> Iterator[int]:
    if cycle.kind == CycleKind.PROBATION:
        return iter([cycle.months_after_hire or 0])
    return (years * MONTHS_IN_A_YEAR for years in range(1, LONGEST_CAREER))


def _first(day: Day, months: int) -> Day:
    """The first hire date that is, so many months later, on this day or after it."""
    guess = add_months(day, -months)
    return next(guess + step * ONE_DAY for step in count() if add_months(guess + step * ONE_DAY, months) >= day)
