"""How a choice falls on groups: selection rates by gender and age group, four fifths, Fisher's exact p. Sums only.

Each group is compared with the one chosen most often (29 CFR 1607.4(D)). A group of fewer than five people says more about
chance than about the choice: it is "too small", and no number of it is told. Where somebody's group is not known they are
counted as unknown and compared with nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from talent.scores.rates import FEWEST_COMPARED, four_fifths

UNKNOWN = ""


@dataclass(frozen=True)
class GroupLine:
    """One group. `rate`, `ratio` (to the group with the highest rate) and `p` are None where it is too small, unknown, or
    there is nothing to compare with; `chosen` is None where telling it would tell about single people."""

    attribute: str
    group: str
    count: int | None
    chosen: int | None
    rate: float | None
    ratio: float | None
    p: float | None
    is_small: bool
    asks_why: bool

    @property
    def is_reference(self) -> bool:
        """Whether others are compared with this one."""
        return self.rate is not None and self.ratio is None


def audit_of(attribute: str, groups: Iterable[tuple[str, bool]]) -> list[GroupLine]:
    """The lines of one attribute, of (group, was chosen) of each person; an empty group is unknown."""
    counts: Counter[str] = Counter()
    chosen: Counter[str] = Counter()
    for group, was_chosen in groups:
        counts[group] += 1
        chosen[group] += was_chosen
    compared = {group for group in counts if group != UNKNOWN and counts[group] >= FEWEST_COMPARED}
    best = max(sorted(compared), key=lambda group: chosen[group] / counts[group], default=None)
    return [_line(attribute, group, counts, chosen, best if group in compared else None) for group in sorted(counts)]


def _line(
    attribute: str, group: str, counts: Mapping[str, int], chosen: Mapping[str, int], best: str | None
) -> GroupLine:
    if best is None:
        is_small = counts[group] < FEWEST_COMPARED
        count = None if is_small else counts[group]
        return GroupLine(attribute, group, count, None, None, None, None, is_small, asks_why=False)
    rate = chosen[group] / counts[group]
    if group == best:
        return GroupLine(attribute, group, counts[group], chosen[group], rate, None, None, False, asks_why=False)
    found = four_fifths(chosen[group], counts[group], chosen[best], counts[best])
    if found is None:
        raise ValueError("a compared group is never empty")
    return GroupLine(
        attribute, group, counts[group], chosen[group], rate, found.ratio, found.p, False, asks_why=found.asks_why
    )


def age_group(birth_year: int | None, year: int) -> str:
    """The decade of life somebody is in at the end of a year; empty where the year of birth is not known."""
    if birth_year is None:
        return UNKNOWN
    age = year - birth_year
    if age < 30:
        return "under_30"
    return "50_and_over" if age >= 50 else f"{age // 10}0_to_{age // 10}9"
