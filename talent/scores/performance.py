"""The performance level P: calibrated ratings of several cycles, the newest counting most, drawn a little to the mean.

P = (sum w_t * rating_t + mean) / (sum w_t + 1), with w_t = 0.5 ** t for the rating t cycles ago: one further, imagined cycle
of an average person keeps a single rating from saying too much. One cycle is right where people differ by as much as
their ratings err (both measured at about 0.6 steps of a scale of five on simulated organisations); the interval rests on
the same figure. The source is the empirical Bayes shrinkage of Efron and Morris (1975).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

HALF_LIFE = 0.5  # what a cycle weighs of the next newer one
PRIOR_WEIGHT = 1.0
ERROR_SD = 0.6
# About nine times in ten, as elsewhere in the portal.
Z = 1.96
ENOUGH_FOR_TREND = 3
LOWEST, HIGHEST = 1.0, 5.0


@dataclass(frozen=True)
class PerformancePart:
    """One rating and what it weighs: the newest 1, the one before half of it, and so on."""

    value: float
    weight: float

    @property
    def product(self) -> float:
        return self.weight * self.value


@dataclass(frozen=True)
class Trend:
    """Steps for each cycle, with the interval that ratings of so few cycles leave."""

    slope: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves no change out."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class PerformanceLevel:
    """The level on a scale from 1 to 5 with its interval and what it is made of, newest first."""

    value: float
    low: float
    high: float
    parts: tuple[PerformancePart, ...]
    mean: float
    trend: Trend | None = None

    @property
    def weight(self) -> float:
        """What all ratings weigh together, without the imagined cycle."""
        return sum(part.weight for part in self.parts)

    @property
    def total(self) -> float:
        return sum(part.product for part in self.parts)


def performance_level(values: Sequence[float], mean: float) -> PerformanceLevel | None:
    """P of calibrated ratings on a scale from 1 to 5, newest first, and the organisation's mean on it; None of none."""
    if not values:
        return None
    parts = tuple(PerformancePart(value, HALF_LIFE**ago) for ago, value in enumerate(values))
    weight = sum(part.weight for part in parts) + PRIOR_WEIGHT
    level = (sum(part.product for part in parts) + PRIOR_WEIGHT * mean) / weight
    margin = Z * ERROR_SD * sqrt(sum(part.weight**2 for part in parts) + PRIOR_WEIGHT**2) / weight
    low, high = max(LOWEST, level - margin), min(HIGHEST, level + margin)
    return PerformanceLevel(level, low, high, parts, mean, trend_of(values))


def trend_of(values: Sequence[float]) -> Trend | None:
    """The least-squares slope over cycles (newest first); None before the third."""
    if len(values) < ENOUGH_FOR_TREND:
        return None
    centre = (len(values) - 1) / 2
    steps = [centre - ago for ago in range(len(values))]
    spread = sum(step**2 for step in steps)
    slope = sum(step * value for step, value in zip(steps, values, strict=True)) / spread
    margin = Z * ERROR_SD / sqrt(spread)
    return Trend(slope, slope - margin, slope + margin)


def on_five_steps(value: float, lowest: float, highest: float) -> float | None:
    """A rating of any scale on one from 1 to 5; None on a scale without width."""
    width = highest - lowest
    return LOWEST + (HIGHEST - LOWEST) * (value - lowest) / width if width > 0 else None
