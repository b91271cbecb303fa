"""Every fact calibration announces, one function each. Ids and versions only; what was said stays in its rows."""

from collections.abc import Iterable

from calibration.models import CalibrationSession, Card, CardMove, Decision
from hrportal.journal.recording import Actor, Entry, record, record_many


def _about_session(topic: str, session: CalibrationSession, by: Actor | None, **data: int | None) -> None:
    record(topic, session, by=by, version=session.revision, data={"cycle": session.cycle_id, **data})


def session_created(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_created", session, by)


def session_edited(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_edited", session, by)


def session_filled(session: CalibrationSession, *, by: Actor | None, added: int) -> None:
    _about_session("calibration.session_filled", session, by, added=added)


def session_opened(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_opened", session, by)


def session_locked(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_locked", session, by)


def session_completion_started(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_completion_started", session, by, job=session.completion_job_id)


def card_moved(card: Card, move: CardMove, *, by: Actor | None) -> None:
    _about_card("calibration.card_moved", card, by, move=move.pk)


def card_discussed(card: Card, *, by: Actor | None) -> None:
    _about_card("calibration.card_discussed", card, by)


def reviews_decided(decisions: Iterable[Decision], *, by: Actor | None) -> None:
    """Final ratings were decided. The decisions come with their reviews."""
    record_many("calibration.review_decided", [_decision(decision) for decision in decisions], by=by)


def _about_card(topic: str, card: Card, by: Actor | None, **data: int) -> None:
    data |= {"session": card.session_id, "review": card.review_id}
    record(topic, card, by=by, person_id=card.review.employee_id, version=card.version, data=data)


def _decision(decision: Decision) -> Entry:
    data = {"review": decision.review_id, "session": decision.session_id}
    return Entry(decision, decision.review.employee_id, version=decision.review_revision, data=data)
