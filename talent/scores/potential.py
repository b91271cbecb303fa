"""The potential level Q: the mean of learning agility, adaptability and leadership capability, each the mean of its raters.

A rater answers to behaviours from 1 to 5 or has not observed them; a dimension counts for a rater who observed at least
three behaviours, and for the person once two raters did. Aspiration and engagement are asked and shown beside, and never
enter Q. No rating of performance goes in.

The interval comes from how far raters lie apart. Two or three raters say little about that by themselves, so their
variance is drawn to the usual one (0.6 steps, weighing as four degrees of freedom; Smyth 2004):
s² = (4 * 0.6² + sum d_r²) / (4 + n - 1), where d_r is how far rater r lies from the mean, over the dimensions they
answered; Q ± 1.96 * s / sqrt(n) holds about nine times in ten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from talent.enums import PotentialDimension

BEHAVIOURS_NEEDED = 3
RATERS_NEEDED = 2
DISAGREEMENT = 1.0  # a level
USUAL_SD = 0.6
USUAL_WEIGHT = 4
Z = 1.96
LOWEST, HIGHEST = 1.0, 5.0

MAKE_Q = (PotentialDimension.LEARNING, PotentialDimension.ADAPTABILITY, PotentialDimension.LEADERSHIP)

# What one rater answered: for each dimension, one answer for each behaviour; None was not observed.
Answers = Mapping[PotentialDimension, Sequence[int | None]]


@dataclass(frozen=True)
class DimensionLevel:
    """One dimension: the mean of each rater (None: observed too little), and of them all once there are enough."""

    dimension: PotentialDimension
    by_rater: tuple[float | None, ...]

    @property
    def known(self) -> list[float]:
        return [value for value in self.by_rater if value is not None]

    @property
    def raters(self) -> int:
        return len(self.known)

    @property
    def value(self) -> float | None:
        return sum(self.known) / self.raters if self.raters >= RATERS_NEEDED else None

    @property
    def spread(self) -> float | None:
        """How many levels lie between the highest and the lowest rater."""
        return max(self.known) - min(self.known) if self.raters >= RATERS_NEEDED else None

    @property
    def is_disputed(self) -> bool:
        """Whether raters lie more than one level apart."""
        return self.spread is not None and self.spread > DISAGREEMENT


@dataclass(frozen=True)
class PotentialLevel:
    """The level from 1 to 5 with its interval, of how many raters, and the dimensions it is the mean of.

    `deviations` are the d_r, one for each rater who counts; `sd` is s.
    """

    value: float
    low: float
    high: float
    raters: int
    parts: tuple[DimensionLevel, ...]
    deviations: tuple[float, ...]
    sd: float


def dimension_levels(forms: Sequence[Answers]) -> tuple[DimensionLevel, ...]:
    """Every dimension with what each rater made of it, in the order of the raters."""
    return tuple(
        DimensionLevel(dimension, tuple(_mean(form.get(dimension, ())) for form in forms))
        for dimension in PotentialDimension
    )


def potential_level(forms: Sequence[Answers]) -> PotentialLevel | None:
    """Q of the raters' answers; None while a dimension that makes it has fewer than two raters who observed enough."""
    parts = tuple(level for level in dimension_levels(forms) if level.dimension in MAKE_Q)
    known = [part.value for part in parts if part.value is not None]
    if len(known) < len(MAKE_Q):
        return None
    value = sum(known) / len(known)
    deviations = _deviations(parts)
    raters = min(part.raters for part in parts)
    freedom = USUAL_WEIGHT + len(deviations) - 1
    sd = sqrt((USUAL_WEIGHT * USUAL_SD**2 + sum(step**2 for step in deviations)) / freedom)
    margin = Z * sd / sqrt(raters)
    low, high = max(LOWEST, value - margin), min(HIGHEST, value + margin)
    return PotentialLevel(value, low, high, raters, parts, deviations, sd)


def _mean(answers: Sequence[int | None]) -> float | None:
    observed = [answer for answer in answers if answer is not None]
    return sum(observed) / len(observed) if len(observed) >= BEHAVIOURS_NEEDED else None


def _deviations(parts: Sequence[DimensionLevel]) -> tuple[float, ...]:
    """How far each rater lies from the mean, over the dimensions they answered; raters who answered none are left out."""
    by_rater: list[list[float]] = [[] for _ in parts[0].by_rater]
    for part in parts:
        for steps, value in zip(by_rater, part.by_rater, strict=True):
            if value is not None and part.value is not None:
                steps.append(value - part.value)
    return tuple(sum(steps) / len(steps) for steps in by_rater if steps)
