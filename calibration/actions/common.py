"""What the actions share: who acts, the lock on a session."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card
from calibration.models.cards import CardQuerySet
from hrportal.common.actions import ActionError

BITE = 1000


def lock(session: CalibrationSession, *expected: SessionState) -> CalibrationSession:
    """Read the session again under its lock. Whatever happens on a board happens under it, so two hands never cross."""
    rows = CalibrationSession.objects.select_for_update(of=("self",)).select_related("cycle", "org_unit")
    session = rows.get(pk=session.pk)
    if session.state not in expected:
        raise ActionError(_("This session is already: %s.") % session.get_state_display())
    return session


def lock_under(session: CalibrationSession) -> list[CalibrationSession]:
    """The sessions under this one that are not final yet, under their locks, in the order in which they are locked."""
    rows = CalibrationSession.objects.select_for_update(of=("self",)).select_related("cycle", "org_unit", "head")
    return list(rows.filter(parent=session).exclude(state=SessionState.LOCKED).order_by("pk"))


def cards_for(by: Any, *states: str) -> CardQuerySet:
    """The cards on boards, for a person only those they may know of. Asked again under the session's lock: a conflict may
    have been declared since they looked."""
    cards = Card.objects.on_board(*states)
    return cards if getattr(by, "viewer", None) is None else cards.visible_to(by)


def raise_revision(session: CalibrationSession, *also: str) -> None:
    """Note that the session itself changed."""
    session.revision += 1
    session.save(update_fields=["revision", "updated_at", *also])


def touch(card: Card, *changed: str) -> None:
    """Save what changed on a card, so that every board that shows it draws it anew; the caller holds the session's lock."""
    card.changes += 1
    card.save(update_fields=["changes", *changed])


def touch_many(cards: Sequence[Card], *changed: str) -> None:
    """The same for many cards in one statement."""
    for card in cards:
        card.changes += 1
    Card.objects.bulk_update(cards, ["changes", *changed], batch_size=BITE)
