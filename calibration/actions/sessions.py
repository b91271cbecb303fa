"""Sessions: made, changed, cancelled, filled with reviews, opened. Locking is in `locking.py`, making many in `setup.py`."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import BITE, cards_for, lock, lock_under, raise_revision
from calibration.enums import Seating, SessionState
from calibration.models import CalibrationSession, Card, Participant
from calibration.models.sessions import LEADERS
from calibration.notices import sessions as notices
from calibration.sessions.preparation import UNDER_WAY, hindrances_of
from hrportal.common.actions import ActionError
from hrportal.common.batches import batched
from hrportal.common.paths import any_of
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from performance.actions import begin_calibration
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle

NOT_LOCKED = (SessionState.PREPARING, SessionState.OPEN)
SCOPE = ("org_unit", "job_family", "job_level", "head")
EDITABLE = ("name", *SCOPE, "parent", *LEADERS, "rounding", "pre_read_due_on", "due_on")


@transaction.atomic
def create_session(
    *,
    by: Actor | None,
    cycle: ReviewCycle,
    name: str,
    participants: Iterable[Employee] = (),
    seats: str = "",
    **fields: Any,
) -> CalibrationSession:
    """Prepare a session. Who makes it owns it unless said otherwise; where nobody is named, the managers who write the
    reviews sit at the table."""
    check_cycle(cycle)
    session = CalibrationSession(cycle=cycle, name=name, **fields)
    if session.owner is None:
        session.owner_id = acting_id(by)
    _lock_above(session)
    check_session(session)
    session.save()
    named = [person.pk for person in participants]
    seated = seat(session, {*named, *_source(session, seats or ("" if named else Seating.WRITERS))})
    _invite(session, seated | session.leader_ids, by=by)
    events.session_created(session, by=by)
    return session


@transaction.atomic
def edit_session(session: CalibrationSession, *, by: Actor | None, **changes: Any) -> CalibrationSession:
    """Change a session that is not locked. What it is about can change only while nothing lies on its board.
    `participants` are the whole table; `seats` adds those of a kind."""
    participants, seats = changes.pop("participants", None), changes.pop("seats", "")
    session = _lock_with_above(session, changes.get("parent"))
    led_before = session.leader_ids
    for name in SCOPE:
        _refuse_other_scope(session, name, changes)
    for name in changes.keys() & set(EDITABLE):
        setattr(session, name, changes[name])
    check_session(session)
    named = {person.pk for person in participants or ()}
    if participants is not None:
        session.participants.exclude(employee__in=named).delete()
    seated = seat(session, {*named, *_source(session, seats)})
    _invite(session, seated | (session.leader_ids - led_before), by=by)
    raise_revision(session, *EDITABLE)
    events.session_edited(session, by=by)
    return session


@transaction.atomic
def cancel_session(session: CalibrationSession, *, by: Actor | None) -> None:
    """Take back a session that is still being prepared; its reviews can be put on another board."""
    session = lock(session, SessionState.PREPARING)
    if session.children.exists():
        raise ActionError(_("Other sessions lie under this one. Place them elsewhere first."))
    if session.recusals.exists():
        raise ActionError(_("Conflicts declared in this session hold for the whole cycle. Withdraw them first."))
    events.session_cancelled(session, by=by)
    notices.session_cancelled(session, but=acting_id(by))
    session.cards.all().delete()
    session.delete()


@transaction.atomic
def fill_session(session: CalibrationSession, *, by: Actor | None) -> int:
    """Put the submitted reviews that lie in no session on the board, those of sessions under it on theirs; how many, as
    far as `by` may know of them."""
    session = lock(session, *NOT_LOCKED)
    tables = [*lock_under(session), session]
    _lock_waiting(tables)
    taken = [pk for table in tables for pk in _fill(table, by=by)]
    return sum(cards_for(by).filter(review__in=bite).count() for bite in batched(taken, BITE))


@transaction.atomic
def open_session(session: CalibrationSession, *, by: Actor | None) -> CalibrationSession:
    """Begin. From here on the proposed ratings are what they were now, and the reviews' authors cannot change them."""
    session = lock(session, SessionState.PREPARING)
    session.cards.exclude(pk__in=session.cards.on_board(ReviewState.SUBMITTED).values("pk")).delete()
    for hindrance in hindrances_of(session):
        raise ActionError(hindrance.message)
    for bite in batched(session.cards.order_by("review_id").values_list("review", flat=True), BITE):
        begin_calibration(bite, by=by)
    proposed = Subquery(Review.objects.filter(pk=OuterRef("review")).values("proposed_rating"))
    session.cards.update(proposed_rating=proposed, rating=proposed)
    session.state, session.opened_at = SessionState.OPEN, timezone.now()
    raise_revision(session, "state", "opened_at")
    events.session_opened(session, by=by)
    notices.session_opened(session, but=acting_id(by))
    return session


def check_cycle(cycle: ReviewCycle) -> None:
    """Refuse a cycle whose reviews cannot be calibrated now."""
    if not cycle.is_calibrated:
        raise ActionError(_("The ratings of this cycle are not calibrated."), field="cycle")
    if cycle.state not in UNDER_WAY:
        raise ActionError(_("This cycle is not under way."), field="cycle")


