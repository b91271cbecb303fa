"""Around the table: who says that somebody stays out, who is asked before the meeting, who makes the agenda."""

import rules

from calibration.models import Card, Participant, Recusal
from calibration.rules.cards import is_free_to_decide, works_the_board
from calibration.rules.sessions import WRITE, is_session_hr, leads, sits_at_table
from hrportal.people.viewer import Principal


@rules.predicate
def is_recusal_hr(user: Principal, recusal: Recusal) -> bool:
    """HR of the session, never the one who stays out."""
    return is_session_hr(user, recusal.session) and recusal.employee_id != user.viewer.employee_id


@rules.predicate
def is_asked(user: Principal, card: Card) -> bool:
    """Whoever takes part, about proposals that are not their own."""
    viewer = user.viewer
    if viewer.employee_id is None or not viewer.may_use(WRITE) or card.review.reviewer_id == viewer.employee_id:
        return False
    return Participant.objects.filter(session=card.session_id, employee=viewer.employee_id).exists()


rules.add_perm("calibration.declare_recusal", is_session_hr | sits_at_table)
rules.add_perm("calibration.recuse_another", is_session_hr | leads)
rules.add_perm("calibration.withdraw_recusal", is_recusal_hr)
rules.add_perm("calibration.open_pre_read", is_session_hr | leads)
rules.add_perm("calibration.answer_pre_read", is_asked & is_free_to_decide)
rules.add_perm("calibration.compare_pre_read", is_session_hr | leads)
rules.add_perm("calibration.make_agenda", is_session_hr | leads)
rules.add_perm("calibration.put_on_agenda", works_the_board & is_free_to_decide)
