"""Facts about reviews. The version of a fact is the revision of its review."""

from collections.abc import Iterable

from hrportal.journal.recording import Actor, Entry, record_many
from performance.models import Review


def _about_review(topic: str, review: Review, by: Actor | None, **data: int | None) -> None:
    _about_reviews(topic, [review], by, **data)


def _about_reviews(topic: str, reviews: Iterable[Review], by: Actor | None, **data: int | bool | None) -> None:
    entries = (
        Entry(review, person_id=review.employee_id, version=review.revision, data={"cycle": review.cycle_id, **data})
        for review in reviews
    )
    record_many(topic, entries, by=by)


def reviews_opened(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_opened", reviews, by)


def self_assessment_submitted(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.self_assessment_submitted", review, by)


def self_assessment_skipped(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.self_assessment_skipped", review, by)


def self_assessments_skipped(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.self_assessment_skipped", reviews, by)


def goals_agreed(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.goals_agreed", review, by)


def writing_opened(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_writing_opened", reviews, by)


def review_nudged(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_nudged", review, by)


def review_submitted(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_submitted", review, by)


def review_written_for_reviewer(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_written_for_reviewer", review, by)


def review_extended(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_extended", review, by)


def review_delegated(review: Review, *, by: Actor | None, delegate: int) -> None:
    _about_review("performance.review_delegated", review, by, reviewer=review.reviewer_id, delegate=delegate)


def delegation_ended(review: Review, *, by: Actor | None, delegate: int) -> None:
    _about_review("performance.review_delegation_ended", review, by, delegate=delegate)


def reviewer_change_asked(review: Review, *, by: Actor | None, new_manager: int) -> None:
    _about_review("performance.reviewer_change_asked", review, by, reviewer=review.reviewer_id, new_manager=new_manager)


def reviewer_change_settled(review: Review, *, by: Actor | None, new_manager: int) -> None:
    _about_review(
        "performance.reviewer_change_settled", review, by, reviewer=review.reviewer_id, new_manager=new_manager
    )


def review_approved(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_approved", review, by)


def review_returned(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_returned", review, by)


def review_reassigned(review: Review, *, by: Actor | None, previous: int | None) -> None:
    _about_review("performance.review_reassigned", review, by, reviewer=review.reviewer_id, previous=previous)


def review_withdrawn(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_withdrawn", review, by)


def review_restored(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_restored", review, by)


def calibration_begun(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_calibration_begun", reviews, by)


def reviews_calibrated(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_calibrated", reviews, by)


def reviews_completed(reviews: Iterable[Review], *, by: Actor | None, is_calibrated: bool) -> None:
    _about_reviews("performance.review_completed", reviews, by, is_calibrated=is_calibrated)


def reviews_shared(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_shared", reviews, by)


def review_acknowledged(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_acknowledged", review, by)


def review_disputed(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_disputed", review, by)


def dispute_settled(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.dispute_settled", review, by)


def review_reopened(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_reopened", review, by)
