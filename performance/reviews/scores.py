"""The computed score of a review: arithmetic only, from inputs that are stored with it, so that it can be done again later.

Each section's rated items become 0 to 100 of their range and are averaged by their weights; the sections are averaged by
theirs. What was not rated takes no part, and the rest is weighed anew: it is never zero. The result lies on the cycle's
scale, with the nearest level; half way between two, the higher one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    """One rated thing: its value in a range, or None where nothing was given. `seen_by` says who reads it."""

    title: str
    low: Decimal
    high: Decimal
    value: Decimal | None = None
    weight: int = 1
    seen_by: str = ""

    @property
    def percent(self) -> Fraction | None:
        """The value as 0 to 100 of its range; what lies outside counts as its end."""
        if self.value is None or self.high <= self.low:
            return None
        share = 100 * (Fraction(self.value) - Fraction(self.low)) / (Fraction(self.high) - Fraction(self.low))
        return min(Fraction(100), max(Fraction(0), share))

    @property
    def shown_percent(self) -> Decimal | None:
        return rounded(self.percent)


@dataclass(frozen=True)
class Section:
    """Items that count together, and what they weigh in the whole."""

    title: str
    weight: int
    items: tuple[Item, ...] = ()

    @property
    def percent(self) -> Fraction | None:
        """The weighted mean of what was rated; None while nothing was."""
        return weighted_mean((item.percent, item.weight) for item in self.items)

    @property
    def shown_percent(self) -> Decimal | None:
        return rounded(self.percent)

    @property
    def unrated(self) -> list[Item]:
        return [item for item in self.items if item.weight and item.percent is None]


@dataclass(frozen=True)
class Inputs:
    """All that a score rests on: sections with their items, and the scale (value and label of each level)."""

    sections: tuple[Section, ...] = ()
    scale: tuple[tuple[int, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The inputs as they are stored."""
        return {
            "sections": [
                {
                    "title": section.title,
                    "weight": section.weight,
                    "items": [{name: _plain(value) for name, value in asdict(item).items()} for item in section.items],
                }
                for section in self.sections
            ],
            "scale": [list(level) for level in self.scale],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Inputs":
        """The inputs as they were stored."""
        return cls(
            tuple(
                Section(section["title"], section["weight"], tuple(_item(item) for item in section["items"]))
                for section in stored.get("sections", ())
            ),
            tuple((value, label) for value, label in stored.get("scale", ())),
        )


@dataclass(frozen=True)
class Score:
    """The result with all that led to it. `percent` is None while nothing was rated or part of it is kept from the reader."""

    sections: tuple[Section, ...]
    scale: tuple[tuple[int, str], ...]
    percent: Decimal | None
    is_partly_kept: bool = False

    @property
    def counted(self) -> list[Section]:
        """The sections in which something was rated."""
        return [section for section in self.sections if section.percent is not None]

    @property
    def weight_counted(self) -> int:
        return sum(section.weight for section in self.counted)

    @property
    def unrated(self) -> list[Item]:
        """Everything that counts and was not rated."""
        return [item for section in self.sections if section.weight for item in section.unrated]

    @property
    def on_scale(self) -> Decimal | None:
        """Where the result lies on the scale."""
        if self.percent is None or not self.scale:
            return None
        return rounded(self._position(self.percent))

    @property
    def level(self) -> tuple[int, str] | None:
        """The nearest level of the scale; half way between two, the higher one."""
        if self.percent is None or not self.scale:
            return None
        position = self._position(self.percent)
        return min(self.scale, key=lambda level: (abs(level[0] - position), -level[0]))

    def _position(self, percent: Decimal) -> Fraction:
        values = [value for value, _label in self.scale]
        return min(values) + Fraction(percent) * (max(values) - min(values)) / 100


def score_of(inputs: Inputs) -> Score:
    """What these inputs come to."""
    total = weighted_mean((section.percent, section.weight) for section in inputs.sections)
    return Score(inputs.sections, inputs.scale, rounded(total))


def score_as_read(inputs: Inputs, may_read: Callable[[Item], bool]) -> Score:
    """The score as far as somebody may follow it: a section that holds something kept from them is left out, and then so is
    the result, from which it could be worked out."""
    shown = tuple(section for section in inputs.sections if all(may_read(item) for item in section.items))
    if len(shown) == len(inputs.sections):
        return score_of(inputs)
    return replace(Score(shown, inputs.scale, None), is_partly_kept=True)


def weighted_mean(parts: Iterable[tuple[Fraction | None, int]]) -> Fraction | None:
    """The mean of what is known, by weight; None when nothing is known."""
    known = [(value, weight) for value, weight in parts if value is not None and weight > 0]
    total = sum(weight for _value, weight in known)
    return sum((value * weight for value, weight in known), Fraction(0)) / total if total else None


def rounded(number: Fraction | None) -> Decimal | None:
    """To two decimals, half up."""
    if number is None:
        return None
    return (Decimal(number.numerator) / Decimal(number.denominator)).quantize(HUNDREDTH, ROUND_HALF_UP)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Decimal) else value


def _item(stored: Mapping[str, Any]) -> Item:
    numbers = {name: None if stored[name] is None else Decimal(stored[name]) for name in ("low", "high", "value")}
    return Item(**{**stored, **numbers})
