"""The demo company's calendar: everything is told relative to today, so the company always looks alive."""

import datetime
from dataclasses import dataclass
from random import Random

from django.utils import timezone

YEAR = datetime.timedelta(days=364)  # whole weeks, so that due days stay working days
PAST_CYCLES = 3


def days(count: float) -> datetime.timedelta:
    """So many days."""
    return datetime.timedelta(days=count)


def at(day: datetime.date, luck: Random) -> datetime.datetime:
    """Some moment of a working day."""
    moment = datetime.time(luck.randint(7, 17), luck.randint(0, 59), luck.randint(0, 59))
    return datetime.datetime.combine(day, moment, tzinfo=timezone.get_default_timezone())


def between(first: datetime.date, last: datetime.date, luck: Random) -> datetime.date:
    """Some day of a span, both ends included."""
    return first + days(luck.randint(0, max(0, (last - first).days)))


@dataclass(frozen=True)
class Round:
    """The dates of one review cycle; `age` 0 is the one under way, in calibration today."""

    age: int
    starts_on: datetime.date
    ends_on: datetime.date
    launched_on: datetime.date
    self_due_on: datetime.date
    manager_due_on: datetime.date
    calibration_due_on: datetime.date
    share_on: datetime.date

    @property
    def name(self) -> str:
        first, last = self.starts_on.year, self.ends_on.year
        return f"Annual review {last}" if first == last else f"Annual review {first}/{last % 100:02}"


@dataclass(frozen=True)
class Calendar:
    """All dates, from the day the company is made."""

    today: datetime.date

    @property
    def yesterday(self) -> datetime.date:
        return self.today - days(1)

    def round(self, age: int) -> Round:
        """The review cycle so many years ago."""
        now = self.today - YEAR * age
        # Two to six weeks ago a month ended, and with it the year that is reviewed.
        ends_on = (self.today - days(14)).replace(day=1) - days(1)
        ends_on = _years_before(ends_on, age)
        return Round(
            age=age,
            starts_on=_years_before(ends_on, 1) + days(1),
            ends_on=ends_on,
            launched_on=now - days(26),
            self_due_on=now - days(9),
            manager_due_on=now,
            calibration_due_on=now + days(11),
            share_on=now + days(20),
        )

    @property
    def rounds(self) -> list[Round]:
        """All review cycles, oldest first."""
        return [self.round(age) for age in range(PAST_CYCLES, -1, -1)]


def _years_before(month_end: datetime.date, years: int) -> datetime.date:
    """The end of the same month some years earlier."""
    first_of_next = (month_end + days(1)).replace(day=1)
    return first_of_next.replace(year=first_of_next.year - years) - days(1)
