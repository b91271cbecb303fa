"""What each figure is made of, in a sentence."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.enums import Question, Verdict
from calibration.models import ReadinessAudit
from calibration.readiness.verdicts import Figure, judge

HUNDREDTH = Decimal("0.01")


def _coverage(figure: Figure, audit: ReadinessAudit) -> str:
    return _("%(part)d of %(whole)d people who work here, and did in the period, have a finished review.") % figure


def _calibrated(figure: Figure, audit: ReadinessAudit) -> str:
    return _("%(part)d of %(whole)d finished reviews carry the rating that a session or HR decided.") % figure


def _fresh(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _("%(part)d of %(whole)d people have a calibrated rating that is not out of date; %(none)d have none at all.")
        % figure
    )


def _agreement(figure: Figure, audit: ReadinessAudit) -> str:
    mean = (Decimal(figure["levels"]) / (figure["whole"] or 1)).quantize(HUNDREDTH, ROUND_HALF_UP)
    words = _(
        "%(part)d of %(whole)d decisions left the manager’s rating as proposed. On average a rating moved by %(mean)s levels."
    )
    return words % {**figure, "mean": number_format(mean)}


def _told_apart(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return _("No figures about managers were computed for this cycle.")
    return (
        _("Of %(whole)d managers it is known for %(part)d how leniently they rate; %(asked)d are asked to explain.")
        % figure
    )


def _feedback(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _(
            "%(part)d times in %(days)d days for %(whole)d people: times for each person and quarter. Only what you may read."
        )
        % figure
    )


def _parts(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return _("The form of this cycle asks for no rated parts, or no review is finished.")
    return _("In %(part)d of %(whole)d finished reviews the manager rated more than the whole.") % figure


def _goals(figure: Figure, audit: ReadinessAudit) -> str:
    return (
        _("%(part)d of %(whole)d active personal goals were measured in the last 30 days, or are due later.") % figure
    )


def _follow_up(figure: Figure, audit: ReadinessAudit) -> str:
    return _("After %(part)d of %(whole)d finished reviews a goal was set or an action agreed.") % figure


def _exits(figure: Figure) -> str:
    """What is known of exits at all, where that is too little."""
    if not figure["leavers"]:
        return _("No exit was recorded in the last twelve months. That is not the same as nobody leaving.")
    return (
        _("For %(unexplained)d of %(leavers)d people who left in the last twelve months no reason was recorded.")
        % figure
    )


def _losses(figure: Figure, audit: ReadinessAudit) -> str:
    if judge(Question.LOSSES, figure) == Verdict.UNKNOWN:
        return _exits(figure)
    return (
        _(
            "%(part)d of %(whole)d high performers left of their own will in the last twelve months; %(leavers)d people left in all."
        )
        % figure
    )


def _unseen(figure: Figure, audit: ReadinessAudit) -> str:
    if judge(Question.UNSEEN, figure) == Verdict.UNKNOWN:
        return _exits(figure)
    if not figure["whole"]:
        return _("No high performer left of their own will.")
    return (
        _(
            "For %(part)d of the %(whole)d high performers who left, no action was agreed, no bench named them, and nobody saw it coming."
        )
        % figure
    )


def _placed(figure: Figure, audit: ReadinessAudit) -> str:
    if not figure["whole"]:
        return (
            ngettext(
                "%d critical role has a plan; it has not changed hands since.",
                "%d critical roles have a plan; none has changed hands since.",
                figure["roles"],
            )
            % figure["roles"]
        )
    return (
        _(
            "%(part)d of %(whole)d critical roles that changed hands went to somebody from their bench, %(outside)d to somebody new."
        )
        % figure
    )


EVIDENCE: dict[Question, Callable[[Figure, ReadinessAudit], str]] = {
    Question.COVERAGE: _coverage,
    Question.CALIBRATED: _calibrated,
    Question.FRESH: _fresh,
    Question.AGREEMENT: _agreement,
    Question.TOLD_APART: _told_apart,
    Question.FEEDBACK: _feedback,
    Question.PARTS: _parts,
    Question.GOALS: _goals,
    Question.FOLLOW_UP: _follow_up,
    Question.LOSSES: _losses,
    Question.UNSEEN: _unseen,
    Question.PLACED: _placed,
}
