"""How well a mentor fits somebody who wishes to learn: pure, from what both chose to tell and where they stand.

No study says how to weigh these; the weights are a documented choice (skills 80, distance 20) and are shown beside every score. Two
of one direct chain never match: whoever decides on somebody's pay and career is not the one to confide in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hrportal.common.paths import is_below

SKILL_WEIGHT, DISTANCE_WEIGHT = 80, 20
# From so many levels ahead a mentor counts in full; one level ahead counts half.
FULL_LEAD = 2


@dataclass(frozen=True)
class Place:
    """Where somebody stands: their path in the management tree and their unit."""

    employee_id: int
    path: str
    unit_id: int | None


@dataclass(frozen=True)
class Lead:
    """One wished competency: the level the mentee told, and the mentor's; None where the mentor does not offer it."""

    competency_id: int
    mentee: int
    mentor: int | None

    @property
    def levels(self) -> int:
        """How far the mentor is ahead; 0 for not at all."""
        return max(0, (self.mentor or 0) - self.mentee) if self.mentor is not None else 0

    @property
    def share(self) -> float:
        """What it counts, from 0 to 1."""
        return min(self.levels, FULL_LEAD) / FULL_LEAD


@dataclass(frozen=True)
class Match:
    """A mentor for a mentee, with all the score is made of."""

    leads: tuple[Lead, ...]
    is_other_unit: bool

    @property
    def skills(self) -> float:
        """The mean over the wished competencies, from 0 to 1."""
        return sum(lead.share for lead in self.leads) / len(self.leads)

    @property
    def score(self) -> float:
        """From 0 to 100: skills by their weight, and the distance's weight where the two work in different units."""
        return round(SKILL_WEIGHT * self.skills + DISTANCE_WEIGHT * self.is_other_unit, 1)

    @property
    def stored(self) -> dict[str, object]:
        """As a proposal keeps it."""
        return {
            "leads": [[lead.competency_id, lead.mentee, lead.mentor] for lead in self.leads],
            "other_unit": self.is_other_unit,
        }

    @classmethod
    def of(cls, stored: Mapping[str, list[list[int]]]) -> "Match":
        """What a proposal kept. Raises KeyError for one that kept nothing."""
        return cls(tuple(Lead(*lead) for lead in stored["leads"]), bool(stored["other_unit"]))


def match_of(wished: Mapping[int, int], mentee: Place, offered: Mapping[int, int], mentor: Place) -> Match | None:
    """The match of two, levels by competency; None for two who cannot be matched: one and the same, one above the
    other, or nothing to teach."""
    if mentee.employee_id == mentor.employee_id or are_of_one_chain(mentee.path, mentor.path):
        return None
    leads = tuple(Lead(competency, level, offered.get(competency)) for competency, level in sorted(wished.items()))
    if not any(lead.levels for lead in leads):
        return None
    return Match(leads, mentee.unit_id != mentor.unit_id)


def are_of_one_chain(one: str, other: str) -> bool:
    """Whether one of two stands above the other, however far."""
    return is_below(one, other) or is_below(other, one)
