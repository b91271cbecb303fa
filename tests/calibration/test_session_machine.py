"""Anybody does anything around one session, through the doors' own question who may: what was proposed is never lost, what is
locked stays locked, whoever stays out decides nothing, and every rating that counts has one decision behind it.
"""

import datetime
import random

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import initialize, invariant, precondition, rule

from calibration import actions
from calibration.actions.agenda import put_on_agenda, take_off_agenda
from calibration.actions.bulk import move_in_bulk
from calibration.actions.completion import complete_review
from calibration.actions.remarks import answer_request, remark_on_decision
from calibration.models import CalibrationSession, Card, CardMove, Decision, PreReadAnswer, Recusal
from hrportal.common.actions import ActionError
from hrportal.common.paths import ids_of
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment
from hrportal.people.enums import Role
from hrportal.people.models import Employee, User
from performance.actions import reopen_review, restore_review, withdraw_review
from performance.enums import FINISHED, ReviewState
from performance.models import Review
from performance.signals import withdraw_leavers
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, rating_of
from tests.support.machines import StoredMachine

ROLES = ["boss", "facilitator", "leader", "manager", "partner", "stranger"]
VALUES = st.integers(min_value=1, max_value=5)
WORDS = st.sampled_from(["", "Compared with peers"])
PICK = st.integers(min_value=0, max_value=20)
TODAY = timezone.localdate()


