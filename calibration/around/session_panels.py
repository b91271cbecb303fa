"""What the page of a session shows of what happens around its table."""

from typing import Any

from calibration.around.pre_read import PreReading
from calibration.around.recusals import conflicts_of, recusals_at
from calibration.enums import SessionState
from calibration.models import CalibrationSession
from hrportal.people.viewer import Principal


def around_the_table(session: CalibrationSession, user: Principal) -> dict[str, Any]:
    """Who stays out, whose seat brings a conflict with it, and how far one is with what is asked before the meeting."""
    leads = user.has_perm("calibration.recuse_another", session)
    asks = session.state == SessionState.PREPARING and not session.pre_read_opened_at
    return {
        "recusals": recusals_at(session, user),
        "sees_all_recusals": leads,
        "conflicts": conflicts_of(session, user) if leads else [],
        "reading": PreReading(session, user),
        "may_ask": asks and user.has_perm("calibration.open_pre_read", session),
        "may_compare": user.has_perm("calibration.compare_pre_read", session),
    }
