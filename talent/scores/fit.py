"""How well somebody meets what a role asks for: the gap in each competency, and one weighted share over all of them.

Source: science.md 4, "Skill gap". Demands are weighted by importance; a competency nobody assessed is "not assessed",
never 0, so that the share is an interval: its lower end is the share if the person had none of it, its upper end the
share if they had all that is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

# A gap is critical from this importance and from so many levels on.
CRITICAL_IMPORTANCE = 4
CRITICAL_GAP = 2


@dataclass(frozen=True)
class Demand:
    """What a role asks for in one competency: a level from 1 to 5, and how much depends on it, from 1 to 5."""

    competency_id: int
    required: int
    importance: int

    @property
    def weight(self) -> int:
        """Its part in the whole: importance times level."""
        return self.importance * self.required


@dataclass(frozen=True)
class FitLine:
    """One demand beside the level somebody has; None where nobody assessed it, then neither gap nor verdict is known."""

    demand: Demand
    have: int | None
    gap: int | None
    is_critical: bool | None

    @property
    def lost(self) -> int | None:
        """What the gap takes from the share, before it is divided by all weights: importance times levels missing."""
        return None if self.gap is None else self.demand.importance * self.gap


@dataclass(frozen=True)
class Fit:
    """The share of what a role asks for that somebody has, from 0 to 1: between `low` and `high`, one and the same
    where everything was assessed."""

    low: float
    high: float
    lines: tuple[FitLine, ...]

    @property
    def unknown(self) -> int:
        """How many competencies were not assessed."""
        return sum(line.have is None for line in self.lines)

    @property
    def is_certain(self) -> bool:
        """Whether everything was assessed."""
        return self.unknown == 0

    @property
    def low_percent(self) -> int:
        """The lower end in whole percent."""
        return round(100 * self.low)

    @property
    def high_percent(self) -> int:
        """The upper end in whole percent."""
        return round(100 * self.high)

    @property
    def middle(self) -> float:
        """The middle of the interval, for ordering only: it knows no more than the two ends do."""
        return (self.low + self.high) / 2

    @property
    def weight(self) -> int:
        """All weights together: what the share is a share of."""
        return sum(line.demand.weight for line in self.lines)

    @property
    def critical(self) -> tuple[FitLine, ...]:
        """The gaps that matter most."""
        return tuple(line for line in self.lines if line.is_critical)


def fit_of(demands: Iterable[Demand], levels: Mapping[int, int]) -> Fit | None:
    """F = 1 - sum(w * gap) / sum(w * required), gap = max(0, required - have), w = importance; None where nothing is asked.

    `levels` holds the levels that are known, by competency; one that is missing there is not assessed.
    The lines keep the order of the demands.
    """
    lines = tuple(line_of(demand, levels.get(demand.competency_id)) for demand in demands)
    whole = sum(line.demand.weight for line in lines)
    if not whole:
        return None
    lost = sum(line.lost or 0 for line in lines)
    open_weight = sum(line.demand.weight for line in lines if line.have is None)
    return Fit((whole - lost - open_weight) / whole, (whole - lost) / whole, lines)


def line_of(demand: Demand, have: int | None) -> FitLine:
    """One demand beside one level."""
    if have is None:
        return FitLine(demand, None, None, None)
    gap = max(0, demand.required - have)
    return FitLine(demand, have, gap, demand.importance >= CRITICAL_IMPORTANCE and gap >= CRITICAL_GAP)
