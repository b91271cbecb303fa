"""Around this year's tables: what people say before a meeting, whom they want to talk about, who stays out, what was
answered to a suggestion, and who asks to look again."""

import datetime
from collections import Counter
from collections.abc import Iterable

from django.db.models import F, Q

from calibration.enums import PreRead, Reason, SessionState, SuggestionAnswer
from calibration.models import (
    CalibrationSession,
    Card,
    CardMove,
    Decision,
    DecisionRemark,
    Participant,
    PreReadAnswer,
    Recusal,
    Suggestion,
)
from hrportal.common.paths import ids_of
from hrportal.home.demo import phrases
from hrportal.home.demo.days import at, days
from hrportal.home.demo.world import World
from hrportal.people.models import Employee
from performance.enums import ReviewState

# How often somebody agrees, questions and abstains, out of ten.
VIEWS = (PreRead.AGREE,) * 7 + (PreRead.QUESTION,) * 2 + (PreRead.ABSTAIN,)
# What they say about the first person they are asked about, so that the views of each table split.
SPLIT = (PreRead.QUESTION, PreRead.AGREE)
ON_AGENDA = 3


def tell_around(world: World) -> None:
    """What needs the tables, their cards and the figures to be there."""
    world.rows.flush()
    now = CalibrationSession.objects.filter(cycle__state="calibration").select_related("org_unit", "cycle")
    asked = now.filter(Q(parent__isnull=False) | Q(org_unit=None), state=SessionState.PREPARING)
    for session in asked.filter(cards__isnull=False).distinct().order_by("pk"):
        _ask_the_table(world, session)
    for session in now.filter(state=SessionState.OPEN, cards__isnull=False).distinct().order_by("pk"):
        _put_on_agenda(world, session)
    open_now = now.filter(state=SessionState.OPEN).order_by("pk")
    led = open_now.filter(facilitator=world.cast["hrbp"])
    any(_declare_conflict(world, session) for session in (*led, *open_now))
    _answer_suggestions(world)
    _ask_to_look_again(world)
    world.rows.flush()


def _moment(world: World) -> datetime.datetime:
    """Yesterday, at an hour that the seed decides."""
    return at(world.calendar.yesterday, world.luck("around"))


def _ask_the_table(world: World, session: CalibrationSession) -> None:
    """Everybody was asked two days ago; all but the one who always waits have answered."""
    asked_at = _moment(world) - days(1)
    session.pre_read_opened_at = asked_at
    session.save(update_fields=["pre_read_opened_at"])
    cards = list(session.cards.on_board(ReviewState.SUBMITTED).select_related("review").order_by("pk"))
    seats = Participant.objects.filter(session=session).exclude(employee__in=world.cast.ids).order_by("pk")
    people = [seat.employee for seat in seats.select_related("employee")]
    for number, person in enumerate(people[: max(2, len(people) - 1)]):
        luck = world.luck("before the meeting", session.pk, person.pk)
        for place, card in enumerate(card for card in cards if _is_asked(person, card)):
            view = luck.choice(VIEWS) if place else SPLIT[number % 2]
            world.rows.add(
                PreReadAnswer(
                    card=card,
                    employee=person,
                    answer=view,
                    note=luck.choice(phrases.QUESTIONED) if view == PreRead.QUESTION else "",
                    about_rating_id=card.review.proposed_rating_id,
                    answered_at=asked_at + days(luck.uniform(0.1, 1.5)),
                )
            )


def _is_asked(person: Employee, card: Card) -> bool:
    """Nobody is asked about themselves, about those above them or about what they proposed."""
    return card.review.employee_id not in ids_of(person.path) and card.review.reviewer_id != person.pk


def _put_on_agenda(world: World, session: CalibrationSession) -> None:
    luck = world.luck("agenda", session.pk)
    open_cards = session.cards.on_board().filter(is_discussed=False).order_by("pk")
    for place, card in enumerate(open_cards[:ON_AGENDA], start=1):
        card.agenda_place, card.agenda_note = place, luck.choice(phrases.TO_TALK_ABOUT)
        card.save(update_fields=["agenda_place", "agenda_note"])


