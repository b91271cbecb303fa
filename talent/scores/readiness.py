"""How far somebody is from a role, as time and as a score for ordering. Pure: levels and experiences in, months and parts out.

Method: `science.md` 4. Months = the gaps, a fixed number of months for each level, two competencies developed at a time, and
after them each missing experience with its own months. A level that was never assessed is unknown: with it the answer is an
interval, from "has what is asked" to "has nothing of it". A score orders the successors of one bench for a person to look
at; it decides nothing, and it says when its order hangs on its weights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from talent.enums import Readiness

MONTHS_PER_LEVEL = 6
AT_A_TIME = 2
MONTHS_PER_EXPERIENCE = 9
# The longest way, in months, that still belongs to a band.
BANDS: tuple[tuple[Readiness, int], ...] = ((Readiness.READY_NOW, 3), (Readiness.SOON, 24), (Readiness.LATER, 60))
# What the score is made of, and how much each part counts.
WEIGHTS: dict[str, float] = {"fit": 0.40, "performance": 0.25, "potential": 0.20, "experience": 0.15}
# By how much each weight may move before an order counts as certain.
MOVE = 0.25


@dataclass(frozen=True)
class Gap:
    """One competency to develop for a role: levels to go at least and, where nobody assessed it, at most."""

    competency_id: int
    low: int
    high: int

    @property
    def is_known(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Way:
    """The way to a role in months, at the least and at the most. `missing` are the experiences to gain, at the least and at
    the most; `lanes` the gaps of the longest way, as they run beside each other, each a list of (competency id, months)."""

    low: int
    high: int
    missing: tuple[int, int]
    lanes: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def is_certain(self) -> bool:
        return self.low == self.high


def way_of(gaps: Iterable[Gap], missing: tuple[int, int] = (0, 0)) -> Way:
    """Months to a role: the longest lane of gaps and then the experiences, one after the other."""
    gaps = list(gaps)
    least, most = (count * MONTHS_PER_EXPERIENCE for count in missing)
    shortest = _lanes({gap.competency_id: gap.low for gap in gaps})
    longest = _lanes({gap.competency_id: gap.high for gap in gaps})
    return Way(_length(shortest) + least, _length(longest) + most, missing, longest)


def _lanes(levels: Mapping[int, int]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """The longest gap first, each into the lane that is free first (Graham 1969), so that it can be followed by hand."""
    lanes: list[list[tuple[int, int]]] = [[] for _ in range(AT_A_TIME)]
    longest_first = sorted(levels.items(), key=lambda pair: (-pair[1], pair[0]))
    for competency_id, gap in longest_first:
        if gap:
            free = min(lanes, key=lambda lane: sum(months for _, months in lane))
            free.append((competency_id, gap * MONTHS_PER_LEVEL))
    return tuple(tuple(lane) for lane in lanes)


def _length(lanes: Iterable[Iterable[tuple[int, int]]]) -> int:
    return max((sum(months for _, months in lane) for lane in lanes), default=0)


def band_of(months: float, *, has_critical_gap: bool) -> Readiness | None:
    """The band a way belongs to; None beyond five years. With a critical gap nobody is ready now, however short the way."""
    for band, longest in BANDS:
        if months <= longest and not (band == Readiness.READY_NOW and has_critical_gap):
            return band
    return None


@dataclass(frozen=True)
class Suggestion:
    """The band that the data speak for: one, or from `best` to `worst` where something was not assessed. None is beyond
    five years. A person says which band it is."""

    best: Readiness | None
    worst: Readiness | None

    @property
    def is_certain(self) -> bool:
        return self.best == self.worst

    def speaks_against(self, said: str) -> bool:
        """Whether what a person said lies outside of what the data allow."""
        order = [*(band for band, _ in BANDS), None]
        if said not in order:
            return False
        return not order.index(self.best) <= order.index(Readiness(said)) <= order.index(self.worst)


def suggested(way: Way, *, is_critical_for_certain: bool, may_be_critical: bool) -> Suggestion:
    """The bands at both ends of the way; a gap that is critical for certain counts at both, a possible one at the far end."""
    return Suggestion(
        band_of(way.low, has_critical_gap=is_critical_for_certain),
        band_of(way.high, has_critical_gap=is_critical_for_certain or may_be_critical),
    )


@dataclass(frozen=True)
class Part:
    """One part of a score, from 0 to 1; an interval where something is unknown, and 0 to 1 where nothing is known."""

    name: str
    weight: float
    low: float
    high: float
    is_known: bool = True

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2

    @property
    def points(self) -> tuple[float, float]:
        """What it adds to the score, at the least and at the most."""
        return 100 * self.weight * self.low, 100 * self.weight * self.high


@dataclass(frozen=True)
class Score:
    """100 * (.40 fit + .25 performance + .20 potential + .15 experience), only for putting successors in an order."""

    parts: tuple[Part, ...] = field(default=())

    @property
    def low(self) -> float:
        return sum(part.points[0] for part in self.parts)

    @property
    def high(self) -> float:
        return sum(part.points[1] for part in self.parts)

    @property
    def middle(self) -> float:
        return (self.low + self.high) / 2


def score_of(known: Mapping[str, tuple[float, float] | None]) -> Score:
    """The score of what is known of one person: each part as an interval from 0 to 1, None (or missing) where nothing is known."""
    parts = []
    for name, weight in WEIGHTS.items():
        ends = known.get(name)
        low, high = ends or (0.0, 1.0)
        parts.append(Part(name, weight, low, high, is_known=ends is not None))
    return Score(tuple(parts))


def order_hangs_on_weights(scores: Sequence[Score]) -> bool:
    """Whether two of these change places when each weight may move by a quarter, up or down, independently of the others."""
    return any(turns(one, other) for one, other in combinations(scores, 2))


def turns(one: Score, other: Score) -> bool:
    """Whether weights within a quarter of ours put these two the other way round.

    With d the differences of the parts, the difference of the scores is sum(w d); moving every weight by a quarter to the
    weaker one's advantage takes away .25 sum(w |d|). Scaling the weights back to a sum of 1 changes no sign.
    """
    differences = [a.weight * (a.middle - b.middle) for a, b in zip(one.parts, other.parts, strict=True)]
    swing = MOVE * sum(abs(each) for each in differences)
    return swing > 0 and abs(sum(differences)) < swing + 1e-12
