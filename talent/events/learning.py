"""What is announced of learning."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import Enrolment, LearningItem


def learning_items_added(items: Sequence[LearningItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.learning_item_added", [Entry(item) for item in items], by=by)


def learning_items_edited(items: Sequence[LearningItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.learning_item_edited", [Entry(item) for item in items], by=by)


def enrolment_requested(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return _about("talent.enrolment_requested", enrolment, by=by)


def enrolment_begun(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return _about("talent.enrolment_begun", enrolment, by=by)


def enrolment_refused(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return _about("talent.enrolment_refused", enrolment, by=by)


def enrolment_cancelled(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return _about("talent.enrolment_cancelled", enrolment, by=by)


def enrolment_completed(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return enrolments_completed([enrolment], by=by)[0]


def enrolments_completed(enrolments: Sequence[Enrolment], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.enrolment_completed", [_entry(enrolment) for enrolment in enrolments], by=by)


def completion_confirmed(enrolment: Enrolment, *, by: Actor | None) -> Fact:
    return _about("talent.completion_confirmed", enrolment, by=by)


def _about(topic: str, enrolment: Enrolment, *, by: Actor | None) -> Fact:
    entry = _entry(enrolment)
    return record(topic, enrolment, by=by, person_id=entry.person_id, data=entry.data)


def _entry(enrolment: Enrolment) -> Entry:
    return Entry(enrolment, enrolment.employee_id, data={"learning_item": enrolment.learning_item_id})
