"""Around the table: who stays out, what people think before the meeting, what is to be talked about."""

from collections.abc import Iterable

from calibration.models import CalibrationSession, Card, PreReadAnswer, Recusal
from hrportal.journal.recording import Actor, Entry, record, record_many


def recusal_declared(recusal: Recusal, *, by: Actor | None) -> None:
    _about_recusal("calibration.recusal_declared", recusal, by)


def recusal_withdrawn(recusal: Recusal, *, by: Actor | None) -> None:
    """Told before its row is gone."""
    _about_recusal("calibration.recusal_withdrawn", recusal, by)


def pre_read_opened(session: CalibrationSession, *, by: Actor | None) -> None:
    data = {"cycle": session.cycle_id}
    record("calibration.pre_read_opened", session, by=by, version=session.revision, data=data)


def pre_read_answered(answer: PreReadAnswer, *, by: Actor | None) -> None:
    """What somebody thinks, for the first time or differently than before; a word more in the note is none."""
    card = answer.card
    data = {"session": card.session_id, "review": card.review_id, "card": card.pk}
    record("calibration.pre_read_answered", answer, by=by, person_id=card.review.employee_id, data=data)


def cards_put_on_agenda(cards: Iterable[Card], *, by: Actor | None) -> None:
    record_many("calibration.card_put_on_agenda", [_about_card(card) for card in cards], by=by)


def card_taken_off_agenda(card: Card, *, by: Actor | None) -> None:
    record_many("calibration.card_taken_off_agenda", [_about_card(card)], by=by)


def card_moved_on_agenda(card: Card, *, by: Actor | None) -> None:
    record_many("calibration.card_moved_on_agenda", [_about_card(card)], by=by)


def _about_card(card: Card) -> Entry:
    data = {"session": card.session_id, "review": card.review_id}
    return Entry(card, card.review.employee_id, version=card.version, data=data)


def _about_recusal(topic: str, recusal: Recusal, by: Actor | None) -> None:
    data = {"session": recusal.session_id, "employee": recusal.employee_id}
    record(topic, recusal, by=by, person_id=recusal.about_id, data=data)
