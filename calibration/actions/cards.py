"""What happens on an open board."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import cards_for, lock, touch, touch_many
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, CardMove
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.models import RatingLevel


@transaction.atomic
def move_card(
    card: Card, *, by: Actor | None, rating: RatingLevel, version: int, rationale: str = "", reason: str = ""
) -> Card:
    """Give a card another rating. It has to be the card the mover saw; a rating that differs from the proposed one needs words."""
    session, card = lock(card.session, SessionState.OPEN), _current(card, by)
    move = planned_move(
        card, session, by=by, rating=rating, version=version, rationale=rationale.strip(), reason=reason
    )
    if move:
        write_moves([move], by=by)
    return card


def planned_move(
    card: Card,
    session: CalibrationSession,
    *,
    by: Actor | None,
    rating: RatingLevel,
    version: int,
    rationale: str,
    reason: str,
) -> CardMove | None:
    """The move as it would be written, or the refusal; None where nothing changes. Asked under the session's lock, of the
    card as it lies there now."""
    if card.version != version:
        raise _stale(card, rating)
    if rating.scale_id != session.cycle.scale_id:
        raise ActionError(_("This rating is not on the cycle's scale."), field="rating")
    if rating.pk != card.proposed_rating_id and not rationale:
        raise ActionError(_("Say why the rating differs from the proposed one."), field="rationale")
    if (rating.pk, rationale, reason) == (card.rating_id, card.rationale, card.reason):
        return None
    return CardMove(
        card=card,
        from_rating_id=card.rating_id,
        to_rating=rating,
        reason=reason,
        rationale=rationale,
        moved_by_id=acting_id(by),
    )


def write_moves(moves: Sequence[CardMove], *, by: Actor | None) -> None:
    """Make planned moves, each of another card: the cards lie elsewhere, the history has grown, the facts are told."""
    CardMove.objects.bulk_create(moves)
    for move in moves:
        card = move.card
        card.rating, card.reason, card.rationale = move.to_rating, move.reason, move.rationale
        card.version += 1
    touch_many([move.card for move in moves], "rating", "reason", "rationale", "version")
    events.cards_moved(moves, by=by)


@transaction.atomic
def undo_move(card: Card, *, by: Actor | None, version: int, rationale: str = "") -> Card:
    """Take back one's own last move: a move to where the card lay before, with words, kept like every other."""
    session, card = lock(card.session, SessionState.OPEN), _current(card, by)
    last = last_own_move(card, by=by)
    if last is None or last.from_rating is None:
        raise ActionError(
            _(
                "You can take back only your own last move, as long as the card lies where you put it. Nothing was changed."
            )
        )
    words = rationale.strip() or words_before(last)
    move = planned_move(card, session, by=by, rating=last.from_rating, version=version, rationale=words, reason="")
    if move:
        write_moves([move], by=by)
    return card


def last_own_move(card: Card, *, by: Actor | None) -> CardMove | None:
    """The move that brought the card where it lies, if this person made it and it can be taken back."""
    last = card.moves.select_related("from_rating").first()
    mover = acting_id(by)
    if last is None or mover is None or last.moved_by_id != mover:
        return None
    return last if last.from_rating_id and last.to_rating_id == card.rating_id else None


def words_before(move: CardMove) -> str:
    """What is said of taking a move back, with what was said of the rating that is to come back."""
    before = move.card.moves.filter(pk__lt=move.pk).first()
    if before is None or not before.rationale:
        return _("Move taken back.")
    return _("Move taken back. Said before: %s") % before.rationale


@transaction.atomic
def mark_discussed(card: Card, *, by: Actor | None, is_discussed: bool) -> Card:
    """Note that the table has talked about a person, or has yet to. Saying it twice changes nothing."""
    lock(card.session, SessionState.OPEN)
    card = _current(card, by)
    if card.is_discussed != is_discussed:
        card.is_discussed = is_discussed
        touch(card, "is_discussed")
        events.cards_discussed([card], by=by)
    return card


def _current(card: Card, by: Actor | None) -> Card:
    """The card as it lies there now. The session's lock keeps everybody else's hands off it."""
    now = cards_for(by).select_related("review__employee", "rating", "proposed_rating").filter(pk=card.pk)
    found = now.first()
    if found is None:
        raise ActionError(_("This review was taken off the board."))
    return found


def _stale(card: Card, wanted: RatingLevel) -> StaleVersion:
    last = next(iter(card.moves.all()), None)  # read before, where many are asked
    words = _("%(who)s has moved %(person)s to “%(theirs)s” meanwhile; you chose “%(mine)s”. Nothing was changed.") % {
        "who": (last and last.moved_by) or _("Somebody else"),
        "person": card.review.employee.name,
        "theirs": card.rating or _("no rating"),
        "mine": wanted,
    }
    theirs = {"rating": card.rating_id, "label": str(card.rating or ""), "rationale": card.rationale}
    return StaleVersion(words, version=card.version, theirs=theirs)
