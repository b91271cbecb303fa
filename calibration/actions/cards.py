"""What happens on an open board."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import acting_id, lock, raise_revision
from calibration.enums import SessionState
from calibration.models import Card, CardMove
from hrportal.common.actions import ActionError, StaleVersion
from performance.models import RatingLevel


@transaction.atomic
def move_card(card: Card, *, by: Any, rating: RatingLevel, version: int, rationale: str = "", reason: str = "") -> Card:
    """Give a card another rating. It has to be the card the mover saw; a rating that differs from the proposed one needs words."""
    session, card = lock(card.session, SessionState.OPEN), _current(card)
    rationale = rationale.strip()
    if card.version != version:
        raise _stale(card, rating)
    if rating.scale_id != session.cycle.scale_id:
        raise ActionError(_("This rating is not on the cycle's scale."), field="rating")
    if rating.pk != card.proposed_rating_id and not rationale:
        raise ActionError(_("Say why the rating differs from the proposed one."), field="rationale")
    if (rating.pk, rationale, reason) == (card.rating_id, card.rationale, card.reason):
        return card
    move = CardMove.objects.create(
        card=card,
        from_rating_id=card.rating_id,
        to_rating=rating,
        reason=reason,
        rationale=rationale,
        moved_by_id=acting_id(by),
    )
    card.rating, card.reason, card.rationale, card.version = rating, reason, rationale, card.version + 1
    card.save(update_fields=["rating", "reason", "rationale", "version"])
    raise_revision(session)
    events.card_moved(card, move, by=by)
    return card


@transaction.atomic
def mark_discussed(card: Card, *, by: Any, is_discussed: bool) -> Card:
    """Note that the table has talked about a person, or has yet to. Saying it twice changes nothing."""
    session, card = lock(card.session, SessionState.OPEN), _current(card)
    if card.is_discussed != is_discussed:
        card.is_discussed = is_discussed
        card.save(update_fields=["is_discussed"])
        raise_revision(session)
        events.card_discussed(card, by=by)
    return card


def _current(card: Card) -> Card:
    """The card as it lies there now. The session's lock keeps everybody else's hands off it."""
    now = Card.objects.on_board().select_related("review__employee", "rating", "proposed_rating").filter(pk=card.pk)
    found = now.first()
    if found is None:
        raise ActionError(_("This review was taken off the board."))
    return found


def _stale(card: Card, wanted: RatingLevel) -> StaleVersion:
    last = card.moves.select_related("moved_by").first()
    words = _("%(who)s has moved %(person)s to “%(theirs)s” meanwhile; you chose “%(mine)s”. Nothing was changed.") % {
        "who": (last and last.moved_by) or _("Somebody else"),
        "person": card.review.employee.name,
        "theirs": card.rating or _("no rating"),
        "mine": wanted,
    }
    theirs = {"rating": card.rating_id, "label": str(card.rating or ""), "rationale": card.rationale}
    return StaleVersion(words, version=card.version, theirs=theirs)
