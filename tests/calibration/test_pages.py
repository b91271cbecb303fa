"""The pages of a session, from the list to the decisions."""

import json

import pytest
from django.urls import reverse

from calibration.actions import complete_session, lock_session, move_card
from calibration.models import CalibrationSession, Card
from hrportal.journal.jobs import run_due_jobs
from performance.models import GuidelineShare, Review
from tests.factories.calibration import SessionFactory, open_board, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    rating_of,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def browse(client):
    """A client signed in as somebody."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def url(name, *args):
    return reverse(f"calibration:{name}", args=args)


def move(client, card, rating, *, version=None, rationale="Wider scope", **headers):
    data = {"rating": rating.pk, "rationale": rationale, "version": card.version if version is None else version}
    return client.post(url("card_move", card.pk), data, headers=headers)


def test_the_list_shows_ones_sessions_and_leads_to_the_right_page(table, browse):
    SessionFactory(name="Not ours")

    page = browse(table.participant).get(url("session_list"))

    assert table.session.name in page.text
    assert "Not ours" not in page.text
    assert url("session_board", table.session.pk) in page.text


def test_hr_prepares_fills_and_opens_a_session(browse):
    cycle, leader, facilitator = ReviewCycleFactory(), make_user("hrleader"), EmployeeFactory()
    submitted_review(cycle)
    unwritten, unassigned = ReviewFactory(cycle=cycle), ReviewFactory(cycle=cycle, reviewer=None)
    client = browse(leader)

    made = client.post(
        url("session_create"), {"cycle": cycle.pk, "name": "All", "facilitator": facilitator.employee_number}
    )
    session = CalibrationSession.objects.get()
    page = client.get(made.url)
    assert made.url == url("session_detail", session.pk)
    assert session.facilitator == facilitator
    for person in (unwritten.employee, unassigned.employee):
        assert person.name in page.text
    client.post(url("session_fill", session.pk))
    opened = client.post(url("session_open", session.pk))

    assert opened.url == url("session_board", session.pk)
    session.refresh_from_db()
    assert (session.state, session.cards.count()) == ("open", 1)


def test_a_partner_makes_sessions_over_own_units_only(table, browse):
    client = browse(table.partner)

    refused = client.post(
        url("session_create"), {"cycle": table.cycle.pk, "name": "No", "org_unit": table.elsewhere.pk}
    )
    everyone = client.post(url("session_create"), {"cycle": table.cycle.pk, "name": "No", "org_unit": ""})

    assert "not one of the units you look after" in refused.text
    assert (refused.status_code, everyone.status_code) == (422, 422)
    assert CalibrationSession.objects.count() == 1


def test_whoever_is_not_at_the_table_finds_nothing(table, browse):
    card = Card.objects.first()
    for user in (table.stranger, table.admin, table.executive, table.other_partner):
        client = browse(user)
        for name, pk in (
            ("session_detail", table.session.pk),
            ("session_board", table.session.pk),
            ("session_figures", table.session.pk),
            ("session_lock", table.session.pk),
            ("card_detail", card.pk),
        ):
            assert client.get(url(name, pk)).status_code == 404
        assert move(client, card, rating_of(table.cycle, 4)).status_code == 404


def test_the_board_never_shows_ones_own_card_nor_counts_it(table, browse):
    own = Card.objects.get(review__employee=table.leader.employee)
    client = browse(table.leader)

    board = client.get(url("session_board", table.session.pk))
    as_list = client.get(url("session_board", table.session.pk), {"view": "list"})

    for page in (board, as_list):
        assert len(page.context["cards"]) == 4
        assert f'data-card="{own.pk}"' not in page.text
    assert sum(row["count"] for row in board.context["distribution"]) == 4
    assert sum(row["n"] for row in board.context["managers"]) == 4
    assert client.get(url("card_detail", own.pk)).status_code == 404
    assert move(client, own, rating_of(table.cycle, 5)).status_code == 404


def test_a_participant_looks_and_does_not_move(table, browse):
    client, card = browse(table.participant), Card.objects.get(review__employee=table.boss)

    page = client.get(url("session_board", table.session.pk))

    assert "data-move-url" not in page.text
    assert move(client, card, rating_of(table.cycle, 4)).status_code == 403
    assert client.get(url("session_lock", table.session.pk)).status_code == 403
    assert Card.objects.get(pk=card.pk).version == 1


def test_a_move_answers_with_the_board(table, browse):
    card = Card.objects.get(review__employee=table.boss)

    answer = move(browse(table.leader), card, rating_of(table.cycle, 5), **HTMX)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="board"')
    assert "Moved" in answer.text


def test_a_drop_without_a_rationale_is_asked_for_it(table, browse):
    card = Card.objects.get(review__employee=table.boss)

    answer = move(browse(table.leader), card, rating_of(table.cycle, 5), rationale="", **HTMX)

    assert answer.status_code == 422
    assert list(json.loads(answer.text)["errors"]) == ["rationale"]


def test_the_second_hand_is_told_both_values_and_keeps_its_words(table, browse):
    card, client = Card.objects.get(review__employee=table.boss), browse(table.leader)
    move_card(card, by=table.facilitator, rating=rating_of(table.cycle, 4), version=1, rationale="Wider scope")

    dropped = move(client, card, rating_of(table.cycle, 2), version=1, rationale="Missed dates", **HTMX)
    typed = move(client, card, rating_of(table.cycle, 2), version=1, rationale="Missed dates")

    assert (dropped.status_code, typed.status_code) == (409, 409)
    for words in ("Exceeds expectations", "Partly meets", table.facilitator.employee.name, "Missed dates"):
        assert words in json.loads(dropped.text)["message"]
    assert "Missed dates" in typed.text
    assert 'name="version" value="2"' in typed.text
    assert Card.objects.get(pk=card.pk).rating.value == 4


def test_the_refresh_is_empty_until_something_moves(table, browse):
    client, address = browse(table.participant), url("session_board", table.session.pk)
    stamp = client.get(address).context["stamp"]

    assert client.get(address, {"stamp": stamp}, headers=HTMX).status_code == 204
    card = Card.objects.get(review__employee=table.boss)
    move_card(card, by=table.leader, rating=rating_of(table.cycle, 4), version=1, rationale="Wider scope")

    assert client.get(address, {"stamp": stamp}, headers=HTMX).status_code == 200


def test_the_board_is_narrowed_by_what_the_url_says(table, browse):
    client, address = browse(table.leader), url("session_board", table.session.pk)
    card = Card.objects.get(review__employee=table.boss)
    move_card(card, by=table.leader, rating=rating_of(table.cycle, 4), version=1, rationale="Wider scope")

    def shown(**criteria):
        return {card.review.employee for card in client.get(address, criteria).context["cards"]}

    assert shown(moved="true") == {table.boss}
    assert table.boss not in shown(moved="false")
    assert shown(discussed="true") == set()
    assert shown(manager=table.boss.pk) == {table.manager}
    assert len(shown(unit=table.unit.pk)) == 4


def test_figures_compare_with_the_guideline_the_proposal_and_the_last_cycle(browse):
    before = ReviewCycleFactory(starts_on="2025-01-01", ends_on="2025-12-31")
    done = {"state": "completed", "completed_at": "2026-01-20T12:00:00Z", "final_is_calibrated": True}
    ReviewFactory(cycle=before, final_rating=rating_of(before, 2), **done)
    session = open_board([3, 3, 4, 4])
    GuidelineShare.objects.create(cycle=session.cycle, value=3, percent=60)
    card = session.cards.filter(rating__value=3).first()
    move_card(card, by=None, rating=rating_of(session.cycle, 5), version=1, rationale="Wider scope")

    page = browse(make_user("hrleader")).get(url("session_figures", session.pk))

    rows = {row["label"]: row for row in page.context["distribution"]}
    meets = rows["Meets expectations"]
    assert (meets["count"], meets["share"], meets["guideline"], meets["before"]) == (1, 25, 60, 50)
    last = page.context["last_cycle"]
    assert (last["cycle"], [row["count"] for row in last["rows"]]) == (before, [0, 1, 0, 0, 0])
    assert {row["words"] for row in page.context["managers"]} == {"Too few to compare"}


def test_a_card_shows_the_evidence_its_reader_may_see(table, browse):
    person = table.people[1]
    KeyResultFactory(objective=ObjectiveFactory(owner=person, title="Ship the portal"), current=40)
    FeedbackFactory(recipient=person, text="Open words", visibility="recipient_and_manager")
    FeedbackFactory(recipient=person, text="Private words", visibility="recipient")
    card = Card.objects.get(review__employee=person)

    page = browse(table.participant).get(url("card_detail", card.pk))
    dialog = browse(table.facilitator).get(url("card_detail", card.pk), headers=HTMX)

    assert "Ship the portal" in page.text
    assert "Open words" in page.text
    assert "Private words" not in page.text
    assert dialog.text.lstrip().startswith("<dialog")
    assert "Open words" not in dialog.text


def test_discussing_ticks_off_the_queue(table, browse):
    card, client = Card.objects.get(review__employee=table.boss), browse(table.leader)

    client.post(url("card_discuss", card.pk), {"is_discussed": "1"})
    assert Card.objects.get(pk=card.pk).is_discussed
    client.post(url("card_discuss", card.pk))

    assert not Card.objects.get(pk=card.pk).is_discussed


def test_locking_says_what_will_happen_and_completing_shows_that_it_did(table, browse, deliver_events):
    client = browse(table.leader)

    summary = client.get(url("session_lock", table.session.pk)).context["summary"]
    assert (summary.decisions, summary.moved, summary.plans_to_open, summary.plans_to_extend) == (5, 0, 5, 0)
    locked = client.post(url("session_lock", table.session.pk))
    assert locked.url == url("session_decisions", table.session.pk)
    client.post(url("session_complete", table.session.pk))
    deliver_events()
    page = client.get(url("session_decisions", table.session.pk))

    progress = page.context["progress"]
    assert (progress["completed"], progress["shared"], progress["to_complete"]) == (5, 5, 0)
    assert {row["done"] for row in progress["handover"]} == {5}
    assert len(page.context["decisions"]) == 4
    assert set(Review.objects.values_list("state", flat=True)) == {"shared"}


def test_a_locked_board_is_only_looked_at(table, browse):
    lock_session(table.session, by=None)
    client, card = browse(table.leader), Card.objects.get(review__employee=table.boss)

    page = client.get(url("session_board", table.session.pk))

    assert "data-move-url" not in page.text
    assert "data-refresh-every" not in page.text
    assert move(client, card, rating_of(table.cycle, 4), **HTMX).status_code == 422


def test_hr_decides_a_reopened_review_again_from_its_own_page(table, browse, deliver_events):
    lock_session(table.session, by=None)
    complete_session(table.session, by=None)
    run_due_jobs()
    review = Review.objects.get(employee=table.boss)
    Review.objects.filter(pk=review.pk).update(state="submitted", revision=2)
    client = browse(table.leader)

    empty = client.post(url("review_decide", review.pk), {"rating": rating_of(table.cycle, 4).pk, "rationale": ""})
    decided = client.post(
        url("review_decide", review.pk), {"rating": rating_of(table.cycle, 4).pk, "rationale": "New figures"}
    )

    assert (empty.status_code, decided.status_code) == (422, 302)
    review.refresh_from_db()
    assert (review.state, review.final_rating.value) == ("shared", 4)
    assert browse(table.participant).get(url("review_decide", review.pk)).status_code == 404


@pytest.mark.parametrize("view", ["board", "list"])
def test_a_board_asks_the_same_questions_for_one_card_and_for_three(browse, view, django_assert_max_num_queries):
    counts = []
    client = browse(make_user("hrleader"))
    for values in ([3], [3, 4, 5]):
        session = open_board(values)
        client.get(url("session_board", session.pk))
        with django_assert_max_num_queries(25) as queries:
            client.get(url("session_board", session.pk), {"view": view})
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", ["session_list", "session_detail", "session_decisions"])
def test_pages_ask_the_same_questions_for_one_row_and_for_three(browse, name, django_assert_max_num_queries):
    counts = []
    client = browse(make_user("hrleader"))
    for values in ([3], [3, 4, 5]):
        session = open_board(values)
        if name == "session_decisions":
            lock_session(session, by=None)
        address = url(name) if name == "session_list" else url(name, session.pk)
        client.get(address)
        with django_assert_max_num_queries(22) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_people_are_named_by_number_or_e_mail_and_an_unknown_one_is_told(table, browse):
    client, person = browse(table.leader), EmployeeFactory(work_email="Ada@Example.com")
    address = url("session_edit", table.session.pk)

    refused = client.post(address, {"name": "New", "participants": "nobody@example.com"})
    client.post(address, {"name": "New", "participants": f"ada@example.com\n{table.boss.employee_number}"})

    assert "nobody@example.com" in refused.text
    assert set(table.session.participants.values_list("employee", flat=True)) == {person.pk, table.boss.pk}


def test_what_a_lock_will_do_does_not_tell_whether_ones_own_card_was_moved(table, browse):
    own, other = (Card.objects.get(review__employee=person) for person in table.people)
    for card in (own, other):
        move_card(card, by=None, rating=rating_of(table.cycle, 5), version=1, rationale="Carried the project")

    leaders = browse(table.leader).get(url("session_lock", table.session.pk)).context["summary"]
    facilitators = browse(table.facilitator).get(url("session_lock", table.session.pk)).context["summary"]

    assert (leaders.decisions, leaders.moved, leaders.undiscussed) == (5, 1, 4)
    assert (facilitators.decisions, facilitators.moved, facilitators.undiscussed) == (5, 2, 5)
