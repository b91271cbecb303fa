"""Who may do what in calibration. Which rows somebody sees is `visible_to`; this is about touching them."""

from typing import Any

import rules

from calibration.models import CalibrationSession, Card
from hrportal.common.paths import ids_of
from hrportal.people.enums import Role
from performance.models import Review

WRITE = "calibration:write"


@rules.predicate
def is_hr(user: Any) -> bool:
    """HR of anybody, or a client that writes calibration."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client or viewer.is_hr)


@rules.predicate
def is_session_hr(user: Any, session: CalibrationSession) -> bool:
    """HR for the whole session: a leader, or the partner of its unit."""
    viewer = user.viewer
    if viewer.is_client or viewer.has(Role.HR_LEADER):
        return viewer.may_use(WRITE)
    unit = session.org_unit
    return bool(unit and viewer.may_use(WRITE) and unit.path.startswith(viewer.partner_units))


@rules.predicate
def is_in_own_reach(user: Any, session: CalibrationSession | None) -> bool:
    """A session about to be made: none in particular yet, or one of a unit one looks after."""
    return session is None or is_session_hr(user, session)


@rules.predicate
def is_facilitator(user: Any, session: CalibrationSession) -> bool:
    """Who leads the conversation."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and viewer.employee_id is not None and session.facilitator_id == viewer.employee_id


@rules.predicate
def works_the_board(user: Any, card: Card) -> bool:
    """HR or the facilitator of the card's session."""
    return is_session_hr(user, card.session) or is_facilitator(user, card.session)


@rules.predicate
def is_free_to_decide(user: Any, card: Card) -> bool:
    """Nobody decides on themselves, and a partner not on those they report to."""
    viewer, person = user.viewer, card.review.employee_id
    if viewer.is_client:
        return True
    reports_to = viewer.has(Role.HRBP) and not viewer.has(Role.HR_LEADER) and person in ids_of(viewer.path)
    return person != viewer.employee_id and not reports_to


@rules.predicate
def is_review_hr(user: Any, review: Review) -> bool:
    """HR for the person reviewed; asked of the rows, so that it cannot disagree with them."""
    viewer = user.viewer
    if viewer.is_client:
        return viewer.may_use(WRITE)
    return viewer.may_use(WRITE) and Review.objects.filter(viewer.hr(), pk=review.pk).exists()


rules.add_perm("calibration.create_session", is_hr & is_in_own_reach)
rules.add_perm("calibration.edit_session", is_session_hr)
rules.add_perm("calibration.fill_session", is_session_hr)
rules.add_perm("calibration.open_session", is_session_hr)
rules.add_perm("calibration.lock_session", is_session_hr | is_facilitator)
rules.add_perm("calibration.complete_session", is_session_hr)
rules.add_perm("calibration.share_session", is_session_hr)
rules.add_perm("calibration.move_card", works_the_board & is_free_to_decide)
rules.add_perm("calibration.discuss_card", works_the_board & is_free_to_decide)
rules.add_perm("calibration.complete_uncalibrated", is_review_hr)
rules.add_perm("calibration.decide_reopened", is_review_hr)
rules.add_perm("calibration.retry_handover", is_hr)
