"""What can happen to one review. Who may do it is in rules.py; from where, `STARTS_FROM` in enums.py."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.enums import EmploymentStatus
from performance.actions.common import add_remark, lock_review, required_reason
from performance.actions.cycles import lock_cycle
from performance.actions.outcomes import make_final, settle_cycles, share_reviews
from performance.actions.reviewers import end_what_waits, heed_change_while_away
from performance.actions.versions import content_of, keep_version
from performance.enums import CycleState, RemarkKind, ReviewState, Side, VersionCause
from performance.events import reviews as events
from performance.models import Review, ReviewCycle, ReviewPart
from performance.notices import reviews as notices
from performance.reviews.approvers import second_approver_id
from performance.reviews.completeness import Missing, missing_from
from performance.reviews.scores import Score, score_of
from performance.reviews.scoring import inputs_of

DAYS_AFTER_RETURN = 5


class Incomplete(ActionError):
    """Something required is not written yet; `missing` says what, and nothing written is lost."""

    code = "incomplete"

    def __init__(self, missing: list[Missing]) -> None:
        words = "; ".join(item.words for item in missing)
        super().__init__(_("Still missing: %s") % words, field=missing[0].field)
        self.missing = missing


@transaction.atomic
def submit_self_assessment(review: Review, *, by: Actor | None) -> Review:
    """Hand the self-assessment to the reviewer; from here on it stays as it is."""
    part = _locked_part(review, Side.SELF, "submit_self_assessment")
    _hand_over(part)
    _enter(part.review, ReviewState.MANAGER_REVIEW)
    events.self_assessment_submitted(part.review, by=by)
    return part.review


@transaction.atomic
def skip_self_assessment(review: Review, *, by: Actor | None) -> Review:
    """Go on without a self-assessment. What the employee has drafted stays theirs and unseen."""
    review = _enter(lock_review(review, "skip_self_assessment"), ReviewState.MANAGER_REVIEW)
    events.self_assessment_skipped(review, by=by)
    return review


@transaction.atomic
def submit_review(review: Review, *, by: Actor | None) -> Review:
    """Hand the manager's part in: to the second approver, to calibration, or as final where the cycle has neither.

    The computed score is stored with what it was computed from; the overall rating stays the manager's.
    """
    part = _locked_part(review, Side.MANAGER, "write_review")
    review = part.review
    if review.state == ReviewState.SELF_ASSESSMENT:
        raise ActionError(_("The self-assessment is still open. Wait for it, or go on without it."))
    _hand_over(part, _keep_score(part))
    review.proposed_rating_id, review.submitted_at = part.overall_rating_id, timezone.now()
    waits = review.cycle.needs_second_approval and second_approver_id(review) is not None
    handed_in = ("proposed_rating", "submitted_at", "computed_score", "score_inputs")
    _enter(review, ReviewState.SECOND_APPROVAL if waits else ReviewState.SUBMITTED, *handed_in)
    end_what_waits(review, by=by)
    events.review_submitted(review, by=by)
    return review if waits else _conclude(review, by=by)


@transaction.atomic
def approve_review(review: Review, *, by: Actor | None) -> Review:
    """The second approver agrees; the review goes on to calibration, or is final."""
    review = _enter(lock_review(review, "approve_review"), ReviewState.SUBMITTED)
    events.review_approved(review, by=by)
    return _conclude(review, by=by)


@transaction.atomic
def return_review(review: Review, *, by: Actor | None, reason: str, due_on: datetime.date | None = None) -> Review:
    """Send a review back to its reviewer, who can write again, with some days of their own for it."""
    review = lock_review(review, "return_review")
    review.manager_due_on = _due_again(review, due_on)
    add_remark(review, RemarkKind.RETURNED, reason, by)
    _open_for_writing(review, VersionCause.RETURNED)
    _enter(review, ReviewState.MANAGER_REVIEW, "manager_due_on")
    events.review_returned(review, by=by)
    notices.tell_returned(heed_change_while_away(review))
    return review


@transaction.atomic
def extend_review(review: Review, *, by: Actor | None, reason: str, due_on: datetime.date) -> Review:
    """Give whoever is at work on a review more time."""
    review = lock_review(review, "extend_review")
    if due_on < timezone.localdate() or (review.due_on and due_on <= review.due_on):
        raise ActionError(_("Name a later day than the one it is due on, and not one that is over."), field="due_on")
    if review.state == ReviewState.SELF_ASSESSMENT:
        review.self_due_on = due_on
    if review.manager_due_on is None or review.manager_due_on < due_on:
        review.manager_due_on = due_on
    add_remark(review, RemarkKind.EXTENDED, reason, by)
    review.save(update_fields=["self_due_on", "manager_due_on", "updated_at"])
    events.review_extended(review, by=by)
    notices.tell_extended(review)
    return review


@transaction.atomic
def withdraw_review(review: Review, *, by: Actor | None, reason: str) -> Review:
    """Take a review out of its cycle, for instance of somebody who left. It is kept."""
    review = lock_review(review, "withdraw_review")
    add_remark(review, RemarkKind.WITHDRAWN, reason, by)
    _enter(review, ReviewState.WITHDRAWN)
    end_what_waits(review, by=by)
    settle_cycles([review.cycle_id])
    events.review_withdrawn(review, by=by)
    return review


@transaction.atomic
def restore_review(review: Review, *, by: Actor | None, reason: str) -> Review:
    """Take a withdrawn review back in, where it can go on: nothing that was written is lost.

    One that was handed in comes back as a new revision: what lay on a table, or was decided there, is about the earlier one.
    """
    review = lock_review(review, "restore_review")
    if lock_cycle(review.cycle).state == CycleState.CLOSED:
        raise ActionError(_("This cycle is closed."))
    if review.employee.status == EmploymentStatus.LEFT:
        raise ActionError(_("%s does not work here now.") % review.employee.name)
    if review.reviewer is None or review.reviewer.status == EmploymentStatus.LEFT:
        review.reviewer = review.employee.manager
    was_handed_in = review.parts.filter(side=Side.MANAGER, submitted_at__isnull=False).exists()
    add_remark(review, RemarkKind.RESTORED, reason, by, content=_all_content(review) if was_handed_in else None)
    _open_for_writing(review, VersionCause.RETURNED)
    review.revision += was_handed_in
    review.submitted_at = None
    if review.manager_due_on:
        review.manager_due_on = _due_again(review, None)
    _enter(review, _where_it_goes_on(review), "reviewer", "revision", "submitted_at", "manager_due_on")
    _open_cycle_again(review)
    events.review_restored(review, by=by)
    return heed_change_while_away(review)


@transaction.atomic
def acknowledge_review(review: Review, *, by: Actor | None, comment: str = "") -> Review:
    """The employee has read it, and may say something to it. A record, not a consent."""
    review = lock_review(review, "acknowledge_review")
    review.acknowledged_at, review.acknowledgement_comment = timezone.now(), comment.strip()
    _enter(review, ReviewState.ACKNOWLEDGED, "acknowledged_at", "acknowledgement_comment")
    events.review_acknowledged(review, by=by)
    return review


@transaction.atomic
def dispute_review(review: Review, *, by: Actor | None, reason: str) -> Review:
    """The employee disagrees and says why; HR answers, or reopens the review."""
    review = lock_review(review, "dispute_review")
    review.disputed_at, review.dispute_reason = timezone.now(), required_reason(reason)
    _enter(review, ReviewState.DISPUTED, "disputed_at", "dispute_reason")
    events.review_disputed(review, by=by)
    notices.tell_disputed(review)
    return review


@transaction.atomic
def settle_dispute(review: Review, *, by: Actor | None, reason: str) -> Review:
    """Answer a dispute, and leave the review as it is. The employee reads the answer; to change something, reopen it."""
    review = lock_review(review, "settle_dispute")
    add_remark(review, RemarkKind.SETTLED, reason, by)
    _enter(review, ReviewState.ACKNOWLEDGED)
    events.dispute_settled(review, by=by)
    notices.tell_settled(review)
    return review


@transaction.atomic
def reopen_review(review: Review, *, by: Actor | None, reason: str) -> Review:
    """Correct a review that was decided on or is finished: a new revision to be written and decided again. What it said
    before is kept with the reason."""
    review = lock_review(review, "reopen_review")
    if lock_cycle(review.cycle).state == CycleState.CLOSED:
        raise ActionError(_("This cycle is closed."))
    add_remark(review, RemarkKind.REOPENED, reason, by, content=_all_content(review))
    _open_for_writing(review, VersionCause.RETURNED)
    review.revision += 1
    review.final_rating, review.final_is_calibrated, review.completed_without_calibration_reason = None, False, ""
    review.completed_at = review.shared_at = review.acknowledged_at = review.disputed_at = None
    review.acknowledge_due_on, review.dispute_reason, review.acknowledgement_comment = None, "", ""
    review.computed_score, review.score_inputs = None, {}
    review.manager_due_on = _due_again(review, None)
    review.state = ReviewState.MANAGER_REVIEW
    review.save()
    _open_cycle_again(review)
    events.review_reopened(review, by=by)
    return heed_change_while_away(review)


def _conclude(review: Review, *, by: Actor | None) -> Review:
    """Where nothing is calibrated, the proposed rating is final as soon as it was handed in (and never counts as calibrated)."""
    if review.cycle.is_calibrated:
        return review
    make_final([review], {review.pk: review.proposed_rating_id}, by=by, is_calibrated=False)
    if review.cycle.shares_on_completion:
        share_reviews([review.pk], by=by)
    return Review.objects.get(pk=review.pk)


def _locked_part(review: Review, side: Side, step: str) -> ReviewPart:
    review = lock_review(review, step)
    part = ReviewPart.objects.select_for_update(of=("self",)).get(review=review, side=side)
    part.review = review
    return part


def _keep_score(part: ReviewPart) -> Score | None:
    """The score with its inputs, onto the review, which is saved with the step."""
    inputs = inputs_of(part)
    score = score_of(inputs) if inputs.sections else None
    part.review.computed_score = score.percent if score else None
    part.review.score_inputs = inputs.as_json() if score else {}
    return score


def _hand_over(part: ReviewPart, score: Score | None = None) -> None:
    if missing := missing_from(part, score):
        raise Incomplete(missing)
    keep_version(part, VersionCause.SUBMITTED)
    part.submitted_at = timezone.now()
    part.save(update_fields=["submitted_at"])


def _open_for_writing(review: Review, cause: VersionCause) -> None:
    part = ReviewPart.objects.select_for_update(of=("self",)).get(review=review, side=Side.MANAGER)
    part.review = review
    keep_version(part, cause)
    part.submitted_at = None
    part.save(update_fields=["submitted_at"])


def _due_again(review: Review, due_on: datetime.date | None) -> datetime.date:
    """A due date of its own for writing once more, so that nobody is late on the day they hear of it."""
    today = timezone.localdate()
    if due_on is not None and due_on < today:
        raise ActionError(_("This day is over."), field="due_on")
    soonest = today + datetime.timedelta(days=DAYS_AFTER_RETURN)
    return due_on or max(review.manager_due_on or soonest, soonest)


def _where_it_goes_on(review: Review) -> ReviewState:
    """The step a review that comes back is at: still agreeing goals, still time for the self-assessment, or the manager's."""
    if review.revision == 1 and review.cycle.sets_goals:
        return ReviewState.GOAL_SETTING
    due, handed_in = review.self_due_on, review.parts.filter(side=Side.SELF, submitted_at__isnull=False)
    has_time = due is not None and due >= timezone.localdate()
    is_open = review.revision == 1 and has_time and not handed_in.exists()
    return ReviewState.SELF_ASSESSMENT if is_open else ReviewState.MANAGER_REVIEW


def _open_cycle_again(review: Review) -> None:
    """A cycle in which everything was done has something to do again."""
    ReviewCycle.objects.filter(pk=review.cycle_id, state=CycleState.COMPLETED).update(
        state=CycleState.OPEN, updated_at=timezone.now()
    )


def _enter(review: Review, state: ReviewState, *changed: str) -> Review:
    review.state = state
    review.save(update_fields=["state", "updated_at", *changed])
    return review


def _all_content(review: Review) -> dict[str, Any]:
    parts = review.parts.prefetch_related("answers", "competency_ratings", "development_needs")
    return {
        "parts": {part.side: content_of(part) for part in parts},
        "proposed_rating": review.proposed_rating_id,
        "final_rating": review.final_rating_id,
        "final_is_calibrated": review.final_is_calibrated,
        "computed_score": None if review.computed_score is None else str(review.computed_score),
        "score_inputs": review.score_inputs,
        "acknowledgement_comment": review.acknowledgement_comment,
        "dispute_reason": review.dispute_reason,
    }
