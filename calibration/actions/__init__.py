"""What can be done in calibration. Who may is in rules.py; from which state, each function says."""

from calibration.actions.agenda import move_on_agenda, put_many_on_agenda, put_on_agenda, take_off_agenda
from calibration.actions.cards import mark_discussed, move_card, undo_move
from calibration.actions.completion import complete_session, complete_uncalibrated, decide_reopened, share_session
from calibration.actions.handover import retry_parked
from calibration.actions.locking import lock_session
from calibration.actions.pre_read import answer_pre_read, open_pre_read
from calibration.actions.readiness import start_readiness_audit
from calibration.actions.recusals import declare_recusal, withdraw_recusal
from calibration.actions.sessions import cancel_session, create_session, edit_session, fill_session, open_session
from calibration.actions.setup import import_sessions, set_up_sessions

__all__ = [
    "answer_pre_read",
    "cancel_session",
    "complete_session",
    "complete_uncalibrated",
    "create_session",
    "decide_reopened",
    "declare_recusal",
    "edit_session",
    "fill_session",
    "import_sessions",
    "lock_session",
    "mark_discussed",
    "move_card",
    "move_on_agenda",
    "open_pre_read",
    "open_session",
    "put_many_on_agenda",
    "put_on_agenda",
    "retry_parked",
    "set_up_sessions",
    "share_session",
    "start_readiness_audit",
    "take_off_agenda",
    "undo_move",
    "withdraw_recusal",
]
