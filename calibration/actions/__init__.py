"""What can be done in calibration. Who may is in rules.py; from which state, each function says."""

from calibration.actions.cards import mark_discussed, move_card
from calibration.actions.completion import complete_session, complete_uncalibrated, decide_reopened, share_session
from calibration.actions.handover import retry_parked
from calibration.actions.sessions import create_session, edit_session, fill_session, lock_session, open_session

__all__ = [
    "complete_session",
    "complete_uncalibrated",
    "create_session",
    "decide_reopened",
    "edit_session",
    "fill_session",
    "lock_session",
    "mark_discussed",
    "move_card",
    "open_session",
    "retry_parked",
    "share_session",
]
