"""Cards: who moves them and ticks them off."""

import rules

from calibration.models import Card
from calibration.rules.sessions import is_session_hr, leads
from hrportal.people.viewer import Principal


@rules.predicate
def works_the_board(user: Principal, card: Card) -> bool:
    """HR of the card's session, or who leads it."""
    return is_session_hr(user, card.session) or leads(user, card.session)


@rules.predicate
def is_free_to_decide(user: Principal, card: Card) -> bool:
    """Nobody decides on themselves, on those they report to, or where they have declared a conflict."""
    return Card.objects.filter(pk=card.pk).exclude(Card.objects.recused(user.viewer)).exists()


rules.add_perm("calibration.work_board", is_session_hr | leads)
rules.add_perm("calibration.move_card", works_the_board & is_free_to_decide)
rules.add_perm("calibration.discuss_card", works_the_board & is_free_to_decide)
rules.add_perm("calibration.undo_move", works_the_board & is_free_to_decide)
