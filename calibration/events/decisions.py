"""Final ratings: decided, taken on, spoken up about."""

from collections.abc import Iterable

from calibration.models import CalibrationSession, Decision, DecisionRemark
from hrportal.journal.recording import Actor, Entry, record, record_many
from performance.models import ReviewCycle


def reviews_decided(decisions: Iterable[Decision], *, by: Actor | None) -> None:
    """Final ratings were decided. The decisions come with their reviews."""
    record_many("calibration.review_decided", [_decision(decision) for decision in decisions], by=by)


def session_sharing_started(session: CalibrationSession, *, by: Actor | None, job: int) -> None:
    data = {"cycle": session.cycle_id, "job": job}
    record("calibration.session_sharing_started", session, by=by, version=session.revision, data=data)


def cycle_completion_started(cycle: ReviewCycle, *, by: Actor | None, job: int) -> None:
    record("calibration.cycle_completion_started", cycle, by=by, data={"job": job})


def decision_remarked(remark: DecisionRemark, *, by: Actor | None) -> None:
    """A manager said something to a decision, or asked HR to look again."""
    _about_remark("calibration.decision_remarked", remark, by)


def decision_request_answered(remark: DecisionRemark, *, by: Actor | None) -> None:
    """HR answered a request to look again; the decision stays."""
    _about_remark("calibration.decision_request_answered", remark, by)


def _about_remark(topic: str, remark: DecisionRemark, by: Actor | None) -> None:
    review = remark.decision.review
    data = {"review": review.pk, "remark": remark.pk}
    record(topic, remark.decision, by=by, person_id=review.employee_id, version=review.revision, data=data)


def _decision(decision: Decision) -> Entry:
    data = {"review": decision.review_id, "session": decision.session_id}
    return Entry(decision, decision.review.employee_id, version=decision.review_revision, data=data)
