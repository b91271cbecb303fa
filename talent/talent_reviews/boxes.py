"""The nine boxes: three bands of performance by three of potential, numbered as on a number pad (1 lower left, 9 upper right).

A label describes what the two levels say of the moment, never the person; each review keeps its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import Band
from talent.models import TalentReview

BOXES = range(1, 10)
# How the grid is read: from the upper row down, each from left to right.
READING_ORDER = (7, 8, 9, 4, 5, 6, 1, 2, 3)
HOLDING = 0  # how forms and the page name the holding area; rows say None
LONGEST_LABEL, LONGEST_MEANING = 60, 200

USUAL: Mapping[int, tuple[Promise | str, Promise | str]] = {
    1: (
        _("Clarify the fit"),
        _("Results and potential are both seen as lower now: is it the role, the support or the start?"),
    ),
    2: (_("Steady contribution"), _("Solid results; potential for larger roles is not seen now.")),
    3: (_("Strong in the role"), _("High results in the present field; depth rather than a larger role.")),
    4: (_("Results to come"), _("Some potential is seen, results are lower: what stands in the way?")),
    5: (_("Reliable core"), _("Solid results and room to grow.")),
    6: (_("Strong and growing"), _("High results and room for a larger task.")),
    7: (_("Potential to unlock"), _("High potential, lower results: often a new or an unsuitable task.")),
    8: (_("Ready to stretch"), _("High potential and solid results: a larger task is likely to pay off.")),
    9: (_("Ready for more"), _("High potential and high results: what comes next, and by when?")),
}


@dataclass(frozen=True)
class Box:
    """One of the nine, with its words in one review."""

    number: int
    label: str
    meaning: str

    @property
    def performance(self) -> Band:
        return Band((self.number - 1) % 3 + 1)

    @property
    def potential(self) -> Band:
        return Band((self.number - 1) // 3 + 1)

    @property
    def tone(self) -> str:
        """How the grid shades it: by how much of both is seen."""
        total = self.performance + self.potential
        return "high" if total >= 5 else "low" if total <= 3 else "mid"


def number_of(performance: int, potential: int) -> int:
    """The box where two bands cross."""
    return 3 * (potential - 1) + performance


def usual_boxes() -> list[dict[str, str]]:
    """The usual words, as a review keeps them, in the language of the moment."""
    return [{"label": str(label), "meaning": str(meaning)} for label, meaning in USUAL.values()]


def boxes_of(review: TalentReview) -> dict[int, Box]:
    """The nine boxes of a review by number, with its own words where it has them."""
    kept: Sequence[Mapping[str, Any]] = review.boxes if len(review.boxes) == len(BOXES) else usual_boxes()
    return {number: Box(number, words["label"], words["meaning"]) for number, words in zip(BOXES, kept, strict=True)}


def label_of(review: TalentReview, number: int | None) -> str:
    """What a box is called in a review; the holding area for none."""
    return boxes_of(review)[number].label if number else str(_("Holding area"))
