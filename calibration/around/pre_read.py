"""Before the meeting: what each is asked, how far they are, and where the views split."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Case, Exists, F, OuterRef, When

from calibration.enums import PreRead, SessionState
from calibration.models import CalibrationSession, Card, Participant, PreReadAnswer, Recusal
from calibration.models.cards import CardQuerySet
from hrportal.common.paths import ids_of
from hrportal.people.enums import EmploymentStatus
from hrportal.people.viewer import Principal
from performance.enums import FINISHED, ReviewState
from performance.models import RatingLevel, ReviewCycle

# A review that went back to its writer is not read: what is in it is no proposal yet.
READABLE = (ReviewState.SUBMITTED, ReviewState.IN_CALIBRATION, ReviewState.CALIBRATED, *FINISHED)


def with_proposal(cards: CardQuerySet) -> CardQuerySet:
    """With `proposal_id`: what is proposed now, or, once the session is open, what was proposed then."""
    preparing = When(session__state=SessionState.PREPARING, then=F("review__proposed_rating"))
    return cards.annotate(proposal_id=Case(preparing, default=F("proposed_rating")))


def read_cards(cards: CardQuerySet, cycle_id: int) -> list[Card]:
    """The cards with their people and, as `proposal`, the level proposed."""
    return with_levels(readable(cards), cycle_id)


def readable(cards: CardQuerySet) -> CardQuerySet:
    """Those whose review is no draft, with what a list of them shows."""
    return with_proposal(cards.on_board(*READABLE)).for_board().select_related("session")


def with_levels(cards: Iterable[Card], cycle_id: int) -> list[Card]:
    """Each with its `proposal`: the levels of one scale are few, so nobody reads them again for every card."""
    scale = ReviewCycle.objects.filter(pk=cycle_id).values("scale")
    levels = {level.pk: level for level in RatingLevel.objects.filter(scale__in=scale)}
    found = list(cards)
    for card in found:
        card.proposal = levels.get(card.proposal_id)  # type: ignore[attr-defined]
        card.rating = levels.get(card.rating_id or 0)
    return found


@dataclass
class Entry:
    """One card as somebody who takes part reads it, with their own answer."""

    card: Card
    answer: PreReadAnswer | None
    is_own_proposal: bool

    @property
    def is_outdated(self) -> bool:
        """Whether the answer is about an earlier proposal."""
        given = self.answer is not None and self.answer.answer != ""
        return given and self.answer.about_rating_id != self.card.proposal_id  # type: ignore[union-attr,attr-defined]

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and self.answer.answer != "" and not self.is_outdated

    @property
    def is_open(self) -> bool:
        """Whether an answer is still wanted."""
        return not self.is_own_proposal and not self.is_answered


class PreReading:
    """What one person has before them: the cards of a session that they see, in the order of names."""

    def __init__(self, session: CalibrationSession, user: Principal) -> None:
        self.session, self.user = session, user

    @cached_property
    def is_asked(self) -> bool:
        me = self.user.viewer.employee_id
        return bool(me) and Participant.objects.filter(session=self.session, employee=me).exists()

    @property
    def cards(self) -> CardQuerySet:
        return readable(Card.objects.visible_to(self.user).filter(session=self.session))

    @cached_property
    def entries(self) -> list[Entry]:
        return self.about(self.cards)

    def about(self, cards: Iterable[Card]) -> list[Entry]:
        """These cards with one's own answers."""
        me, found = self.user.viewer.employee_id, with_levels(cards, self.session.cycle_id)
        mine = PreReadAnswer.objects.filter(employee=me, card__in=[card.pk for card in found]) if me else []
        given = {answer.card_id: answer for answer in mine}
        return [Entry(card, given.get(card.pk), bool(me) and card.review.reviewer_id == me) for card in found]

    @property
    def asked(self) -> int:
        """How many answers are wanted of this person."""
        return sum(not entry.is_own_proposal for entry in self.entries)

    @property
    def answered(self) -> int:
        return sum(entry.is_answered for entry in self.entries if not entry.is_own_proposal)

    @property
    def share(self) -> float | None:
        return 100 * self.answered / self.asked if self.asked else None

    def next_open(self, after: int | None = None) -> Card | None:
        """The next card that waits for an answer, from the top again after the last."""
        at = self.place_of(after)
        ring = self.entries if at is None else [*self.entries[at + 1 :], *self.entries[:at]]
        return next((entry.card for entry in ring if entry.is_open), None)

    def place_of(self, card_id: int | None) -> int | None:
        """Where a card lies in the order."""
        return next((place for place, entry in enumerate(self.entries) if entry.card.pk == card_id), None)


@dataclass(frozen=True)
class Asked:
    """Somebody who takes part, with those they do not talk about: themselves, those above them, declared conflicts."""

    employee_id: int
    hidden: frozenset[int]

    def is_asked_about(self, employee_id: int, reviewer_id: int | None) -> bool:
        return employee_id not in self.hidden and reviewer_id != self.employee_id