def check_session(session: CalibrationSession) -> None:
    """Refuse a session that contradicts itself; the names are set right on the way."""
    session.name, session.job_family = session.name.strip(), session.job_family.strip()
    if not session.name:
        raise ActionError(_("Give the session a name."), field="name")
    if session.due_on and session.pre_read_due_on and session.pre_read_due_on > session.due_on:
        raise ActionError(_("Answers before the meeting are due before the session is."), field="pre_read_due_on")
    if session.parent:
        _check_above(session, session.parent)


def seat(session: CalibrationSession, employee_ids: Iterable[int]) -> set[int]:
    """Give people a place at the table; who had none before."""
    new = set(employee_ids) - set(session.participants.values_list("employee", flat=True))
    Participant.objects.bulk_create(
        (Participant(session=session, employee_id=pk) for pk in sorted(new)), ignore_conflicts=True
    )
    return new


def _invite(session: CalibrationSession, people: set[int], *, by: Actor | None) -> None:
    notices.invited([(session, person) for person in sorted(people)], but=acting_id(by))


def _source(session: CalibrationSession, seats: str) -> list[int]:
    """The people of a kind: who writes the reviews, or every manager below the head or else the owner."""
    if seats == Seating.WRITERS:
        return session.reviewer_ids()
    return session.managers_below() if seats == Seating.HIERARCHY else []


def _check_above(session: CalibrationSession, above: CalibrationSession) -> None:
    if above.cycle_id != session.cycle_id:
        raise ActionError(_("The session above belongs to another cycle."), field="parent")
    if (
        above is session
        or (above.pk and above.pk == session.pk)
        or above.parent_id
        or (session.pk and session.children.exists())
    ):
        raise ActionError(_("Sessions lie at most one below another."), field="parent")
    if above.org_unit and not (session.org_unit and session.org_unit.path.startswith(above.org_unit.path)):
        raise ActionError(_("The unit of a session lies within that of the session above it."), field="parent")


def _lock_above(session: CalibrationSession) -> None:
    """Under the lock of the session above, so that it is not locked meanwhile. Always before the session's own."""
    if session.parent_id:
        session.parent = unlocked_above(session.parent_id)


def unlocked_above(pk: int) -> CalibrationSession:
    """A session under which another can be placed, under its lock."""
    above = _locked_row(pk)
    _refuse_final(above)
    return above


def _lock_with_above(session: CalibrationSession, above: CalibrationSession | None) -> CalibrationSession:
    """The session, and before it the one under which it is placed."""
    above = _locked_row(above.pk) if above and above.pk != session.pk else None
    session = lock(session, *NOT_LOCKED)
    if above and above.pk != session.parent_id:
        _refuse_final(above)
    return session


def _locked_row(pk: int) -> CalibrationSession:
    return CalibrationSession.objects.select_for_update(of=("self",)).select_related("org_unit").get(pk=pk)


def _refuse_final(above: CalibrationSession) -> None:
    if above.state == SessionState.LOCKED:
        raise ActionError(_("The session above is locked and takes no others."), field="parent")


def _refuse_other_scope(session: CalibrationSession, name: str, changes: dict[str, Any]) -> None:
    if name not in changes or changes[name] == getattr(session, name):
        return
    if session.state != SessionState.PREPARING or session.cards.exists() or session.children.exists():
        words = _("What a session is about can change only before anything lies on its board and any session under it.")
        raise ActionError(words, field=name)


def _lock_waiting(tables: Iterable[CalibrationSession]) -> None:
    """Under a lock, so that nobody sends one back and submits another rating between reading it and putting it on a board;
    all of them before the first, in the order in which everybody locks reviews."""
    found = any_of(Q(pk__in=table.waiting_reviews().values("pk")) for table in tables)
    list(Review.objects.filter(found).select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))


def _fill(session: CalibrationSession, *, by: Actor | None) -> list[int]:
    """What waits goes on this board; the reviews that came to lie there."""
    waiting = session.waiting_reviews().select_for_update(of=("self",)).order_by("pk")  # those that came meanwhile too
    added: list[int] = []
    for bite in batched(list(waiting), BITE):
        taken = _take(session, bite)
        added += taken
        if session.state == SessionState.OPEN:
            begin_calibration(taken, by=by)
    if added:
        raise_revision(session)
        events.session_filled(session, by=by, added=len(added))
    return added


def _take(session: CalibrationSession, reviews: list[Review]) -> list[int]:
    """Cards for these, without those that another session took at the same moment; the reviews that now lie here."""
    Card.objects.bulk_create(_cards(session, reviews), ignore_conflicts=True)
    taken = session.cards.on_board().filter(review__in=reviews)
    return list(taken.order_by("review_id").values_list("review", flat=True))


def _cards(session: CalibrationSession, reviews: Iterable[Review]) -> Iterator[Card]:
    for review in reviews:
        yield Card(
            session=session,
            review=review,
            review_revision=review.revision,
            proposed_rating_id=review.proposed_rating_id,
            rating_id=review.proposed_rating_id,
        )
