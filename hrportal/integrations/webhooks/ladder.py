"""When a message is tried again, and how long an endpoint in trouble is left alone."""

import datetime
import random

from django.utils import timezone

SECOND, MINUTE, HOUR = (datetime.timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours"))

# How long after each failed attempt the next one comes: ten attempts in a little more than three days.
RUNGS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
MOST_ATTEMPTS = len(RUNGS) + 1
JITTER = 0.1

# The endpoint as a whole is in trouble: what is behind this message would fare no better just now.
TROUBLE = frozenset({None, 408, 425, 429, 502, 503, 504})
FAILURES_IN_A_ROW = 3
RESTS = [5 * SECOND, 30 * SECOND, MINUTE, 5 * MINUTE]


def next_try(attempts: int, wish: datetime.timedelta | None = None) -> datetime.datetime | None:
    """When to try again after so many attempts, not before the receiver's own `wish`; None when it was the last."""
    if attempts >= MOST_ATTEMPTS:
        return None
    rung = RUNGS[attempts - 1] * (1 + random.uniform(0, JITTER))  # noqa: S311  (spreads load, keeps no secret)
    return timezone.now() + max(rung, wish or rung)


def rest_of(failures: int, status: int | None, wish: datetime.timedelta | None) -> datetime.timedelta | None:
    """How long nothing is sent to an endpoint after its latest failure; None when the next message may go at once."""
    if wish is not None:
        return wish
    if status not in TROUBLE and failures < FAILURES_IN_A_ROW:
        return None
    return RESTS[min(failures, len(RESTS)) - 1]
