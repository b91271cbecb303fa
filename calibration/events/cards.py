"""What happens to cards on a board. Cards come with their reviews."""

from collections.abc import Iterable

from calibration.models import Card, CardMove
from hrportal.journal.recording import Actor, Entry, record_many


def cards_moved(moves: Iterable[CardMove], *, by: Actor | None) -> None:
    """Cards got other ratings."""
    record_many("calibration.card_moved", [_about(move.card, move=move.pk) for move in moves], by=by)


def cards_discussed(cards: Iterable[Card], *, by: Actor | None) -> None:
    """The table has talked about people, or has yet to."""
    record_many("calibration.card_discussed", [_about(card) for card in cards], by=by)


def _about(card: Card, **data: int) -> Entry:
    data |= {"session": card.session_id, "review": card.review_id}
    return Entry(card, card.review.employee_id, version=card.version, data=data)
