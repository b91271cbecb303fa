"""The lock: what it names before, what it changes for good, and what stays shut behind it."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from calibration.actions import fill_session, lock_session, mark_discussed, move_card
from calibration.decisions.outcome import Outcome
from calibration.decisions.progress import after_lock, before_lock
from calibration.models import CalibrationSession, Card, CardMove, Decision, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from performance.actions import withdraw_review
from performance.models import GuidelineShare, Review
from tests.access.world import EVERY_SCOPE
from tests.factories.calibration import SessionFactory, card_of, open_board, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_user("hrleader")


def to(card, value, reason=""):
    """The card moved to a level."""
    level = rating_of(card.session.cycle, value)
    return move_card(card, by=None, rating=level, version=card.version, rationale="Compared", reason=reason)


def lock_page(session):
    return reverse("calibration:session_lock", args=[session.pk])


def test_before_and_after_are_told_over_all_ratings_and_for_each_manager(leader):
    strict, kind, cycle = EmployeeFactory(), EmployeeFactory(), ReviewCycleFactory()
    for value in (2, 2):
        submitted_review(cycle, value, reviewer=strict)
    for value in (4, 5):
        submitted_review(cycle, value, reviewer=kind)
    session = open_board([], cycle=cycle)
    for card in session.cards.filter(review__reviewer=strict):
        to(card, 3, "consistency")
    to(session.cards.get(proposed_rating__value=5), 4)

    outcome = Outcome(session, leader)

    assert (outcome.all.before.mean, outcome.all.after.mean) == (3.25, 3.5)
    assert round(outcome.all.before.sd, 2) == 1.3
    assert round(outcome.all.after.sd, 2) == 0.5
    assert [(g.name, g.before.mean, g.after.mean, g.up, g.down) for g in outcome.managers] == [
        (strict.name, 2, 3, 2, 0),
        (kind.name, 4.5, 4, 0, 1),
    ]
    assert [(str(row["label"]), row["up"], row["down"]) for row in outcome.reasons] == [
        ("Consistent with peers in the role", 2, 0),
        ("No kind of reason given", 0, 1),
    ]
    assert [(row["was"], row["count"]) for row in outcome.levels] == [(0, 0), (2, 0), (0, 2), (1, 2), (1, 0)]


def test_what_is_not_rated_is_no_number(leader):
    session = open_board([None, 4])

    outcome = Outcome(session, leader)

    assert (outcome.all.after.n, outcome.all.after.mean, outcome.all.after.sd) == (1, 4, 0)
    assert Outcome(open_board([None]), leader).all.after.mean is None


def test_the_page_names_the_consequences_and_what_is_left_open(leader, browse):
    session = open_board([3, 4])
    first = session.cards.first()
    to(first, 5, "evidence")
    Card.objects.filter(pk=first.pk).update(agenda_place=1)
    GuidelineShare.objects.create(cycle=session.cycle, value=3, percent=100)

    page = browse(leader).get(lock_page(session))

    for words in (
        "2 ratings become final",
        "1 of them other than proposed",
        "1 person on the agenda has not been discussed",
        "2 reviews are not marked as discussed",
        "New evidence",
        "below 30 ratings it says little",
        "Every manager whose proposals lie here is told",
    ):
        assert words in page.text


def test_after_the_lock_the_same_summary_stays_whatever_happens_to_the_reviews(leader, browse):
    session = open_board([3, 3, 4])
    to(session.cards.first(), 5, "evidence")
    before = Outcome(session, leader)
    spreads, levels = (before.all.before, before.all.after), before.levels
    lock_session(session, by=leader)
    session.refresh_from_db()
    withdraw_review(Review.objects.first(), by=None, reason="Left")

    after = Outcome(session, leader)

    assert ((after.all.before, after.all.after), after.levels) == (spreads, levels)
    page = browse(leader).get(reverse("calibration:session_decisions", args=[session.pk]))
    assert "Before and after" in page.text


def test_nothing_hidden_is_in_any_figure(table):
    """The partner's own card, and those of the people they report to: moving them changes nothing that they read."""
    hidden = Card.objects.filter(review__employee__in=[table.partner.employee, table.manager, table.boss])

    def told():
        outcome = Outcome(table.session, table.partner)
        return before_lock(table.session, table.partner), outcome.all, outcome.managers, outcome.levels

    before = told()
    for card in hidden:
        to(card, 5)
    Card.objects.filter(pk__in=hidden).update(is_discussed=True, agenda_place=1)

    assert told() == before
    assert before[0].decisions == before[1].after.n == 2