class SessionMachine(StoredMachine):
    def __init__(self):
        super().__init__()
        self.unit, self.cycle = OrgUnitFactory(), ReviewCycleFactory(shares_on_completion=False)
        boss = EmployeeFactory(org_unit=self.unit)
        manager = EmployeeFactory(org_unit=self.unit, manager=boss)
        partner = EmployeeFactory(org_unit=self.unit, manager=boss)
        self.people = [boss, manager, partner, *(EmployeeFactory(org_unit=self.unit, manager=manager) for _ in "abc")]
        for person, value in zip(self.people, (4, 3, 5, 2, 3, None), strict=True):
            submitted_review(self.cycle, value, employee=person, org_unit=self.unit)
        self.accounts = {
            "boss": make_user(employee=boss).pk,
            "facilitator": make_user().pk,
            "leader": make_user(Role.HR_LEADER).pk,
            "manager": make_user(employee=manager).pk,
            "partner": make_user(Role.HRBP, employee=partner, unit=self.unit).pk,
            "stranger": make_user().pk,
        }
        led_by = self.user("facilitator").employee
        self.session_id = SessionFactory(cycle=self.cycle, org_unit=self.unit, facilitator=led_by).pk
        for person in (boss, manager):
            ParticipantFactory(session=self.session, employee=person)
        self.proposed: dict[int, int | None] = {}
        self.shut: list | None = None
        self.moves = 0

    def user(self, role):
        return User.objects.get(pk=self.accounts[role])

    @property
    def session(self):
        rows = CalibrationSession.objects.select_related("cycle", "org_unit", "parent")
        return rows.get(pk=self.session_id)

    def card(self, pick):
        cards = list(
            self.session.cards.select_related("session__cycle", "session__org_unit", "session__parent", "review")
        )
        return cards[pick % len(cards)] if cards else None

    def review(self, pick):
        reviews = list(Review.objects.filter(cycle=self.cycle).order_by("pk"))
        return reviews[pick % len(reviews)]

    def attempt(self, user, permission, row, act) -> bool:
        """What a door does: ask who may, then call the action. A refusal changes nothing."""
        if not user.has_perm(f"calibration.{permission}", row):
            return False
        facts, story = Fact.objects.count(), self.story()
        try:
            act()
        except ActionError:
            assert Fact.objects.count() == facts
            assert self.story() == story
            return False
        return True

    def story(self):
        """Everything that a refusal must not touch."""
        kept = ("rating", "rationale", "version", "is_discussed", "agenda_place", "changes")
        return (
            list(self.session.cards.order_by("pk").values_list("pk", *kept)),
            list(Review.objects.order_by("pk").values_list("pk", "state", "revision", "final_rating")),
            CardMove.objects.count(),
            list(Decision.objects.order_by("pk").values_list()),
        )

    def is_kept_from(self, user, person) -> bool:
        """Worked out anew, so that the portal's own sentence is not asked to judge itself."""
        me = user.employee
        declared = Recusal.objects.filter(employee=me, about=person, session__cycle=self.cycle)
        return person.pk in ids_of(me.path) or declared.exists()

    def moved(self, user, before):
        """Whoever has just moved cards was free to, and the table was open."""
        for move in CardMove.objects.filter(pk__gt=before).select_related("card__review__employee"):
            assert not self.is_kept_from(user, move.card.review.employee)
            assert move.moved_by_id == user.employee_id
            assert self.session.state == "open"
            self.moves += 1

    def last_move(self) -> int:
        return CardMove.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    @initialize(steps=st.sampled_from([0, 2, 2, 4, 5]))
    def begin(self, steps):
        """Not every story begins at the beginning: some with an open table, some after the lock."""
        for step in range(steps):
            self.hr_goes_on(step)

    # Around the table

    @rule(role=st.sampled_from(ROLES))
    def fill(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "fill_session", session, lambda: actions.fill_session(session, by=user))

    @rule(role=st.sampled_from(ROLES))
    def open_answers(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "open_pre_read", session, lambda: actions.open_pre_read(session, by=user))

    @rule(role=st.sampled_from(ROLES), pick=PICK)
    def answer(self, role, pick):
        user, card = self.user(role), self.card(pick)
        if card is None:
            return
        said = PreReadAnswer.objects.filter(card=card, employee=user.employee).first()
        version = said.version if said else 0
        self.attempt(
            user,
            "answer_pre_read",
            card,
            lambda: actions.answer_pre_read(card, by=user, version=version, answer="question"),
        )
        given = PreReadAnswer.objects.filter(card=card, employee=user.employee).exists()
        assert not given or said or not self.is_kept_from(user, card.review.employee)

    @rule(role=st.sampled_from(ROLES))
    def open(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "open_session", session, lambda: actions.open_session(session, by=user))

    @rule(role=st.sampled_from(["facilitator", "leader", "manager", "partner"]), pick=PICK)
    def stay_out(self, role, pick):
        user, session, about = self.user(role), self.session, self.people[pick % len(self.people)]
        self.attempt(
            user,
            "declare_recusal",
            session,
            lambda: actions.declare_recusal(session, by=user, employee=user.employee, about=about, reason="Kin"),
        )

    @rule(role=st.sampled_from(ROLES), pick=PICK)
    def come_back(self, role, pick):
        user, found = self.user(role), list(Recusal.objects.all())
        if found:
            recusal = found[pick % len(found)]
            self.attempt(user, "withdraw_recusal", recusal, lambda: actions.withdraw_recusal(recusal, by=user))

    @rule(role=st.sampled_from(ROLES), pick=PICK, off=st.booleans())
    def agenda(self, role, pick, off):
        user, card = self.user(role), self.card(pick)
        if card:
            act = take_off_agenda if off else put_on_agenda
            self.attempt(user, "put_on_agenda", card, lambda: act(card, by=user))

    # On the board

    @rule(role=st.sampled_from(ROLES), pick=PICK, value=VALUES, words=WORDS, is_stale=st.booleans())
    def move(self, role, pick, value, words, is_stale):
        user, card, before = self.user(role), self.card(pick), self.last_move()
        if card is None:
            return
        version, level = card.version - is_stale, rating_of(self.cycle, value)
        is_done = self.attempt(
            user,
            "move_card",
            card,
            lambda: actions.move_card(card, by=user, rating=level, version=version, rationale=words),
        )
        assert not (is_done and is_stale)
        self.moved(user, before)

    @rule(role=st.sampled_from(ROLES), pick=PICK, value=VALUES)
    def move_by_page(self, role, pick, value):
        user, card, before, client = self.user(role), self.card(pick), self.last_move(), Client()
        if card is None:
            return
        client.force_login(user)
        data = {
            "rating": rating_of(self.cycle, value).pk,
            "version": card.version,
            "rationale": "By page",
            "reason": "scope",
        }
        answer = client.post(reverse("calibration:card_move", args=[card.pk]), data)
        if self.is_kept_from(user, card.review.employee) or role in {"manager", "boss", "stranger"}:
            assert answer.status_code in {403, 404}
        self.moved(user, before)

    @rule(role=st.sampled_from(ROLES), pick=PICK)
    def take_back(self, role, pick):
        user, card, before = self.user(role), self.card(pick), self.last_move()
        if card:
            self.attempt(user, "undo_move", card, lambda: actions.undo_move(card, by=user, version=card.version))
            self.moved(user, before)

    @rule(role=st.sampled_from(ROLES), pick=PICK, is_discussed=st.booleans())
    def discuss(self, role, pick, is_discussed):
        user, card = self.user(role), self.card(pick)
        if card:
            self.attempt(
                user, "discuss_card", card, lambda: actions.mark_discussed(card, by=user, is_discussed=is_discussed)
            )

    @rule(role=st.sampled_from(ROLES), seed=st.integers(min_value=0, max_value=999))
    def bring_a_table(self, role, seed):
        """Every card there is, hidden or not, with values as they come."""
        user, session, before, chance = self.user(role), self.session, self.last_move(), random.Random(seed)
        lines = ["card,version,rating,rationale,discussed"]
        for card in session.cards.all():
            words = chance.choice(["", "By table"])
            version = card.version - chance.choice([0, 0, 1])
            lines.append(f"{card.pk},{version},{chance.randint(1, 6)},{words},{chance.choice(['yes', 'no', ''])}")
        text = "\n".join(lines)
        self.attempt(user, "move_in_bulk", session, lambda: move_in_bulk(session, by=user, text=text))
        self.moved(user, before)

    @precondition(lambda self: self.moves > 1)
    @rule(role=st.sampled_from(ROLES))
    def lock(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "lock_session", session, lambda: actions.lock_session(session, by=user))

    # After it

    @rule(role=st.sampled_from(ROLES))
    def complete(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "complete_session", session, lambda: actions.complete_session(session, by=user))
        run_due_jobs()

    @rule(role=st.sampled_from(ROLES))
    def share(self, role):
        user, session = self.user(role), self.session
        self.attempt(user, "share_session", session, lambda: actions.share_session(session, by=user))
        run_due_jobs()

    @rule(role=st.sampled_from(ROLES), pick=PICK, what=st.sampled_from(["complete", "ask", "say", "answer"]))
    def about_a_decision(self, role, pick, what):
        user, found = (
            self.user(role),
            list(Decision.objects.visible_to(self.user(role)).select_related("review__cycle")),
        )
        if not found:
            return
        decision = found[pick % len(found)]
        assert decision.review.employee_id != user.employee_id
        permission, act = {
            "complete": ("complete_review", lambda: complete_review(decision, by=user)),
            "ask": ("remark_on_decision", lambda: remark_on_decision(decision, by=user, text="No", is_request=True)),
            "say": ("remark_on_decision", lambda: remark_on_decision(decision, by=user, text="Noted")),
            "answer": ("answer_request", lambda: answer_request(decision, by=user, answer="It stays")),
        }[what]
        self.attempt(user, permission, decision, act)

    @rule(pick=PICK, value=VALUES)
    def reopen_and_submit(self, pick, value):
        review = self.review(pick)
        if review.state in {ReviewState.CALIBRATED, *FINISHED}:
            reopen_review(review, by=None, reason="A result came late")
            level = rating_of(self.cycle, value)
            Review.objects.filter(pk=review.pk).update(state=ReviewState.SUBMITTED, proposed_rating=level)

    @rule(role=st.sampled_from(ROLES), pick=PICK, value=VALUES, words=WORDS)
    def decide_again(self, role, pick, value, words):
        user, review, level = self.user(role), self.review(pick), rating_of(self.cycle, value)
        self.attempt(
            user,
            "decide_reopened",
            review,
            lambda: actions.decide_reopened(review, by=user, rating=level, rationale=words),
        )

    @rule(pick=PICK)
    def withdraw(self, pick):
        review = self.review(pick)
        if pick % 4 == 0 and review.state not in {*FINISHED, ReviewState.WITHDRAWN}:
            withdraw_review(review, by=None, reason="Out")

    @rule(pick=PICK, value=VALUES)
    def take_back_in_and_submit(self, pick, value):
        review = self.review(pick)
        if review.state == ReviewState.WITHDRAWN and review.employee.status != "left":
            review.parts.filter(side="manager").update(submitted_at=timezone.now())
            restore_review(review, by=None, reason="In again")
            level = rating_of(self.cycle, value)
            Review.objects.filter(pk=review.pk).update(state=ReviewState.SUBMITTED, proposed_rating=level)

    @rule(pick=PICK)
    def leave(self, pick):
        person = Employee.objects.get(pk=self.people[3 + pick % 3].pk)
        if pick % 4 == 0 and person.status != "left":
            end_employment(person, by=None, left_on=TODAY - datetime.timedelta(days=1))
            withdraw_leavers(Fact.objects.filter(topic="people.employment_ended", person_id=person.pk))

    @rule(value=VALUES)
    def somebody_hands_in_late(self, value):
        if Review.objects.count() < 9:
            person = EmployeeFactory(org_unit=self.unit, manager=self.people[1])
            submitted_review(self.cycle, value, employee=person, org_unit=self.unit)

    @rule(seed=st.integers(min_value=0, max_value=99))
    def hr_goes_on(self, seed):
        """The straight way, so that late states are often reached."""
        leader, session, chance = self.user("leader"), self.session, random.Random(seed)
        self.fill("leader")
        if session.state == "preparing":
            self.open("leader")
        elif session.state == "open":
            self.bring_a_table("leader", seed)
            for card in session.cards.on_board().filter(rating=None):
                level = rating_of(self.cycle, 3)
                actions.move_card(card, by=leader, rating=level, version=card.version, rationale="Late rating")
                self.moves += 1
            if chance.random() < 0.5 and self.moves > 1:
                self.lock("leader")
        else:
            self.complete("leader")

    # What is always so

    @invariant()
    def an_original_rating_never_changes_after_the_opening(self):
        if self.session.state == "preparing":
            return
        for pk, proposed in self.session.cards.values_list("pk", "proposed_rating"):
            assert self.proposed.setdefault(pk, proposed) == proposed
        for decision in Decision.objects.filter(session=self.session_id):
            card = Card.objects.get(review=decision.review_id, review_revision=decision.review_revision)
            assert decision.proposed_rating_id == self.proposed[card.pk]

    @invariant()
    def what_is_locked_stays(self):
        if self.session.state != "locked":
            return
        now = [
            list(self.session.cards.order_by("pk").values_list()),
            list(self.session.decisions.order_by("pk").values_list()),
        ]
        self.shut = self.shut or now
        assert now == self.shut

    @invariant()
    def a_difference_has_words(self):
        for row in [*Card.objects.all(), *Decision.objects.all()]:
            assert row.rating_id == row.proposed_rating_id or row.rationale.strip()

    @invariant()
    def every_move_is_in_the_history(self):
        if self.session.state == "preparing":
            return
        for card in self.session.cards.prefetch_related("moves"):
            at, moves = card.proposed_rating_id, sorted(card.moves.all(), key=lambda move: move.pk)
            for move in moves:
                assert move.from_rating_id == at
                at = move.to_rating_id
            assert (card.rating_id, card.version) == (at, 1 + len(moves))

    @invariant()
    def what_counts_was_decided_once(self):
        for review in Review.objects.filter(state__in=FINISHED, final_is_calibrated=True):
            standing = Decision.objects.standing().get(review=review)
            assert standing.rating_id == review.final_rating_id
        for decision in Decision.objects.select_related("review"):
            assert decision.decided_by_id is None or decision.decided_by_id != decision.review.employee_id

    @invariant()
    def nobody_sees_what_is_kept_from_them(self):
        for role in ROLES:
            user = self.user(role)
            for card in Card.objects.visible_to(user).select_related("review__employee"):
                assert not self.is_kept_from(user, card.review.employee)


# Steps are told as they came: making the story shorter takes longer than reading it.
AS_IT_COMES = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.mark.one_database
class TestSessionMachine(SessionMachine.TestCase, TestCase):
    settings = settings(AS_IT_COMES, max_examples=3, stateful_step_count=25)


@pytest.mark.long
class TestSessionMachineAtLength(SessionMachine.TestCase, TestCase):
    """Thousands of steps."""

    settings = settings(AS_IT_COMES, max_examples=40, stateful_step_count=60)


pytestmark = pytest.mark.timeout(1800)
