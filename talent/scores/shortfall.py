"""How many seats could not be filled by somebody at the level they ask for.

Whoever has a level can also sit where less is asked for, so the seats that stay empty in the best arrangement are the
largest excess, over all levels, of seats that ask for at least that level above people who have at least it (Hall's
theorem for nested sets). Source of the notion "need minus supply at level": science.md 4, "Projected need".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LEVELS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class AtLevel:
    """Seats asking for at least a level beside people known to have at least it; between `low` and `high` are missing."""

    level: int
    need: int
    have: int
    low: int
    high: int


@dataclass(frozen=True)
class Shortfall:
    """How many are missing: at least `low` (if all who were not assessed had the highest level), at most `high` (if none
    of them had any)."""

    lines: tuple[AtLevel, ...]
    unknown: int

    @property
    def low(self) -> int:
        return max(line.low for line in self.lines)

    @property
    def high(self) -> int:
        return max(line.high for line in self.lines)

    @property
    def need(self) -> int:
        """All seats that ask for it."""
        return self.lines[0].need

    @property
    def is_certain(self) -> bool:
        return self.low == self.high


def at_least(levels: Iterable[int]) -> list[int]:
    """Of some levels, how many are at least 1, 2, 3, 4 and 5."""
    found = list(levels)
    return [sum(level >= wanted for level in found) for wanted in LEVELS]


def shortfall(need: Sequence[int], have: Sequence[int], unknown: int) -> Shortfall:
    """From numbers "at least this level", of seats and of people, and the number of people who were not assessed."""
    lines = tuple(
        AtLevel(level, needed, there, max(0, needed - there - unknown), max(0, needed - there))
        for level, needed, there in zip(LEVELS, need, have, strict=True)
    )
    return Shortfall(lines, unknown)
