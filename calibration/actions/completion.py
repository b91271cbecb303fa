"""After the lock: completing, sharing, and the two exceptions that HR answers for by name."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import lock
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, Decision
from calibration.models.decisions import DecisionQuerySet
from calibration.notices import decisions as notices
from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.actions import begin_calibration, complete_reviews, mark_calibrated, share_reviews
from performance.actions.common import lock_ready
from performance.enums import ReviewState
from performance.models import RatingLevel, Review, ReviewCycle


@transaction.atomic
def complete_session(session: CalibrationSession, *, by: Actor | None) -> Job:
    """Start completing the reviews of a session, and of those under it, with the ratings decided: the hand-over runs."""
    session = lock(session, SessionState.LOCKED)
    if not decisions_of(session).to_complete().exists():
        raise ActionError(_("Every review of this session is completed already."))
    job = start_job(
        "calibration.complete_session",
        _("Completing %s") % session,
        by=by,
        result_url=reverse("calibration:session_decisions", args=[session.pk]),
        session=session.pk,
        uncounted=_kept_from(by, decisions_of(session)),
    )
    session.completion_job_id = job.pk
    session.save(update_fields=["completion_job_id", "updated_at"])
    events.session_completion_started(session, by=by)
    return job


@transaction.atomic
def share_session(session: CalibrationSession, *, by: Actor | None) -> Job:
    """Start showing the completed reviews of a session, and of those under it, to the people they are about."""
    session = lock(session, SessionState.LOCKED)
    if not decisions_of(session).to_share().exists():
        raise ActionError(_("No completed review of this session waits to be shared."))
    job = start_job(
        "calibration.share_session",
        _("Sharing %s") % session,
        by=by,
        result_url=reverse("calibration:session_decisions", args=[session.pk]),
        session=session.pk,
        uncounted=_kept_from(by, decisions_of(session)),
    )
    events.session_sharing_started(session, by=by, job=job.pk)
    return job


@transaction.atomic
def complete_cycle(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Start completing every review of a cycle that was decided, whatever session it lay in."""
    if not decisions_in(cycle).to_complete().exists():
        raise ActionError(_("No decided review of this cycle waits to be completed."))
    job = start_job(
        "calibration.complete_cycle",
        _("Completing %s") % cycle,
        by=by,
        result_url=reverse("calibration:cycle_outcome", args=[cycle.pk]),
        cycle=cycle.pk,
        uncounted=_kept_from(by, decisions_in(cycle)),
    )
    events.cycle_completion_started(cycle, by=by, job=job.pk)
    return job


@transaction.atomic
def complete_review(decision: Decision, *, by: Actor | None) -> Decision:
    """Complete one review with what was decided about it, before the others of its session."""
    if not complete_decided([decision], by=by, shares=decision.review.cycle.shares_on_completion):
        state = Review.objects.get(pk=decision.review_id).get_state_display()
        raise ActionError(_("This review does not wait to be completed: %s.") % state)
    return Decision.objects.with_people().get(pk=decision.pk)


def decisions_of(session: CalibrationSession) -> DecisionQuerySet:
    """What a table has decided: its session's and those under it."""
    return Decision.objects.filter(session__in=CalibrationSession.objects.at_one_table(session).values("pk"))


def decisions_in(cycle: ReviewCycle) -> DecisionQuerySet:
    """What was decided in a cycle, in sessions and singly."""
    return Decision.objects.filter(review__cycle=cycle)


@transaction.atomic
def complete_decided(decisions: Sequence[Decision], *, by: Actor | None, shares: bool) -> int:
    """Complete reviews with what was decided about them, and share them where the cycle does so at once. A review that has
    moved on meanwhile (reopened, withdrawn) does not hold up the others; how many were completed."""
    ready = {review.pk: review for review in lock_ready([row.review_id for row in decisions], "complete_review")}
    ratings = {
        row.review_id: row.rating_id
        for row in decisions
        if row.review_id in ready and row.review_revision == ready[row.review_id].revision
    }
    completed = complete_reviews(ratings, by=by, is_calibrated=True)
    if shares:
        share_reviews(list(ratings), by=by)
    return completed


@transaction.atomic
def complete_uncalibrated(review: Review, *, by: Actor | None, reason: str) -> Review:
    """Complete a review that was in no session, on HR's word. Its rating stays uncalibrated and enters no talent profile."""
    review = _lock_review(review)
    if Decision.objects.filter(review=review).exists():
        raise ActionError(_("This review was calibrated before. Decide its rating again, with a rationale."))
    if review.proposed_rating_id is None:
        raise ActionError(_("This review has no rating yet."))
    complete_reviews({review.pk: review.proposed_rating_id}, by=by, is_calibrated=False, reason=reason)
    return _shared_if_due(review, by=by)


@transaction.atomic
def decide_reopened(review: Review, *, by: Actor | None, rating: RatingLevel, rationale: str) -> Decision:
    """Decide a reopened and resubmitted review anew, with a rationale, and complete it: the correction of a locked session."""
    review = _lock_review(review)
    if not Decision.objects.filter(review=review, review_revision__lt=review.revision).exists():
        raise ActionError(_("This review was not decided before; it belongs on a calibration board."))
    if not rationale.strip():
        raise ActionError(_("Say why the rating is decided again."), field="rationale")
    if rating.scale_id != review.cycle.scale_id:
        raise ActionError(_("This rating is not on the cycle's scale."), field="rating")
    begin_calibration([review.pk], by=by)
    mark_calibrated([review.pk], by=by)
    decision = Decision.objects.create(
        review=review,
        review_revision=review.revision,
        proposed_rating_id=review.proposed_rating_id,
        rating=rating,
        rationale=rationale.strip(),
        decided_by_id=acting_id(by),
    )
    events.reviews_decided([decision], by=by)
    notices.tell_decided_again(decision)
    complete_decided([decision], by=by, shares=review.cycle.shares_on_completion)
    return decision


def _kept_from(by: Actor | None, decisions: DecisionQuerySet) -> list[int]:
    """The reviews that a job does, and leaves out of what it tells: whoever starts it may not learn of them from a number."""
    viewer = getattr(by, "viewer", None)
    if viewer is None or not viewer.employee_id:
        return []
    return list(decisions.kept_from(viewer).order_by("review_id").values_list("review_id", flat=True))


def _lock_review(review: Review) -> Review:
    review = Review.objects.select_for_update(of=("self",)).select_related("cycle").get(pk=review.pk)
    if review.state != ReviewState.SUBMITTED:
        raise ActionError(_("This review does not wait for a final rating: %s.") % review.get_state_display())
    if Card.objects.on_board().filter(review=review).exists():
        raise ActionError(_("This review lies on a calibration board; its rating is decided there."))
    return review


def _shared_if_due(review: Review, *, by: Actor | None) -> Review:
    if review.cycle.shares_on_completion:
        share_reviews([review.pk], by=by)
    review.refresh_from_db()
    return review