def _declare_conflict(world: World, session: CalibrationSession) -> bool:
    """A manager at the table stays out of talking about somebody of another team; whether one could be found."""
    seats = Participant.objects.filter(session=session).exclude(employee__in=world.cast.ids).order_by("pk")
    for seat in seats.select_related("employee"):
        cards = session.cards.on_board().filter(is_discussed=True).select_related("review").order_by("pk")
        about = next((card.review.employee_id for card in cards if _is_asked(seat.employee, card)), None)
        if about:
            conflict = Recusal(session=session, employee=seat.employee, about_id=about, reason=phrases.CONFLICT)
            conflict.declared_by, conflict.declared_at = seat.employee, _moment(world)
            world.rows.add(conflict)
            return True
    return False


def _answer_suggestions(world: World) -> None:
    """In each open session the first three: one accepted, one rejected, one to be discussed."""
    open_now = Suggestion.objects.filter(replaced_at=None).select_related("review", "given", "proposed").order_by("pk")
    by_session: dict[int, list[tuple[Suggestion, Card]]] = {}
    for suggestion in open_now:
        card = suggestion.card
        if card and card.session.state == SessionState.OPEN and card.rating_id == suggestion.given_id:
            by_session.setdefault(card.session_id, []).append((suggestion, card))
    for found in by_session.values():
        _answer(world, found)


def _answer(world: World, found: Iterable[tuple[Suggestion, Card]]) -> None:
    answers = (SuggestionAnswer.ACCEPTED, SuggestionAnswer.REJECTED, SuggestionAnswer.DISCUSS)
    for (suggestion, card), answer in zip(found, answers, strict=False):
        suggestion.answer, suggestion.answer_reason = answer, phrases.ANSWERED[answer]
        suggestion.answered_by_id = card.session.facilitator_id
        suggestion.answered_at = _moment(world)
        if answer == SuggestionAnswer.ACCEPTED:
            _move(world, suggestion, card)
        elif answer == SuggestionAnswer.DISCUSS and card.agenda_place is None:
            last = Card.objects.filter(session=card.session_id, agenda_place__isnull=False).count()
            card.agenda_place, card.agenda_note = last + 1, suggestion.answer_reason
            card.save(update_fields=["agenda_place", "agenda_note"])
        suggestion.save(update_fields=["answer", "answer_reason", "answered_by", "answered_at"])


def _move(world: World, suggestion: Suggestion, card: Card) -> None:
    """What accepting does: the card moves, in the words of whoever accepts."""
    moved = CardMove(card=card, from_rating_id=card.rating_id, to_rating=suggestion.proposed)
    moved.reason, moved.rationale = Reason.CONSISTENCY, suggestion.answer_reason
    moved.moved_by_id, moved.moved_at = suggestion.answered_by_id, suggestion.answered_at or _moment(world)
    world.rows.add(moved)
    card.rating, card.reason, card.rationale = suggestion.proposed, moved.reason, moved.rationale
    card.is_discussed, card.version, card.changes = True, card.version + 1, card.changes + 1
    card.save(update_fields=["rating", "reason", "rationale", "is_discussed", "version", "changes"])


def _ask_to_look_again(world: World) -> None:
    """In each locked session of this cycle a manager asks HR to look again; a second request is answered."""
    moved = Decision.objects.filter(review__state=ReviewState.CALIBRATED).exclude(rating=F("proposed_rating"))
    told: Counter[int | None] = Counter()
    for decision in moved.select_related("review").order_by("pk"):
        if told[decision.session_id] < len(phrases.LOOK_AGAIN) and decision.review.reviewer_id:
            _request(world, decision, is_answered=told[decision.session_id] > 0)
            told[decision.session_id] += 1


def _request(world: World, decision: Decision, *, is_answered: bool) -> None:
    luck = world.luck("again", decision.pk)
    made_at = min(decision.decided_at + days(luck.uniform(0.1, 0.4)), max(decision.decided_at, _moment(world)))
    remark = DecisionRemark(decision=decision, is_request=True, text=phrases.LOOK_AGAIN[is_answered], made_at=made_at)
    remark.made_by_id = decision.review.reviewer_id or 0
    if is_answered:
        remark.answer, remark.answered_at = phrases.LOOKED_AGAIN, made_at + days(0.05)
        leader, locker = world.cast["hrleader"].pk, decision.decided_by_id
        remark.answered_by_id = leader if locker == remark.made_by_id else locker
    world.rows.add(remark)
