"""What can happen to one review. Who may do it is in rules.py; from where, `STARTS_FROM` in enums.py."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.people.models import Employee
from performance import events
from performance.actions.common import acting_id, lock_review, required_reason
from performance.actions.cycles import lock_cycle
from performance.actions.outcomes import make_final, settle_cycles, share_reviews
from performance.actions.writing import content_of
from performance.approvers import second_approver_id
from performance.completeness import Missing, missing_from
from performance.enums import CycleState, RemarkKind, ReviewState, Side
from performance.models import Review, ReviewCycle, ReviewPart, ReviewRemark


class Incomplete(ActionError):
    """Something required is not written yet; `missing` says what, and nothing written is lost."""

    code = "incomplete"

    def __init__(self, missing: list[Missing]) -> None:
        words = "; ".join(item.words for item in missing)
        super().__init__(_("Still missing: %s") % words, field=missing[0].field)
        self.missing = missing


@transaction.atomic
def submit_self_assessment(review: Review, *, by: Any) -> Review:
    """Hand the self-assessment to the reviewer; from here on it stays as it is."""
    part = _locked_part(review, Side.SELF, "submit_self_assessment")
    _hand_over(part)
    _enter(part.review, ReviewState.MANAGER_REVIEW)
    events.self_assessment_submitted(part.review, by=by)
    return part.review


@transaction.atomic
def skip_self_assessment(review: Review, *, by: Any) -> Review:
    """Go on without a self-assessment. What the employee has drafted stays theirs and unseen."""
    review = _enter(lock_review(review, "skip_self_assessment"), ReviewState.MANAGER_REVIEW)
    events.self_assessment_skipped(review, by=by)
    return review


@transaction.atomic
def submit_review(review: Review, *, by: Any) -> Review:
    """Hand the manager's part in: to the second approver, to calibration, or as final where the cycle has neither."""
    part = _locked_part(review, Side.MANAGER, "write_review")
    review = part.review
    if review.state == ReviewState.SELF_ASSESSMENT:
        raise ActionError(_("The self-assessment is still open. Wait for it, or go on without it."))
    _hand_over(part)
    review.proposed_rating_id, review.submitted_at = part.overall_rating_id, timezone.now()
    waits = review.cycle.needs_second_approval and second_approver_id(review) is not None
    _enter(review, ReviewState.SECOND_APPROVAL if waits else ReviewState.SUBMITTED, "proposed_rating", "submitted_at")
    events.review_submitted(review, by=by)
    return review if waits else _conclude(review, by=by)


@transaction.atomic
def approve_review(review: Review, *, by: Any) -> Review:
    """The second approver agrees; the review goes on to calibration, or is final."""
    review = _enter(lock_review(review, "approve_review"), ReviewState.SUBMITTED)
    events.review_approved(review, by=by)
    return _conclude(review, by=by)


@transaction.atomic
def return_review(review: Review, *, by: Any, reason: str) -> Review:
    """Send a review back to its reviewer, who can write again."""
    review = lock_review(review, "return_review")
    _remark(review, RemarkKind.RETURNED, reason, by)
    _open_for_writing(review)
    _enter(review, ReviewState.MANAGER_REVIEW)
    events.review_returned(review, by=by)
    return review


@transaction.atomic
def reassign_review(review: Review, *, to: Employee, by: Any, reason: str) -> Review:
    """Give a review to another reviewer. All that is written stays, with the name of who wrote it."""
    review = lock_review(review, "reassign_review")
    if to.pk == review.employee_id:
        raise ActionError(_("Nobody reviews themselves."), field="to")
    if to.pk == review.reviewer_id:
        raise ActionError(_("%s is the reviewer already.") % to.name, field="to")
    if not Employee.objects.employed().filter(pk=to.pk).exists():
        raise ActionError(_("%s does not work here now.") % to.name, field="to")
    _remark(review, RemarkKind.REASSIGNED, reason, by)
    previous, review.reviewer = review.reviewer_id, to
    review.save(update_fields=["reviewer", "updated_at"])
    events.review_reassigned(review, by=by, previous=previous)
    return review


@transaction.atomic
def withdraw_review(review: Review, *, by: Any, reason: str) -> Review:
    """Take a review out of its cycle, for instance of somebody who left. It is kept."""
    review = lock_review(review, "withdraw_review")
    _remark(review, RemarkKind.WITHDRAWN, reason, by)
    _enter(review, ReviewState.WITHDRAWN)
    settle_cycles([review.cycle_id])
    events.review_withdrawn(review, by=by)
    return review


@transaction.atomic
def acknowledge_review(review: Review, *, by: Any, comment: str = "") -> Review:
    """The employee has read it, and may say something to it. A record, not a consent."""
    review = lock_review(review, "acknowledge_review")
    review.acknowledged_at, review.acknowledgement_comment = timezone.now(), comment.strip()
    _enter(review, ReviewState.ACKNOWLEDGED, "acknowledged_at", "acknowledgement_comment")
    events.review_acknowledged(review, by=by)
    return review


@transaction.atomic
def reopen_review(review: Review, *, by: Any, reason: str) -> Review:
    """Correct a finished review: a new revision to be written and decided again. What it said before is kept with the reason."""
    review = lock_review(review, "reopen_review")
    if lock_cycle(review.cycle).state == CycleState.CLOSED:
        raise ActionError(_("This cycle is closed."))
    _remark(review, RemarkKind.REOPENED, reason, by, content=_all_content(review))
    _open_for_writing(review)
    review.revision += 1
    review.final_rating, review.final_is_calibrated, review.completed_without_calibration_reason = None, False, ""
    review.completed_at = review.shared_at = review.acknowledged_at = None
    review.state = ReviewState.MANAGER_REVIEW
    review.save()
    ReviewCycle.objects.filter(pk=review.cycle_id, state=CycleState.COMPLETED).update(
        state=CycleState.OPEN, updated_at=timezone.now()
    )
    events.review_reopened(review, by=by)
    return review


def _conclude(review: Review, *, by: Any) -> Review:
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


def _hand_over(part: ReviewPart) -> None:
    if missing := missing_from(part):
        raise Incomplete(missing)
    part.submitted_at = timezone.now()
    part.save(update_fields=["submitted_at"])


def _open_for_writing(review: Review) -> None:
    ReviewPart.objects.filter(review=review, side=Side.MANAGER).update(submitted_at=None)


def _enter(review: Review, state: ReviewState, *changed: str) -> Review:
    review.state = state
    review.save(update_fields=["state", "updated_at", *changed])
    return review


def _remark(review: Review, kind: RemarkKind, reason: str, by: Any, content: dict[str, Any] | None = None) -> None:
    ReviewRemark.objects.create(
        review=review,
        kind=kind,
        revision=review.revision,
        reason=required_reason(reason),
        made_by_id=acting_id(by),
        content=content or {},
    )


def _all_content(review: Review) -> dict[str, Any]:
    parts = review.parts.prefetch_related("answers", "competency_ratings", "development_needs")
    return {
        "parts": {part.side: content_of(part) for part in parts},
        "proposed_rating": review.proposed_rating_id,
        "final_rating": review.final_rating_id,
        "final_is_calibrated": review.final_is_calibrated,
        "acknowledgement_comment": review.acknowledgement_comment,
    }
