"""A guideline's percentages as numbers of people: a guide beside the board, never a quota. Pure arithmetic."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calibration.enums import Rounding

# Below this many people a share says nothing: one person more or less would overturn it.
FEWEST_PEOPLE = 30

RULES: dict[str, "str | Promise"] = {
    Rounding.NEAREST: gettext_lazy(
        "Each share is rounded to whole people so that together they make up everyone the guideline covers; "
        "the largest remainders are rounded up first."
    ),
    Rounding.UP: gettext_lazy("Each share is rounded up and read as “at most”: a part of a person counts as one."),
    Rounding.DOWN: gettext_lazy(
        "Each share is rounded down and read as “at least”: a part of a person does not count."
    ),
}


def applies_to(people: int) -> bool:
    """Whether a board is large enough to be held beside a guideline."""
    return people >= FEWEST_PEOPLE


def targets(percents: Mapping[int, int], people: int, rounding: str) -> dict[int, int]:
    """How many people each rating's share comes to, by the value of the rating."""
    if rounding == Rounding.UP:
        return {value: -(-percent * people // 100) for value, percent in percents.items()}
    down = {value: percent * people // 100 for value, percent in percents.items()}
    if rounding == Rounding.DOWN:
        return down
    return _with_the_rest(down, percents, people)


def in_words(target: int, rounding: str) -> str:
    """A target as a reader is told it."""
    words = {Rounding.UP: _("at most %d"), Rounding.DOWN: _("at least %d")}.get(Rounding(rounding), "%d")
    return words % target


def _with_the_rest(down: dict[int, int], percents: Mapping[int, int], people: int) -> dict[int, int]:
    """Give the people that rounding down left over to the largest remainders; among equals the larger share comes first."""
    together = (sum(percents.values()) * people + 50) // 100
    first = sorted(percents, key=lambda value: (-(percents[value] * people % 100), -percents[value], value))
    lucky = set(first[: together - sum(down.values())])
    return {value: number + (value in lucky) for value, number in down.items()}
