"""How well a person and an opportunity fit: pure, from levels that count and from what the person said they want.

No study says how to weigh these; the weights are a documented choice and stand beside every match. A part that the opportunity
does not ask for is left out and the others share its weight; a part of which nothing is known counts from nothing to all,
so that the match is an interval. Nothing is guessed for the person, and a match decides nothing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from talent.enums import LeadershipWish, MatchPart, RelocationWish, TravelWish, WishTiming
from talent.scores.fit import Demand, Fit, fit_of

WEIGHTS: dict[str, int] = {
    MatchPart.SKILLS: 60,
    MatchPart.ROLE: 15,
    MatchPart.PLACE: 10,
    MatchPart.LEADING: 5,
    MatchPart.TIMING: 5,
    MatchPart.TRAVEL: 5,
}
LEADING_SHARE: dict[str, float] = {LeadershipWish.YES: 1.0, LeadershipWish.LATER: 0.5, LeadershipWish.NO: 0.0}
# Before so many months a beginning is sooner than the person wants.
NOT_BEFORE: dict[str, int] = {
    WishTiming.NOW: 0,
    WishTiming.YEAR: 0,
    WishTiming.TWO_YEARS: 12,
    WishTiming.LATER: 24,
}
TRAVEL_ORDER: list[str] = [TravelWish.NONE, TravelWish.SOME, TravelWish.OFTEN, TravelWish.MOSTLY]


@dataclass(frozen=True)
class Asked:
    """What an opportunity asks for; None or empty is "does not say"."""

    demands: tuple[Demand, ...] = ()
    job_id: int | None = None
    leads_people: bool = False
    location_id: int | None = None
    country: str = ""
    starts_in_months: int | None = None
    travel: str = ""


@dataclass(frozen=True)
class Said:
    """What a person said about their future, each empty where they did not, and where they work now."""

    jobs: frozenset[int] = frozenset()
    leading: str = ""
    relocation: str = ""
    timing: str = ""
    travel: str = ""
    location_id: int | None = None
    country: str = ""


@dataclass(frozen=True)
class Part:
    """One part: its weight and its share from 0 to 1, between two ends where something is not known."""

    name: str
    weight: int
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        return self.low == self.high

    @property
    def low_percent(self) -> float:
        """The share in percent, its lower end."""
        return 100 * self.low

    @property
    def high_percent(self) -> float:
        return 100 * self.high

    @property
    def low_points(self) -> float:
        """Weight times share, as it is added up."""
        return self.weight * self.low

    @property
    def high_points(self) -> float:
        return self.weight * self.high


@dataclass(frozen=True)
class Match:
    """A person and an opportunity, from 0 to 100, with all it is made of."""

    parts: tuple[Part, ...]
    fit: Fit | None

    @property
    def weight(self) -> int:
        """The weights of the parts that apply: what the points are a share of."""
        return sum(part.weight for part in self.parts)

    @property
    def low(self) -> float:
        return 100 * sum(part.low_points for part in self.parts) / self.weight

    @property
    def high(self) -> float:
        return 100 * sum(part.high_points for part in self.parts) / self.weight

    @property
    def middle(self) -> float:
        """For ordering only: it knows no more than the two ends do."""
        return (self.low + self.high) / 2

    @property
    def is_certain(self) -> bool:
        return all(part.is_certain for part in self.parts)


def match_of(asked: Asked, levels: Mapping[int, int], said: Said) -> Match | None:
    """The match of a person and an opportunity; None where it asks for nothing that could be compared."""
    fit = fit_of(asked.demands, levels)
    found = [
        _part(MatchPart.SKILLS, (fit.low, fit.high) if fit else None),
        _part(MatchPart.ROLE, _role(asked, said)),
        _part(MatchPart.PLACE, _place(asked, said)),
        _part(MatchPart.LEADING, _leading(asked, said)),
        _part(MatchPart.TIMING, _timing(asked, said)),
        _part(MatchPart.TRAVEL, _travel(asked, said)),
    ]
    parts = tuple(part for part in found if part is not None)
    return Match(parts, fit) if parts else None


def ordered(matches: Iterable[tuple[int, Match | None]]) -> list[int]:
    """Keys by their match, best first; what cannot be compared comes last, equals in the order of their keys."""
    return [key for key, _match in sorted(matches, key=lambda pair: (-(pair[1].middle if pair[1] else -1.0), pair[0]))]


Ends = tuple[float, float]
UNKNOWN: Ends = (0.0, 1.0)


def _part(name: str, ends: Ends | None) -> Part | None:
    return Part(name, WEIGHTS[name], *ends) if ends is not None else None


def _known(share: float) -> Ends:
    return share, share


def _role(asked: Asked, said: Said) -> Ends | None:
    """Whether it is one of the jobs the person named."""
    if asked.job_id is None:
        return None
    return _known(float(asked.job_id in said.jobs)) if said.jobs else UNKNOWN


def _place(asked: Asked, said: Said) -> Ends | None:
    """Whether the person works there, or would move so far. Which places lie in one region nobody recorded."""
    if asked.location_id is None:
        return None
    if asked.location_id == said.location_id:
        return _known(1.0)
    if not said.relocation:
        return UNKNOWN
    if said.relocation in {RelocationWish.NO, RelocationWish.ABROAD}:
        return _known(float(said.relocation == RelocationWish.ABROAD))
    if not (asked.country and said.country):
        return UNKNOWN
    if asked.country != said.country:
        return _known(0.0)
    return _known(1.0) if said.relocation == RelocationWish.COUNTRY else UNKNOWN


def _leading(asked: Asked, said: Said) -> Ends | None:
    if not asked.leads_people:
        return None
    return _known(LEADING_SHARE[said.leading]) if said.leading else UNKNOWN


def _timing(asked: Asked, said: Said) -> Ends | None:
    """Whether it begins no sooner than the person wants."""
    if asked.starts_in_months is None:
        return None
    return _known(float(asked.starts_in_months >= NOT_BEFORE[said.timing])) if said.timing else UNKNOWN


def _travel(asked: Asked, said: Said) -> Ends | None:
    """Whether it asks for no more travel than the person wants."""
    if not asked.travel:
        return None
    if not said.travel:
        return UNKNOWN
    return _known(float(TRAVEL_ORDER.index(asked.travel) <= TRAVEL_ORDER.index(said.travel)))
