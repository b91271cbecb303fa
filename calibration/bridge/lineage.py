"""The way of a datum in talent: who wrote it, who moved and decided it, when it arrived. Of ratings and of skills."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from calibration.bridge.sources import review_id_of
from calibration.models import CalibrationSession, CardMove, Decision
from performance.models import Review
from talent.models import CalibratedRating, SkillAssessment

Step = dict[str, Any]


def steps_of(rating: CalibratedRating, user: Any) -> list[Step]:
    """The steps, oldest first. Words and names of the conversation only for those who read the decision itself."""
    review, decision = _origin(rating.source, rating.source_version)
    if review is None or decision is None:
        return [_arrival(rating)]
    steps = [_written(review, rating.source_version, user), *_decided_by(decision, user)]
    return [*steps, _completed(rating.rated_at), _arrival(rating), *_replaced(rating)]


def steps_of_skill(skill: SkillAssessment, user: Any) -> list[Step]:
    """The same of a level: calibration decides about the overall rating beside it, and leaves the level as it was given.

    People who follow their own skill are told of the review and not of the table at which others spoke of them.
    """
    review, decision = _origin(skill.source, skill.source_version)
    if review is None:
        return [_entry(skill)]
    steps = [_written(review, skill.source_version, user), _given(skill, review)]
    if decision and review.employee_id != user.viewer.employee_id:
        steps += _decided_by(decision, user)
    completed_at = review.completed_at if review.revision == skill.source_version else None
    return [*steps, _completed(completed_at), _entry(skill), *_replaced(skill)]


def _origin(source: str, version: int) -> tuple[Review | None, Decision | None]:
    review_id = review_id_of(source)
    review = Review.objects.select_related("cycle", "reviewer").filter(pk=review_id).first() if review_id else None
    found = Decision.objects.filter(review=review_id, review_revision=version)
    return review, found.select_related("session", "proposed_rating", "rating", "decided_by").first()


def _written(review: Review, version: int, user: Any) -> Step:
    seen = Review.objects.visible_to(user).filter(pk=review.pk).exists()
    what = _("Review of %s submitted") % review.cycle.name
    if version > 1:
        what = _("Review of %(cycle)s reopened and submitted again (version %(version)s)") % {
            "cycle": review.cycle.name,
            "version": version,
        }
    return {
        "what": what,
        "who": review.reviewer,
        "at": review.submitted_at if review.revision == version else None,
        "url": reverse("performance:review_detail", args=[review.pk]) if seen else "",
        "icon": "pencil",
    }


def _given(skill: SkillAssessment, review: Review) -> Step:
    what = _("Level %(level)s of %(competency)s given in the manager’s part") % {
        "level": skill.level,
        "competency": skill.competency,
    }
    return {"what": what, "who": review.reviewer, "icon": "mortarboard"}


def _decided_by(decision: Decision, user: Any) -> list[Step]:
    """The conversation: that there was one; and what was said, for those who read the decision."""
    steps = [_on_the_table(decision.session, user)] if decision.session else []
    if Decision.objects.visible_to(user).filter(pk=decision.pk).exists():
        steps += [*_moves(decision), _decided(decision)]
    return steps


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


def _completed(at: Any) -> Step:
    return {"what": _("Review completed"), "at": at, "icon": "patch-check"}


def _arrival(rating: CalibratedRating) -> Step:
    what = _("Entered the talent profile as %s") % rating.label
    return {"what": what, "at": rating.recorded_at, "icon": "person-badge"}


def _entry(skill: SkillAssessment) -> Step:
    what = _("Entered the skills inventory at level %s") % skill.level
    return {"what": what, "at": skill.recorded_at, "icon": "person-badge"}


def _replaced(arrived: CalibratedRating | SkillAssessment) -> list[Step]:
    if arrived.replaced_at is None:
        return []
    later = type(arrived)._default_manager.filter(source=arrived.source, source_version__gt=arrived.source_version)
    corrected = later.exists() or _was_completed_again(arrived)
    what = _("Replaced by a correction") if corrected else _("Taken back: the review was withdrawn")
    return [{"what": what, "at": arrived.replaced_at, "icon": "arrow-repeat"}]


def _was_completed_again(arrived: CalibratedRating | SkillAssessment) -> bool:
    """A correction need not say anything about the same thing."""
    review = Review.objects.filter(pk=review_id_of(arrived.source) or 0, completed_at__isnull=False)
    return review.filter(revision__gt=arrived.source_version).exists()
