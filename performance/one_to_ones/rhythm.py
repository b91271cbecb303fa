"""The days of a rhythm. They are counted from its first day, so that a monthly talk on the 31st comes back to the 31st."""

import calendar
import datetime

from performance.enums import Rhythm

DAYS = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}


def next_day(rhythm: str, first_on: datetime.date, after: datetime.date) -> datetime.date | None:
    """The first day of the rhythm later than `after`; None for one without a rhythm."""
    if rhythm == Rhythm.NONE:
        return None
    if after < first_on:
        return first_on
    if rhythm == Rhythm.MONTHLY:
        return _next_month_day(first_on, after)
    length = DAYS[Rhythm(rhythm)]
    return first_on + datetime.timedelta(days=((after - first_on).days // length + 1) * length)


def _next_month_day(first_on: datetime.date, after: datetime.date) -> datetime.date:
    here = _day_in(after.year, after.month, first_on.day)
    if here > after:
        return here
    years, month = divmod(after.month, 12)
    return _day_in(after.year + years, month + 1, first_on.day)


def _day_in(year: int, month: int, day: int) -> datetime.date:
    """This day of a month, or the last one of a shorter month."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