def test_after_the_lock_a_count_holds_only_what_its_reader_sees(table):
    lock_session(table.session, by=None)
    seen = Decision.objects.visible_to(table.partner).count()

    told = after_lock(table.session, table.partner)

    assert (told["all"], told["to_complete"]) == (seen, seen)
    assert seen < Decision.objects.count()
    assert told["waits_to_complete"]


def test_who_stays_out_is_not_counted(table):
    everything = before_lock(table.session, table.facilitator).decisions
    Recusal.objects.create(
        session=table.session, employee=table.facilitator.employee, about=table.people[1], reason="Kin"
    )

    assert before_lock(table.session, table.facilitator).decisions == everything - 1
    assert Outcome(table.session, table.facilitator).all.after.n == everything - 1


def test_locked_is_locked_by_every_door(table, browse):
    card = Card.objects.get(review__employee=table.people[1])
    lock_session(table.session, by=None)
    moves, decisions = CardMove.objects.count(), list(Decision.objects.values_list())
    words, level = "This session is already: Locked.", rating_of(table.cycle, 5)

    for act in (
        lambda: move_card(card, by=None, rating=level, version=1, rationale="Late"),
        lambda: mark_discussed(card, by=None, is_discussed=True),
        lambda: fill_session(table.session, by=None),
        lambda: lock_session(table.session, by=None),
    ):
        with pytest.raises(ActionError) as refused:
            act()
        assert refused.value.message == words

    page = browse(table.facilitator)
    data = {"rating": level.pk, "version": 1, "rationale": "Late"}
    assert words in page.post(reverse("calibration:card_move", args=[card.pk]), data).text
    discussed = page.post(reverse("calibration:card_discuss", args=[card.pk]), {"is_discussed": "on"}, follow=True)
    assert words in discussed.text
    api = APIClient()
    api.force_authenticate(ActingPrincipal("x", EVERY_SCOPE, table.facilitator))
    session_url = reverse("api:calibration-sessions-detail", args=[table.session.pk])
    for path, body in (
        (f"cards/{card.pk}/move/", data),
        (f"cards/{card.pk}/discuss/", {"is_discussed": True}),
        ("bulk/", {"text": f"card,version,rating,rationale\n{card.pk},1,5,Late\n"}),
        ("lock/", {}),
    ):
        answer = api.post(f"{session_url}{path}", body, format="json")
        assert (answer.status_code, answer.data["detail"]) == (409, words), path

    card.refresh_from_db()
    assert (card.version, card.is_discussed) == (1, False)
    assert CardMove.objects.count() == moves
    assert list(Decision.objects.values_list()) == decisions


def test_a_parent_names_the_sessions_it_takes_along_and_sums_their_cards(leader, browse):
    cycle = ReviewCycleFactory()
    child = open_board([3, 4], cycle=cycle)
    parent = SessionFactory(cycle=cycle, state="open")
    second = open_board([5], cycle=cycle)
    CalibrationSession.objects.filter(pk__in=[child.pk, second.pk]).update(parent=parent)

    page = browse(leader).get(lock_page(parent))
    assert child.name in page.text
    assert "3 ratings become final" in page.text
    browse(leader).post(lock_page(parent))

    parent.refresh_from_db()
    assert parent.state == "locked"
    assert Outcome(parent, leader).all.after.n == 3
    assert after_lock(parent, leader)["all"] == 3


def test_an_original_rating_never_changes_once_the_session_is_open(leader):
    session = open_board([3])
    card = session.cards.get()
    to(card, 5)
    Review.objects.update(proposed_rating=rating_of(session.cycle, 1))
    lock_session(session, by=None)

    assert card_of(session, card.review).proposed_rating.value == 3
    decision = Decision.objects.get()
    assert (decision.proposed_rating.value, decision.rating.value) == (3, 5)


def test_the_pages_ask_the_same_number_of_queries_for_one_card_and_for_three(leader, browse, django_assert_num_queries):
    client, counts = browse(leader), {}
    client.get(reverse("calibration:decision_list"))
    for values in ([3], [3, 4, 5]):
        session = open_board(values)
        for card in session.cards.all():
            to(card, 2, "evidence")
        for name in ("session_lock", "session_decisions"):
            with django_assert_num_queries(45, exact=False) as queries:
                client.get(reverse(f"calibration:{name}", args=[session.pk]))
            counts.setdefault(name, []).append(len(queries))
            if name == "session_lock":
                lock_session(session, by=None)

    assert all(one == three for one, three in counts.values()), counts
