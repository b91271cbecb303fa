"""Figures: who has them computed, who switches them off, who answers."""

import rules

from calibration.models import Card, ManagerEvidence, Suggestion
from calibration.models.cards import CardQuerySet
from calibration.rules.cards import is_free_to_decide, works_the_board
from calibration.rules.sessions import WRITE, is_hr, sits_at_table
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal


@rules.predicate
def is_hr_leader(user: Principal) -> bool:
    """The overseer of figures: an HR leader, in person."""
    return user.viewer.has(Role.HR_LEADER) and user.viewer.may_use(WRITE)


@rules.predicate
def answers_for_figure(user: Principal, finding: ManagerEvidence) -> bool:
    """The manager it is about, or whoever works a board with ratings of theirs."""
    viewer = user.viewer
    if viewer.is_client or not viewer.may_use(WRITE):
        return False
    if viewer.employee_id == finding.manager_id:
        return True
    cards = _cards_of(finding, user).select_related("session__org_unit", "session__parent")
    return any(works_the_board(user, card) for card in cards[:1])


@rules.predicate
def answers_suggestion(user: Principal, suggestion: Suggestion) -> bool:
    """Whoever may move the card, and the manager whose proposal it is, if they sit at the table."""
    card = suggestion.card
    if card is None or not is_free_to_decide(user, card):
        return False
    return works_the_board(user, card) or proposes(user, card)


def proposes(user: Principal, card: Card) -> bool:
    """Whether the proposal on a card is this person's own, and they take part in talking about it."""
    viewer = user.viewer
    is_own = viewer.employee_id is not None and viewer.employee_id == card.review.reviewer_id
    return is_own and viewer.may_use(WRITE) and sits_at_table(user, card.session)


def _cards_of(finding: ManagerEvidence, user: Principal) -> CardQuerySet:
    seen: CardQuerySet = Card.objects.visible_to(user)
    return seen.filter(review__reviewer=finding.manager_id, review__cycle=finding.run.cycle_id)


rules.add_perm("calibration.compute_evidence", is_hr)
rules.add_perm("calibration.switch_evidence", is_hr_leader)
rules.add_perm("calibration.explain_finding", answers_for_figure)
rules.add_perm("calibration.answer_suggestion", answers_suggestion)
