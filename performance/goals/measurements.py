"""When a key result that recurs is measured again."""

import datetime

from performance.cycles.calendars import add_months
from performance.enums import Frequency

WEEK = datetime.timedelta(days=7)
MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3}


def next_measurement(frequency: str, after: datetime.date) -> datetime.date | None:
    """The day of the next measurement after one on `after`; None for what has no rhythm."""
    if frequency == Frequency.WEEKLY:
        return after + WEEK
    return add_months(after, MONTHS[Frequency(frequency)]) if frequency in MONTHS else None
