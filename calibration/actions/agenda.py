"""The agenda: whom the table wants to talk about, in which order. A place is only ever compared with others, never shown:
a gap in the numbers would tell of a card that its reader does not see."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import cards_for, lock, touch, touch_many
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card
from calibration.models.cards import CardQuerySet
from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.viewer import Principal

LONGEST_NOTE = Card._meta.get_field("agenda_note").max_length or 0


@transaction.atomic
def put_on_agenda(card: Card, *, by: Actor | None, note: str | None = None) -> Card:
    """Put a person on the agenda, after the others; or only change the note about one who is there."""
    table = _lock_table(card)
    card = _current(card, by)
    if note is not None and len(note.strip()) > LONGEST_NOTE:
        raise ActionError(_("Say it in at most %d characters.") % LONGEST_NOTE, field="note")
    place = card.agenda_place if card.agenda_place is not None else _last_place(table) + 1
    words = card.agenda_note if note is None else note.strip()
    if (place, words) != (card.agenda_place, card.agenda_note):
        card.agenda_place, card.agenda_note = place, words
        touch(card, "agenda_place", "agenda_note")
        events.cards_put_on_agenda([card], by=by)
    return card


@transaction.atomic
def put_many_on_agenda(session: CalibrationSession, cards: Sequence[Card], *, by: Actor | None) -> int:
    """Put these on the agenda in this order; those who are there stay where they are. How many were put there."""
    table = _lock_table_of(session)
    for each in sorted({card.session_id for card in cards} - {table.pk}):
        lock(CalibrationSession(pk=each), SessionState.PREPARING, SessionState.OPEN)
    on_board = cards_for(by).select_related("review").in_bulk([card.pk for card in cards])
    wanted = [on_board[card.pk] for card in cards if card.pk in on_board]
    new = [card for card in wanted if card.agenda_place is None]
    for place, card in enumerate(new, start=_last_place(table) + 1):
        card.agenda_place = place
    touch_many(new, "agenda_place")
    events.cards_put_on_agenda(new, by=by)
    return len(new)


@transaction.atomic
def take_off_agenda(card: Card, *, by: Actor | None) -> Card:
    """Do not talk about this person; the note goes too. Saying it twice changes nothing."""
    _lock_table(card)
    card = _current(card, by)
    if card.agenda_place is not None:
        card.agenda_place, card.agenda_note = None, ""
        touch(card, "agenda_place", "agenda_note")
        events.card_taken_off_agenda(card, by=by)
    return card


@transaction.atomic
def move_on_agenda(card: Card, *, by: Principal | None, earlier: bool) -> Card:
    """One place earlier or later, past the next one that the mover sees. At an end it stays where it is."""
    table = _lock_table(card)
    card = _current(card, by)
    if card.agenda_place is None:
        raise ActionError(_("This person is not on the agenda."))
    other = _neighbour(table, card, by, earlier=earlier)
    if other is not None:
        card.agenda_place, other.agenda_place = other.agenda_place, card.agenda_place
        touch_many([card, other], "agenda_place")
        events.card_moved_on_agenda(card, by=by)
    return card


def _neighbour(table: CalibrationSession, card: Card, by: Principal | None, *, earlier: bool) -> Card | None:
    side = {"agenda_place__lt" if earlier else "agenda_place__gt": card.agenda_place}
    seen: CardQuerySet = Card.objects.visible_to(by) if by is not None else Card.objects.all()
    rows = seen.at_table_of(table).on_board().filter(is_discussed=card.is_discussed, **side)
    return rows.order_by("-agenda_place" if earlier else "agenda_place").first()


def _lock_table(card: Card) -> CalibrationSession:
    """The table that the card's agenda is the agenda of, locked; and the card's own session, if that lies under it."""
    table = _lock_table_of(card.session)
    if card.session_id != table.pk:
        lock(card.session, SessionState.PREPARING, SessionState.OPEN)
    return table


def _lock_table_of(session: CalibrationSession) -> CalibrationSession:
    """A session and those under it share one agenda: the lock of the uppermost keeps its places apart."""
    if session.parent_id:
        return lock(CalibrationSession(pk=session.parent_id), SessionState.PREPARING, SessionState.OPEN)
    return lock(session, SessionState.PREPARING, SessionState.OPEN)


def _last_place(table: CalibrationSession) -> int:
    return Card.objects.at_table_of(table).aggregate(last=Max("agenda_place"))["last"] or 0


def _current(card: Card, by: Actor | None) -> Card:
    found = cards_for(by).select_related("review__employee", "session").filter(pk=card.pk).first()
    if found is None:
        raise ActionError(_("This review was taken off the board."))
    return found
