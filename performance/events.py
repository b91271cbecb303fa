"""Every fact performance announces, one function each. Ids and versions only; what was written stays in its rows."""

from collections.abc import Iterable

from django.db.models import Model

from hrportal.journal.recording import Actor, Entry, record, record_many
from performance.models import CheckIn, Feedback, KeyResult, Objective, Review, ReviewCycle


def _about_review(topic: str, review: Review, by: Actor | None, **data: int | None) -> None:
    _about_reviews(topic, [review], by, **data)


def _about_reviews(topic: str, reviews: Iterable[Review], by: Actor | None, **data: int | bool | None) -> None:
    entries = (
        Entry(review, person_id=review.employee_id, version=review.revision, data={"cycle": review.cycle_id, **data})
        for review in reviews
    )
    record_many(topic, entries, by=by)


def master_edited(master: Model, *, by: Actor | None) -> None:
    """A template or a rating scale was made or changed."""
    record(f"performance.{master._meta.model_name}_edited", master, by=by)


def cycle_created(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_created", cycle, by=by)


def cycle_edited(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_edited", cycle, by=by)


def cycle_launched(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_launched", cycle, by=by, data={"job": cycle.launch_job_id})


def cycle_closed(cycle: ReviewCycle, *, by: Actor | None) -> None:
    record("performance.cycle_closed", cycle, by=by)


def reviews_opened(reviews: Iterable[Review], *, by: Actor | None) -> None:
    _about_reviews("performance.review_opened", reviews, by)


def self_assessment_submitted(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.self_assessment_submitted", review, by)


def self_assessment_skipped(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.self_assessment_skipped", review, by)


def review_submitted(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_submitted", review, by)


def review_approved(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_approved", review, by)


def review_returned(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_returned", review, by)


def review_reassigned(review: Review, *, by: Actor | None, previous: int | None) -> None:
    _about_review("performance.review_reassigned", review, by, reviewer=review.reviewer_id, previous=previous)


def review_withdrawn(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_withdrawn", review, by)


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


def review_reopened(review: Review, *, by: Actor | None) -> None:
    _about_review("performance.review_reopened", review, by)


def objective_created(objective: Objective, *, by: Actor | None) -> None:
    record("performance.objective_created", objective, by=by, person_id=objective.owner_id)


def objective_edited(objective: Objective, *, by: Actor | None) -> None:
    record("performance.objective_edited", objective, by=by, person_id=objective.owner_id)


def objective_closed(objective: Objective, *, by: Actor | None) -> None:
    record("performance.objective_closed", objective, by=by, person_id=objective.owner_id)


def goal_checked_in(key_result: KeyResult, check_in: CheckIn, *, by: Actor | None) -> None:
    owner_id, data = key_result.objective.owner_id, {"objective": key_result.objective_id, "check_in": check_in.pk}
    record("performance.goal_checked_in", key_result, by=by, person_id=owner_id, data=data)


def feedback_given(feedback: Feedback, *, by: Actor | None) -> None:
    record("performance.feedback_given", feedback, by=by, person_id=feedback.recipient_id)
