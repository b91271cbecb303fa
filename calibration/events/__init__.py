"""Every fact calibration announces, one function each, a module for each topic.

Ids and versions only; what was said stays in its rows.
"""

from calibration.events.cards import cards_discussed, cards_moved
from calibration.events.decisions import (
    cycle_completion_started,
    decision_remarked,
    decision_request_answered,
    reviews_decided,
    session_sharing_started,
)
from calibration.events.readiness import readiness_audit_computed, readiness_audit_started
from calibration.events.sessions import (
    session_cancelled,
    session_completion_started,
    session_created,
    session_edited,
    session_filled,
    session_locked,
    session_opened,
    sessions_created,
)
from calibration.events.table import (
    card_moved_on_agenda,
    card_taken_off_agenda,
    cards_put_on_agenda,
    pre_read_answered,
    pre_read_opened,
    recusal_declared,
    recusal_withdrawn,
)

__all__ = [
    "card_moved_on_agenda",
    "card_taken_off_agenda",
    "cards_discussed",
    "cards_moved",
    "cards_put_on_agenda",
    "cycle_completion_started",
    "decision_remarked",
    "decision_request_answered",
    "pre_read_answered",
    "pre_read_opened",
    "readiness_audit_computed",
    "readiness_audit_started",
    "recusal_declared",
    "recusal_withdrawn",
    "reviews_decided",
    "session_cancelled",
    "session_completion_started",
    "session_created",
    "session_edited",
    "session_filled",
    "session_locked",
    "session_opened",
    "session_sharing_started",
    "sessions_created",
]
