"""The pages of a session, from the list to the decisions."""

import pytest
from django.urls import reverse

from calibration.actions import complete_session, lock_session, move_card
from calibration.models import CalibrationSession, Card
from hrportal.journal.jobs import run_due_jobs
from performance.models import Review
from tests.factories.calibration import SessionFactory, open_board, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import (
    ReviewCycleFactory,
    ReviewFactory,
    rating_of,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


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
            ("session_compare", table.session.pk),
            ("session_lock", table.session.pk),
            ("card_detail", card.pk),
        ):
            assert client.get(url(name, pk)).status_code == 404
        assert move(client, card, rating_of(table.cycle, 4)).status_code == 404


def test_locking_says_what_will_happen_and_completing_shows_that_it_did(table, browse, deliver_events):
    client = browse(table.leader)

    summary = client.get(url("session_lock", table.session.pk)).context["summary"]
    assert (summary.decisions, summary.moved, summary.plans_to_open, summary.plans_to_extend) == (4, 0, 4, 0)
    locked = client.post(url("session_lock", table.session.pk))
    assert locked.url == url("session_decisions", table.session.pk)
    client.post(url("session_complete", table.session.pk))
    deliver_events()
    page = client.get(url("session_decisions", table.session.pk))

    progress = page.context["progress"]
    assert (progress["completed"], progress["shared"], progress["to_complete"]) == (4, 4, 0)
    assert {row["done"] for row in progress["handover"]} == {4}
    assert len(page.context["page"].rows) == 4
    assert set(Review.objects.values_list("state", flat=True)) == {"shared"}


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
        with django_assert_max_num_queries(30) as queries:
            client.get(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_people_are_named_by_number_or_e_mail_and_an_unknown_one_is_told(table, browse):
    client, person = browse(table.leader), EmployeeFactory(work_email="Ada@Example.com")
    address = url("session_edit", table.session.pk)

    refused = client.post(address, {"name": "New", "participants": "nobody@example.com"})
    client.post(address, {"name": "New", "participants": ["ada@example.com", table.boss.employee_number]})

    assert "nobody@example.com" in refused.text
    assert "choose one of the suggestions" in refused.text
    assert set(table.session.participants.values_list("employee", flat=True)) == {person.pk, table.boss.pk}


def test_what_a_lock_will_do_does_not_tell_whether_ones_own_card_was_moved(table, browse):
    own, other = (Card.objects.get(review__employee=person) for person in table.people)
    for card in (own, other):
        move_card(card, by=None, rating=rating_of(table.cycle, 5), version=1, rationale="Carried the project")

    leaders = browse(table.leader).get(url("session_lock", table.session.pk)).context["summary"]
    facilitators = browse(table.facilitator).get(url("session_lock", table.session.pk)).context["summary"]

    assert (leaders.decisions, leaders.moved, leaders.undiscussed) == (4, 1, 4)
    assert (facilitators.decisions, facilitators.moved, facilitators.undiscussed) == (5, 2, 5)


def test_the_dialog_that_calls_a_session_off_is_closed_by_cancel(table, browse):
    """The page keeps the address it sends to as `cancel_url`; the dialog took that for the page to go back to."""
    session = SessionFactory(cycle=table.session.cycle)

    page = browse(make_user("hrleader")).get(url("session_detail", session.pk))

    assert 'id="cancel-session"' in page.text
    assert f'href="{url("session_cancel", session.pk)}"' not in page.text
