"""The way of a rating: who wrote it, who moved it, who decided it, when it arrived in the talent profile."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from calibration.models import CalibrationSession, CardMove, Decision
from calibration.signals import review_id_of
from performance.models import Review
from talent.models import CalibratedRating

Step = dict[str, Any]


def steps_of(rating: CalibratedRating, user: Any) -> list[Step]:
    """The steps, oldest first. Words and names of the conversation only for those who read the decision itself."""
    review_id = review_id_of(rating.source)
    review = Review.objects.select_related("cycle", "reviewer").filter(pk=review_id).first() if review_id else None
    decision = _decision(review_id, rating.source_version)
    if review is None or decision is None:
        return [_arrival(rating)]
    steps = [_written(review, rating, user)]
    if decision.session:
        steps.append(_on_the_table(decision.session, user))
    if Decision.objects.visible_to(user).filter(pk=decision.pk).exists():
        steps += [*_moves(decision), _decided(decision)]
    return [*steps, _completed(rating), _arrival(rating), *_replaced(rating)]


def _decision(review_id: int | None, revision: int) -> Decision | None:
    found = Decision.objects.filter(review=review_id, review_revision=revision)
    return found.select_related("session", "proposed_rating", "rating", "decided_by").first()


def _written(review: Review, rating: CalibratedRating, user: Any) -> Step:
    seen = Review.objects.visible_to(user).filter(pk=review.pk).exists()
    what = _("Review of %s submitted") % review.cycle.name
    if rating.source_version > 1:
        what = _("Review of %(cycle)s reopened and submitted again (version %(version)s)") % {
            "cycle": review.cycle.name,
            "version": rating.source_version,
        }
    return {
        "what": what,
        "who": review.reviewer,
        "at": review.submitted_at if review.revision == rating.source_version else None,
        "url": reverse("performance:review_detail", args=[review.pk]) if seen else "",
        "icon": "pencil",
    }


def _on_the_table(session: CalibrationSession, user: Any) -> Step:
    seen = CalibrationSession.objects.visible_to(user).filter(pk=session.pk).exists()
    return {
        "what": _("Calibrated in the session %s") % session.name,
        "at": session.opened_at,
        "url": reverse("calibration:session_decisions", args=[session.pk]) if seen else "",
        "icon": "people",
    }


def _moves(decision: Decision) -> list[Step]:
    moves = CardMove.objects.filter(card__review=decision.review_id, card__review_revision=decision.review_revision)
    return [
        {
            "what": _("Moved from %(old)s to %(new)s") % {"old": move.from_rating or "–", "new": move.to_rating},
            "who": move.moved_by,
            "at": move.moved_at,
            "body": move.rationale,
            "icon": "arrow-left-right",
        }
        for move in moves.select_related("from_rating", "to_rating", "moved_by").order_by("pk")
    ]


def _decided(decision: Decision) -> Step:
    return {
        "what": _("Decided: %(rating)s (proposed: %(proposed)s)")
        % {"rating": decision.rating, "proposed": decision.proposed_rating or "–"},
        "who": decision.decided_by,
        "at": decision.decided_at,
        "body": decision.rationale,
        "icon": "lock",
    }


def _completed(rating: CalibratedRating) -> Step:
    return {"what": _("Review completed"), "at": rating.rated_at, "icon": "patch-check"}


def _arrival(rating: CalibratedRating) -> Step:
    what = _("Entered the talent profile as %s") % rating.label
    return {"what": what, "at": rating.recorded_at, "icon": "person-badge"}


def _replaced(rating: CalibratedRating) -> list[Step]:
    if rating.replaced_at is None:
        return []
    return [{"what": _("Replaced by a correction"), "at": rating.replaced_at, "icon": "arrow-repeat"}]
