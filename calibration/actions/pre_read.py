"""Before the meeting: everybody at the table is asked what they think of the proposed ratings."""

import datetime
from typing import cast

from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from calibration import events
from calibration.actions.common import cards_for, lock, raise_revision
from calibration.enums import SessionState
from calibration.models import CalibrationSession, Card, PreReadAnswer
from calibration.notices import table as notices
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.enums import ReviewState
from performance.models import Review


@transaction.atomic
def open_pre_read(
    session: CalibrationSession, *, by: Actor | None, due_on: datetime.date | None = None
) -> CalibrationSession:
    """Ask everybody who takes part, until the session opens. What they are asked about is what is proposed now."""
    session = lock(session, SessionState.PREPARING)
    if session.pre_read_opened_at:
        raise ActionError(_("Everybody at the table has been asked already."))
    if due_on and due_on < timezone.localdate():
        raise ActionError(_("This day is over. Give people some time."), field="due_on")
    if not session.participants.exists():
        raise ActionError(_("Nobody sits at the table yet. Name participants first."))
    _capture_proposals(session)
    session.pre_read_opened_at, session.pre_read_due_on = timezone.now(), due_on or session.pre_read_due_on
    raise_revision(session, "pre_read_opened_at", "pre_read_due_on")
    events.pre_read_opened(session, by=by)
    notices.ask(session)
    return session


@transaction.atomic
def answer_pre_read(card: Card, *, by: Actor | None, version: int, answer: str = "", note: str = "") -> PreReadAnswer:
    """Keep what somebody thinks of one proposed rating. The later of two tabs is told what the other saved.

    Without `answer` only the note is kept, and an answer given before stays.
    """
    _check_open(lock(card.session, *SessionState))
    card, me = _current(card, by), cast(int, acting_id(by))  # only people are asked
    stored = PreReadAnswer.objects.filter(card=card, employee=me).first()
    if version != (stored.version if stored else 0):
        return _already_so(stored, answer, note.strip())
    saved = stored or PreReadAnswer(card=card, employee_id=me)
    before = (saved.answer, saved.about_rating_id)
    if answer:
        saved.answer, saved.about_rating_id = answer, card.review.proposed_rating_id
    saved.note, saved.answered_at, saved.card = note.strip(), timezone.now(), card
    saved.save()
    if (saved.answer, saved.about_rating_id) != before:
        events.pre_read_answered(saved, by=by)
    return saved


def _capture_proposals(session: CalibrationSession) -> None:
    """Put on the cards what the reviews propose at this moment."""
    submitted = session.cards.on_board(ReviewState.SUBMITTED)
    if not submitted.exists():
        raise ActionError(_("No submitted review lies on the board yet. Put them there first."))
    proposed = Subquery(Review.objects.filter(pk=OuterRef("review")).values("proposed_rating"))
    session.cards.filter(pk__in=submitted.values("pk")).update(
        proposed_rating=proposed, rating=proposed, changes=F("changes") + 1
    )


def _check_open(session: CalibrationSession) -> None:
    if session.state != SessionState.PREPARING:
        raise ActionError(_("The session has begun: say what you think at the table."))
    if not session.pre_read_opened_at:
        raise ActionError(_("Nobody has been asked yet."))


def _current(card: Card, by: Actor | None) -> Card:
    found = cards_for(by, ReviewState.SUBMITTED).select_related("review").filter(pk=card.pk).first()
    if found is None:
        raise ActionError(_("This review went back to its writer. Answer when it is here again."))
    return found


def _already_so(stored: PreReadAnswer | None, answer: str, note: str) -> PreReadAnswer:
    if stored and note == stored.note and answer in ("", stored.answer):
        return stored
    words = _("This was changed elsewhere in the meantime. Nothing was overwritten: choose which text stays.")
    theirs = {"answer": stored.answer, "note": stored.note} if stored else {"answer": "", "note": ""}
    raise StaleVersion(words, version=stored.version if stored else 0, theirs=theirs)
