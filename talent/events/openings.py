"""What is announced of openings to managers."""

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from talent.models import Opening


def topic_opened(opening: Opening, *, by: Actor | None) -> Fact:
    return _about("talent.topic_opened", opening, by)


def topic_closed(opening: Opening, *, by: Actor | None) -> Fact:
    return _about("talent.topic_closed", opening, by)


def _about(topic: str, opening: Opening, by: Actor | None) -> Fact:
    return record(topic, opening, by=by, data={"topic": opening.topic, "unit": opening.org_unit_id})
