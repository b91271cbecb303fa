"""Facts about one-to-ones: that a series began or ended, that a meeting was planned, moved, held or skipped.

What lies on the table and what was agreed is the two people's own and leaves no facts.
"""

from typing import Any

from hrportal.journal.recording import Actor, record
from performance.models import Meeting, OneToOne


def one_to_one_started(one_to_one: OneToOne, *, by: Actor | None) -> None:
    record("performance.one_to_one_started", one_to_one, by=by, person_id=one_to_one.employee_id)


def one_to_one_changed(one_to_one: OneToOne, *, by: Actor | None) -> None:
    record("performance.one_to_one_changed", one_to_one, by=by, person_id=one_to_one.employee_id)


def one_to_one_ended(one_to_one: OneToOne, *, by: Actor | None) -> None:
    record("performance.one_to_one_ended", one_to_one, by=by, person_id=one_to_one.employee_id)


def meeting_planned(meeting: Meeting, *, by: Actor | None) -> None:
    _about_meeting("performance.meeting_planned", meeting, by=by)


def meeting_moved(meeting: Meeting, *, by: Actor | None) -> None:
    _about_meeting("performance.meeting_moved", meeting, by=by)


def meeting_held(meeting: Meeting, *, by: Actor | None) -> None:
    _about_meeting("performance.meeting_held", meeting, by=by)


def meeting_skipped(meeting: Meeting, *, by: Actor | None) -> None:
    _about_meeting("performance.meeting_skipped", meeting, by=by)


def _about_meeting(topic: str, meeting: Meeting, *, by: Actor | None) -> None:
    data: dict[str, Any] = {"one_to_one": meeting.one_to_one_id}
    record(topic, meeting, by=by, person_id=meeting.one_to_one.employee_id, data=data)
