"""Facts about feedback. What only its giver reads is not a fact about the other person."""

from typing import Any

from hrportal.journal.recording import Actor, record
from performance.models import Feedback, FeedbackRequest


def feedback_given(feedback: Feedback, *, by: Actor | None) -> None:
    _about_feedback("performance.feedback_given", feedback, by=by)


def feedback_taken_back(feedback: Feedback, *, by: Actor | None) -> None:
    _about_feedback("performance.feedback_taken_back", feedback, by=by)


def feedback_thanked(feedback: Feedback, *, by: Actor | None) -> None:
    _about_feedback("performance.feedback_thanked", feedback, by=by)


def feedback_requested(request: FeedbackRequest, *, by: Actor | None) -> None:
    _about_request("performance.feedback_requested", request, by=by)


def feedback_request_answered(request: FeedbackRequest, feedback: Feedback, *, by: Actor | None) -> None:
    _about_request("performance.feedback_request_answered", request, by=by, data={"feedback": feedback.pk})


def feedback_request_declined(request: FeedbackRequest, *, by: Actor | None) -> None:
    _about_request("performance.feedback_request_declined", request, by=by)


def feedback_request_withdrawn(request: FeedbackRequest, *, by: Actor | None) -> None:
    _about_request("performance.feedback_request_withdrawn", request, by=by)


def feedback_request_reopened(request: FeedbackRequest, *, by: Actor | None) -> None:
    _about_request("performance.feedback_request_reopened", request, by=by)


def _about_feedback(topic: str, feedback: Feedback, *, by: Actor | None) -> None:
    record(topic, feedback, by=by, person_id=feedback.recipient_id if feedback.is_for_recipient else None)


def _about_request(
    topic: str, request: FeedbackRequest, *, by: Actor | None, data: dict[str, Any] | None = None
) -> None:
    person_id = request.about_id if request.is_about_asker else None
    record(topic, request, by=by, person_id=person_id, data=data or {})
