"""From where on a figure is good, and why: the whole table, as the page prints it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from calibration.enums import Question

# A share of fewer people than this is kept back: it would say something about each of them.
FEWEST = 5
# Above this the reasons of leavers are not known well enough to say who left of their own will.
MOST_UNEXPLAINED = 20


@dataclass(frozen=True)
class Standard:
    """Good from `good` on, to be watched from `watch` on. `falls`: the lower the better. `most`: above it, to be watched as well.

    Trust cannot be good without the `decisive` ones.
    """

    good: Decimal
    watch: Decimal
    because: Promise | str
    falls: bool = False
    most: Decimal | None = None
    decisive: bool = False
    fewest: int = FEWEST


def _standard(good: str, watch: str, because: Promise | str, **options: object) -> Standard:
    return Standard(Decimal(good), Decimal(watch), because, **options)  # type: ignore[arg-type]


STANDARDS: dict[Question, Standard] = {
    Question.COVERAGE: _standard(
        "90", "75", _("Whoever has no review is missing from every comparison."), decisive=True
    ),
    Question.CALIBRATED: _standard(
        "95",
        "80",
        _("An uncalibrated rating says how lenient the manager is, not how the person performs."),
        decisive=True,
    ),
    Question.FRESH: _standard(
        "80",
        "60",
        _("A rating is out of date 400 days after its period ended: people and roles have changed."),
        decisive=True,
    ),
    Question.AGREEMENT: _standard(
        "60",
        "40",
        _("Below, managers share no standard. Above 95 %, sessions may have nodded everything through."),
        most=Decimal(95),
    ),
    Question.TOLD_APART: _standard(
        "60", "30", _("Without goals and peers beside the ratings, a lenient manager looks like a strong team.")
    ),
    Question.FEEDBACK: _standard(
        "1", "0.5", _("Once a quarter is the least on which a rating can rest that is more than memory.")
    ),
    Question.PARTS: _standard(
        "90", "75", _("An overall rating without parts cannot be explained, nor fill in skills.")
    ),
    Question.GOALS: _standard("70", "50", _("A goal nobody measured for 30 days is no evidence of results.")),
    Question.FOLLOW_UP: _standard("70", "50", _("Ratings that lead to nothing within 30 days are filed, not used.")),
    Question.LOSSES: _standard(
        "5",
        "10",
        _("Rated 4 or 5 of 5 and left of their own will within twelve months. One in ten is dear to replace."),
        falls=True,
    ),
    Question.UNSEEN: _standard(
        "25",
        "50",
        _(
            "Whoever left without an action in their plan, a place on a bench, or a flight risk seen in time was nobody’s concern."
        ),
        falls=True,
    ),
    Question.PLACED: _standard(
        "50", "25", _("A bench from which nobody is ever taken is a list, not a plan."), fewest=1
    ),
}

TRUST = (
    Question.COVERAGE,
    Question.CALIBRATED,
    Question.FRESH,
    Question.AGREEMENT,
    Question.TOLD_APART,
    Question.FEEDBACK,
    Question.PARTS,
    Question.GOALS,
    Question.FOLLOW_UP,
)
TALENT = (Question.LOSSES, Question.UNSEEN, Question.PLACED)
