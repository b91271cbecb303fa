"""How well a critical role is covered. Pure: numbers and days in, a verdict out.

Depth counts approved successors who work here, without emergency cover: somebody who can hold the fort for a month
is not a successor. A bench nobody looked at for a quarter is stale whatever it holds; what it was is shown beside.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from talent.enums import BenchHealth
from talent.freshness import SUCCESSION_BUDGET, oldest_fresh

ENOUGH_DEPTH = 2


@dataclass(frozen=True)
class Strength:
    """What a bench holds: successors who count, those of them ready now, and when somebody last looked."""

    depth: int
    ready_now: int
    reviewed_on: datetime.date | None

    @property
    def has_coverage(self) -> bool:
        """Somebody could take the role now."""
        return self.ready_now > 0

    @property
    def cover(self) -> BenchHealth:
        """What the bench holds, whenever that was last looked at."""
        if not self.depth:
            return BenchHealth.EMPTY
        if not self.has_coverage or self.depth < ENOUGH_DEPTH:
            return BenchHealth.THIN
        return BenchHealth.COVERED

    def is_stale(self, today: datetime.date) -> bool:
        """Whether nobody looked for longer than the budget, or ever."""
        return self.reviewed_on is None or self.reviewed_on < oldest_fresh(SUCCESSION_BUDGET, today)

    def health(self, today: datetime.date) -> BenchHealth:
        """The verdict: stale before all else, then what it holds."""
        return BenchHealth.STALE if self.is_stale(today) else self.cover


def is_covered() -> Q:
    """`Strength.cover` as conditions on rows that know their `depth` and `ready_now`."""
    return Q(depth__gte=ENOUGH_DEPTH, ready_now__gt=0)


def is_empty() -> Q:
    return Q(depth=0)


def is_thin() -> Q:
    return ~is_covered() & ~is_empty()


def is_stale(today: datetime.date) -> Q:
    return Q(reviewed_on=None) | Q(reviewed_on__lt=oldest_fresh(SUCCESSION_BUDGET, today))


def rows_of(health: str, today: datetime.date) -> Q:
    """Benches that show a colour. A stale bench is found under what it holds as well: an empty one is empty at any age."""
    return {
        BenchHealth.COVERED: is_covered(),
        BenchHealth.THIN: is_thin(),
        BenchHealth.EMPTY: is_empty(),
        BenchHealth.STALE: is_stale(today),
    }[BenchHealth(health)]