def asked_at(session_ids: Iterable[int], cycle_id: int) -> dict[int, list[Asked]]:
    """Who is asked at each of these tables, in two queries."""
    conflicts = defaultdict(set)
    for employee, about in Recusal.objects.filter(session__cycle=cycle_id).values_list("employee", "about"):
        conflicts[employee].add(about)
    seats = Participant.objects.filter(session__in=list(session_ids)).exclude(employee__status=EmploymentStatus.LEFT)
    asked = defaultdict(list)
    for session, employee, path in seats.values_list("session", "employee", "employee__path").order_by("employee"):
        asked[session].append(Asked(employee, frozenset({*ids_of(path), employee, *conflicts[employee]})))
    return asked


def open_counts(session: CalibrationSession) -> dict[int, int]:
    """How many answers are missing from each person who takes part."""
    cards = with_proposal(session.cards.on_board(ReviewState.SUBMITTED)).order_by()
    rows = list(cards.values_list("pk", "review__employee", "review__reviewer", "proposal_id"))  # type: ignore[misc]
    answers = PreReadAnswer.objects.given().filter(card__session=session)
    given = set(answers.values_list("card", "employee", "about_rating"))
    return {
        person.employee_id: sum(
            person.is_asked_about(employee, reviewer) and (card, person.employee_id, proposal) not in given
            for card, employee, reviewer, proposal in rows
        )
        for person in asked_at([session.pk], session.cycle_id)[session.pk]
    }


def waiting_answers(user: Principal) -> CardQuerySet:
    """The cards about which this person is asked and has not answered yet, or only about an earlier proposal."""
    me = user.viewer.employee_id
    asked = Card.objects.visible_to(user).on_board(ReviewState.SUBMITTED).exclude(review__reviewer=me)
    asked = asked.filter(session__state=SessionState.PREPARING, session__pre_read_opened_at__isnull=False)
    mine = Participant.objects.filter(session=OuterRef("session"), employee=me)
    given = PreReadAnswer.objects.given().filter(card=OuterRef("pk"), employee=me)
    given = given.filter(about_rating=OuterRef("review__proposed_rating"))
    return asked.filter(Exists(mine), ~Exists(given))


@dataclass
class Split:
    """What the table thinks of one proposal. An answer about an earlier one counts as missing: it is asked again."""

    card: Card
    counts: Counter[str] = field(default_factory=Counter)
    missing: int = 0
    answers: list[PreReadAnswer] = field(default_factory=list)

    @property
    def agree(self) -> int:
        return self.counts[PreRead.AGREE]

    @property
    def question(self) -> int:
        return self.counts[PreRead.QUESTION]

    @property
    def abstain(self) -> int:
        return self.counts[PreRead.ABSTAIN]

    @property
    def is_questioned(self) -> bool:
        return self.question > 0

    @property
    def notes(self) -> list[PreReadAnswer]:
        return [answer for answer in self.answers if answer.note]

    @property
    def rank(self) -> tuple[int, int]:
        """Most questioned first; where as many question it, first where more agree and so the views are further apart."""
        return (-self.question, -self.agree)


def splits(session: CalibrationSession, user: Principal) -> list[Split]:
    """For those who lead: per card they see, here and under this session, how the views stand; most questioned first."""
    seen = Card.objects.visible_to(user).at_table_of(session).filter(session__pre_read_opened_at__isnull=False)
    cards = read_cards(seen, session.cycle_id)
    asked = asked_at({card.session_id for card in cards}, session.cycle_id)
    given = PreReadAnswer.objects.visible_to(user).given().filter(card__in=[card.pk for card in cards])
    answers = defaultdict(list)
    for answer in given.select_related("employee").order_by("employee__last_name", "employee__first_name", "pk"):
        answers[answer.card_id].append(answer)
    found = [_split(card, asked[card.session_id], answers[card.pk]) for card in cards]
    return sorted(found, key=lambda split: split.rank)


def questioned_cards(session: CalibrationSession, user: Principal) -> list[Card]:
    """Those that somebody questions and that can still be decided on, the most questioned first."""
    found = [split.card for split in splits(session, user) if split.is_questioned]
    return [card for card in found if card.session.state != SessionState.LOCKED]


def _split(card: Card, asked: list[Asked], answers: list[PreReadAnswer]) -> Split:
    """Only answers of those who are asked about this card now: whoever stays out has no voice in it."""
    review = card.review
    wanted = {person.employee_id for person in asked if person.is_asked_about(review.employee_id, review.reviewer_id)}
    proposal_id = card.proposal_id  # type: ignore[attr-defined]
    valid = [row for row in answers if row.employee_id in wanted and row.about_rating_id == proposal_id]
    return Split(card, Counter(row.answer for row in valid), len(wanted) - len(valid), valid)
