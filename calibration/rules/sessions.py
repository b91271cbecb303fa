"""Sessions: who prepares them, who leads them."""

import rules

from calibration.models import CalibrationSession
from hrportal.people.viewer import Principal

WRITE = "calibration:write"


@rules.predicate
def is_hr(user: Principal) -> bool:
    """HR of anybody, or a client that writes calibration."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client or viewer.is_hr)


@rules.predicate
def is_session_hr(user: Principal, session: CalibrationSession) -> bool:
    """HR for the whole session: a leader, or the partner of its unit."""
    viewer = user.viewer
    if viewer.is_over_all:
        return viewer.may_use(WRITE)
    unit = session.org_unit
    return bool(unit and viewer.may_use(WRITE) and unit.path.startswith(viewer.given_units))


@rules.predicate
def is_in_own_reach(user: Principal, session: CalibrationSession | None) -> bool:
    """A session as it shall be: none in particular yet, or one of a unit one looks after; so is the one it lies under."""
    tables = (session, session.parent) if session else ()
    return all(is_session_hr(user, table) for table in tables if table)


@rules.predicate
def leads(user: Principal, session: CalibrationSession) -> bool:
    """Who leads the conversation: owner, facilitator or co-facilitator, of the session or of the one above it."""
    viewer = user.viewer
    if viewer.employee_id is None or not viewer.may_use(WRITE):
        return False
    return any(viewer.employee_id in table.leader_ids for table in (session, session.parent) if table)


@rules.predicate
def sits_at_table(user: Principal, session: CalibrationSession) -> bool:
    """Whoever leads or takes part, here or in the session above."""
    viewer = user.viewer
    if viewer.is_client or viewer.employee_id is None:
        return False
    return leads(user, session) or session.is_seated(viewer.employee_id)


rules.add_perm("calibration.create_session", is_hr & is_in_own_reach)
rules.add_perm("calibration.edit_session", is_session_hr)
rules.add_perm("calibration.cancel_session", is_session_hr)
rules.add_perm("calibration.fill_session", is_session_hr)
rules.add_perm("calibration.open_session", is_session_hr)
rules.add_perm("calibration.lock_session", is_session_hr | leads)
rules.add_perm("calibration.complete_session", is_session_hr)
rules.add_perm("calibration.share_session", is_session_hr)
