"""Locking: what makes the ratings of a board final."""

import datetime
from collections.abc import Iterable, Iterator
from typing import cast

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import BITE, lock, lock_under, raise_revision
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, CardMove, Decision, Recusal
from calibration.notices import decisions as notices
from hrportal.common.actions import ActionError
from hrportal.common.batches import batched
from hrportal.common.copying import write_rows
from hrportal.common.paths import ids_of
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions import mark_calibrated
from performance.enums import ReviewState


@transaction.atomic
def lock_session(session: CalibrationSession, *, by: Actor | None) -> CalibrationSession:
    """Make the board final: a decision for every review on it, moved or not. It is never unlocked.

    A session above others takes those that are open with it: all of them, or none.
    """
    session = lock(session, SessionState.OPEN)
    children = lock_under(session)
    for child in children:
        _refuse_unready(child)
    tables = [*(child for child in children if child.state == SessionState.OPEN), session]
    for table in tables:
        _make_final(table, by=by)
    notices.tell_calibrated(tables)
    return session


def _refuse_unready(child: CalibrationSession) -> None:
    """Nothing is locked over the heads of those who have not begun."""
    if child.state == SessionState.PREPARING and child.cards.on_board().exists():
        raise ActionError(_("“%s” is still being prepared, and reviews lie on its board. Open it first.") % child)


def _make_final(session: CalibrationSession, *, by: Actor | None) -> None:
    cards = Card.objects.filter(session=session).on_board(ReviewState.IN_CALIBRATION)
    if cards.filter(rating=None).exists():
        # Without a number: whoever is kept from a card would learn from it that this one is not rated.
        words = _("Not every review in “%s” has a rating yet. Rate those you see; others may be kept from you.")
        raise ActionError(words % session)
    session.state, session.locked_at, session.locked_by_id = SessionState.LOCKED, timezone.now(), acting_id(by)
    for bite in batched(list(cards.order_by("review_id").values_list("pk", flat=True)), BITE):
        _decide(session, bite, by=by)
    raise_revision(session, "state", "locked_at", "locked_by")
    events.session_locked(session, by=by)


def _decide(session: CalibrationSession, card_ids: list[int], *, by: Actor | None) -> None:
    latest = CardMove.objects.filter(card=OuterRef("pk")).order_by("-pk")
    moved = Card.objects.annotate(mover_id=Subquery(latest.values("moved_by")[:1]))
    cards = list(moved.filter(pk__in=card_ids).select_related("review").order_by("review_id"))
    mark_calibrated([card.review_id for card in cards], by=by)
    decisions = write_rows(_decisions(session, cards))
    events.reviews_decided(decisions, by=by)


def _decisions(session: CalibrationSession, cards: Iterable[Card]) -> Iterator[Decision]:
    kept_from = _kept_from(session)
    for card in cards:
        yield Decision(
            review=card.review,
            review_revision=card.review_revision,
            session=session,
            proposed_rating_id=card.proposed_rating_id,
            rating_id=cast(int, card.rating_id),  # none is locked unrated
            reason=card.reason,
            rationale=card.rationale,
            decided_by_id=_decider(session, card, kept_from),
            decided_at=cast(datetime.datetime, session.locked_at),
        )


def _decider(session: CalibrationSession, card: Card, kept_from: set[tuple[int, int]]) -> int | None:
    """Whoever moved the card last, else who locked the session, else who led it; never somebody it is kept from."""
    mover_id = card.mover_id  # type: ignore[attr-defined]
    if mover_id:
        return mover_id
    for employee_id in (session.locked_by_id, session.facilitator_id):
        if employee_id and (employee_id, card.review.employee_id) not in kept_from:
            return employee_id
    return None


def _kept_from(session: CalibrationSession) -> set[tuple[int, int]]:
    """Whom those who locked and led the session decide nothing about: themselves, those above them, declared conflicts."""
    leading = [pk for pk in (session.locked_by_id, session.facilitator_id) if pk]
    paths = Employee.objects.filter(pk__in=leading).values_list("pk", "path")
    declared = Recusal.objects.filter(employee__in=leading, session__cycle=session.cycle_id)
    return {(pk, above) for pk, path in paths for above in ids_of(path)} | set(
        declared.values_list("employee", "about")
    )
