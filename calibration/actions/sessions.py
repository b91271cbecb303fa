"""Sessions: made, filled with reviews, opened, locked."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any, cast

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration import events
from calibration.actions.common import acting_id, bites, lock, raise_revision
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, CardMove, Decision, Participant
from hrportal.common.actions import ActionError
from hrportal.people.models import Employee, OrgUnit
from performance.actions import begin_calibration, mark_calibrated
from performance.enums import CycleState, ReviewState
from performance.models import Review, ReviewCycle

NOT_LOCKED = (SessionState.PREPARING, SessionState.OPEN)


@transaction.atomic
def create_session(
    *,
    by: Any,
    cycle: ReviewCycle,
    name: str,
    org_unit: OrgUnit | None = None,
    facilitator: Employee | None = None,
    participants: Iterable[Employee] = (),
    due_on: datetime.date | None = None,
) -> CalibrationSession:
    """Prepare a session. Where nobody is named, the managers who write the reviews sit at the table."""
    if not cycle.is_calibrated:
        raise ActionError(_("The ratings of this cycle are not calibrated."), field="cycle")
    if cycle.state not in {CycleState.OPEN, CycleState.CALIBRATION}:
        raise ActionError(_("This cycle is not under way."), field="cycle")
    session = CalibrationSession.objects.create(
        cycle=cycle, name=_named(name), org_unit=org_unit, facilitator=facilitator, due_on=due_on
    )
    ids = [person.pk for person in participants] or session.reviewer_ids()
    _seat(session, ids)
    events.session_created(session, by=by)
    return session


@transaction.atomic
def edit_session(session: CalibrationSession, *, by: Any, **changes: Any) -> CalibrationSession:
    """Change name, facilitator, participants or due date while the session is not locked."""
    session = lock(session, *NOT_LOCKED)
    participants = changes.pop("participants", None)
    for field in changes.keys() & {"name", "facilitator", "due_on"}:
        setattr(session, field, _named(changes[field]) if field == "name" else changes[field])
    if participants is not None:
        ids = {person.pk for person in participants}
        session.participants.exclude(employee__in=ids).delete()
        _seat(session, ids)
    raise_revision(session, "name", "facilitator", "due_on")
    events.session_edited(session, by=by)
    return session


@transaction.atomic
def fill_session(session: CalibrationSession, *, by: Any) -> int:
    """Put the submitted reviews of the cycle and unit that lie in no session on the board; how many were put there."""
    session = lock(session, *NOT_LOCKED)
    # Under a lock, so that nobody sends one back and submits another rating between reading and putting it here.
    waiting = session.waiting_reviews().select_for_update(of=("self",)).order_by("pk")
    added = 0
    for bite in bites(list(waiting)):
        taken = _take(session, bite)
        added += len(taken)
        if session.state == SessionState.OPEN:
            begin_calibration(taken, by=by)
    if added:
        raise_revision(session)
        events.session_filled(session, by=by, added=added)
    return added


@transaction.atomic
def open_session(session: CalibrationSession, *, by: Any) -> CalibrationSession:
    """Begin. From here on the proposed ratings are what they were now, and the reviews' authors cannot change them."""
    session = lock(session, SessionState.PREPARING)
    session.cards.exclude(pk__in=session.cards.on_board(ReviewState.SUBMITTED).values("pk")).delete()
    if not session.cards.exists():
        raise ActionError(_("No review lies on the board yet. Put the submitted ones there first."))
    for bite in bites(session.cards.order_by("review").values_list("review", flat=True)):
        begin_calibration(bite, by=by)
    proposed = Subquery(Review.objects.filter(pk=OuterRef("review")).values("proposed_rating"))
    session.cards.update(proposed_rating=proposed, rating=proposed)
    session.state, session.opened_at = SessionState.OPEN, timezone.now()
    raise_revision(session, "state", "opened_at")
    events.session_opened(session, by=by)
    return session


@transaction.atomic
def lock_session(session: CalibrationSession, *, by: Any) -> CalibrationSession:
    """Make the board final: a decision for every review on it, moved or not. It is never unlocked."""
    session = lock(session, SessionState.OPEN)
    cards = session.cards.on_board(ReviewState.IN_CALIBRATION)
    _refuse_unrated(cards.filter(rating=None).count())
    session.state, session.locked_at, session.locked_by_id = SessionState.LOCKED, timezone.now(), acting_id(by)
    for bite in bites(list(cards.order_by("review").values_list("pk", flat=True))):
        _decide(session, bite, by=by)
    raise_revision(session, "state", "locked_at", "locked_by")
    events.session_locked(session, by=by)
    return session


def _named(name: str) -> str:
    if not name.strip():
        raise ActionError(_("Give the session a name."), field="name")
    return name.strip()


def _seat(session: CalibrationSession, employee_ids: Iterable[int]) -> None:
    seats = (Participant(session=session, employee_id=pk) for pk in sorted(employee_ids))
    Participant.objects.bulk_create(seats, ignore_conflicts=True)


def _take(session: CalibrationSession, reviews: list[Review]) -> list[int]:
    """Cards for these, without those that another session took at the same moment; the reviews that now lie here."""
    Card.objects.bulk_create(_cards(session, reviews), ignore_conflicts=True)
    return list(session.cards.filter(review__in=reviews).order_by("review").values_list("review", flat=True))


def _cards(session: CalibrationSession, reviews: Iterable[Review]) -> Iterator[Card]:
    for review in reviews:
        yield Card(
            session=session,
            review=review,
            review_revision=review.revision,
            proposed_rating_id=review.proposed_rating_id,
            rating_id=review.proposed_rating_id,
        )


def _refuse_unrated(unrated: int) -> None:
    if unrated:
        words = ngettext(
            "%d review on the board has no rating yet.", "%d reviews on the board have no rating yet.", unrated
        )
        raise ActionError(words % unrated)


def _decide(session: CalibrationSession, card_ids: list[int], *, by: Any) -> None:
    latest = CardMove.objects.filter(card=OuterRef("pk")).order_by("-pk")
    moved = Card.objects.annotate(mover_id=Subquery(latest.values("moved_by")[:1]))
    cards = list(moved.filter(pk__in=card_ids).select_related("review").order_by("review"))
    mark_calibrated([card.review_id for card in cards], by=by)
    decisions = Decision.objects.bulk_create(_decisions(session, cards))
    events.reviews_decided(decisions, by=by)


def _decisions(session: CalibrationSession, cards: Iterable[Card]) -> Iterator[Decision]:
    for card in cards:
        yield Decision(
            review=card.review,
            review_revision=card.review_revision,
            session=session,
            proposed_rating_id=card.proposed_rating_id,
            rating_id=cast(int, card.rating_id),  # none is locked unrated
            reason=card.reason,
            rationale=card.rationale,
            decided_by_id=_decider(session, card),
            decided_at=cast(datetime.datetime, session.locked_at),
        )


def _decider(session: CalibrationSession, card: Card) -> int | None:
    """Whoever moved the card last, else who locked the session, else who led it; never the person themselves."""
    for employee_id in (card.mover_id, session.locked_by_id, session.facilitator_id):  # type: ignore[attr-defined]
        if employee_id and employee_id != card.review.employee_id:
            return employee_id
    return None
