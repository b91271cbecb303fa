"""Cycles that follow each person's calendar, and dates of the period that follows: exact for every day there is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.cycles.calendars import ONE_DAY, add_months, day_of, due_dates, hired_for, next_period
from performance.enums import CycleKind
from performance.models import ReviewCycle

DAY = datetime.date
DAYS = st.dates(DAY(1975, 1, 1), DAY(2035, 12, 31))
STARTS = st.dates(DAY(2020, 1, 1), DAY(2030, 12, 31))
LENGTHS = st.integers(0, 800)


def a_cycle(starts_on, length, **fields):
    return ReviewCycle(starts_on=starts_on, ends_on=starts_on + datetime.timedelta(days=length), **fields)


PERSONAL = st.one_of(
    st.just({"kind": CycleKind.ANNIVERSARY}),
    st.integers(1, 24).map(lambda months: {"kind": CycleKind.PROBATION, "months_after_hire": months}),
)


@pytest.mark.parametrize(
    ("hired_on", "year", "day"),
    [
        (DAY(2020, 2, 29), 2023, DAY(2023, 2, 28)),
        (DAY(2020, 2, 29), 2024, DAY(2024, 2, 29)),
        (DAY(2019, 2, 28), 2024, DAY(2024, 2, 28)),
        (DAY(2019, 3, 1), 2024, DAY(2024, 3, 1)),
    ],
)
def test_who_was_hired_on_a_leap_day_has_an_anniversary_every_year(hired_on, year, day):
    cycle = ReviewCycle(kind=CycleKind.ANNIVERSARY, starts_on=DAY(year, 1, 1), ends_on=DAY(year, 12, 31))

    assert day_of(cycle, hired_on) == day


@given(hired_on=DAYS, starts_on=STARTS, length=LENGTHS, kind=PERSONAL, opens_until=LENGTHS)
def test_the_database_finds_exactly_those_whose_day_has_come(hired_on, starts_on, length, kind, opens_until):
    cycle = a_cycle(starts_on, length, **kind)
    until = starts_on + datetime.timedelta(days=opens_until - 30)
    day = day_of(cycle, hired_on)

    found = any(first <= hired_on <= last for first, last in hired_for(cycle, until))

    assert found == (day is not None and day <= until)


@given(hired_on=DAYS, starts_on=STARTS)
def test_a_whole_year_holds_an_anniversary_of_everybody_hired_before(hired_on, starts_on):
    cycle = ReviewCycle(kind=CycleKind.ANNIVERSARY, starts_on=starts_on, ends_on=add_months(starts_on, 12) + ONE_DAY)

    assert (day_of(cycle, hired_on) is not None) == (add_months(hired_on, 12) <= cycle.ends_on)


@given(day=STARTS, today=STARTS, opens=st.integers(0, 90), own=st.integers(1, 60), manager=st.integers(1, 60))
def test_nobody_gets_less_time_than_promised(day, today, opens, own, manager):
    cycle = ReviewCycle(opens_days_before=opens, days_for_self=own, days_for_manager=manager)

    self_due_on, manager_due_on = due_dates(cycle, day, today)

    assert (self_due_on - today).days >= own
    assert (manager_due_on - self_due_on).days == manager


@given(starts_on=STARTS, length=LENGTHS, offsets=st.lists(LENGTHS, max_size=7))
def test_the_next_period_follows_without_a_gap_and_keeps_the_order_of_dates(starts_on, length, offsets):
    ends_on = starts_on + datetime.timedelta(days=length)
    dates = sorted(starts_on + datetime.timedelta(days=offset) for offset in offsets)

    move = next_period(starts_on, ends_on)

    assert move(starts_on) == ends_on + ONE_DAY
    assert [move(day) for day in dates] == sorted(move(day) for day in dates)
    assert move(ends_on) >= move(starts_on)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "next_ends_on"),
    [
        (DAY(2026, 1, 1), DAY(2026, 6, 30), DAY(2026, 12, 31)),
        (DAY(2027, 1, 1), DAY(2027, 12, 31), DAY(2028, 12, 31)),
        (DAY(2026, 7, 1), DAY(2026, 12, 31), DAY(2027, 6, 30)),
        (DAY(2026, 3, 2), DAY(2026, 3, 15), DAY(2026, 3, 29)),
    ],
)
def test_whole_months_are_followed_by_whole_months(starts_on, ends_on, next_ends_on):
    assert next_period(starts_on, ends_on)(ends_on) == next_ends_on
