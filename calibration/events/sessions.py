"""Sessions: made, prepared, opened, locked."""

from collections.abc import Iterable

from calibration.models import CalibrationSession
from hrportal.journal.recording import Actor, Entry, record, record_many


def _about_session(topic: str, session: CalibrationSession, by: Actor | None, **data: int | None) -> None:
    record(topic, session, by=by, version=session.revision, data={"cycle": session.cycle_id, **data})


def session_created(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_created", session, by)


def sessions_created(sessions: Iterable[CalibrationSession], *, by: Actor | None) -> None:
    """Many at once."""
    entries = [Entry(session, version=session.revision, data={"cycle": session.cycle_id}) for session in sessions]
    record_many("calibration.session_created", entries, by=by)


def session_cancelled(session: CalibrationSession, *, by: Actor | None) -> None:
    _about_session("calibration.session_cancelled", session, by)


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
