"""Watching the bridge, and following a rating back over it."""

import pytest
from django.urls import reverse

from calibration import signals
from calibration.actions import complete_session, decide_reopened, lock_session, move_card
from calibration.models import HandOver
from hrportal.journal.delivery import deliver_due
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Delivery
from performance.actions import reopen_review
from performance.models import Review
from talent.models import CalibratedRating
from tests.factories.calibration import open_board, submitted_review
from tests.factories.people import make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db

LIST = "calibration:handover_list"


@pytest.fixture
def parked(table, monkeypatch):
    """Every rating of the table's session is parked; plans went through."""

    def failing(records):
        raise RuntimeError("the other side is not well")

    work = signals.record_calibrated_ratings
    monkeypatch.setattr(signals, "record_calibrated_ratings", failing)
    complete_session(lock_session(table.session, by=None), by=None)
    run_due_jobs()
    deliver_due()
    Delivery.objects.filter(subscriber="calibration.rating_to_profile").update(state="parked", attempts=8)
    monkeypatch.setattr(signals, "record_calibrated_ratings", work)
    return table


def test_the_page_counts_and_lists_what_is_stuck(parked, client):
    client.force_login(parked.leader)

    page = client.get(reverse(LIST), {"status": "parked"})

    counts = {kind["value"]: kind for kind in page.context["kinds"]}
    assert counts["calibration.rating_to_profile"]["parked"] == 4
    assert counts["calibration.plan_from_review"]["done"] == 4
    assert len(page.context["rows"]) == 4
    assert "RuntimeError: the other side is not well" in page.text
    assert parked.leader.employee.name not in {row["person"].name for row in page.context["rows"]}


def test_a_partner_watches_only_whom_they_look_after(parked, client):
    client.force_login(parked.partner)
    own = {row["person"] for row in client.get(reverse(LIST)).context["rows"]}
    client.force_login(parked.other_partner)

    assert own == set(parked.people)
    assert client.get(reverse(LIST)).context["rows"] == []


@pytest.mark.parametrize("role", ["participant", "facilitator", "executive", "admin", "stranger"])
def test_the_page_is_for_hr(parked, client, role):
    client.force_login(getattr(parked, role))

    assert client.get(reverse(LIST)).status_code == 404
    assert client.post(reverse("calibration:handover_retry_parked")).status_code == 404
    assert HandOver.objects.filter(state="parked").count() == 5


def test_one_parked_hand_over_is_tried_again(parked, client):
    client.force_login(parked.partner)
    own = HandOver.objects.get(state="parked", fact__person_id=parked.people[1].pk)
    other = HandOver.objects.get(state="parked", fact__person_id=parked.boss.pk)

    assert client.post(reverse("calibration:handover_retry", args=[own.pk])).status_code == 302
    assert client.post(reverse("calibration:handover_retry", args=[other.pk])).status_code == 404
    deliver_due()

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, other.state) == ("done", "parked")
    assert CalibratedRating.objects.get().profile.employee == parked.people[1]


def test_everything_parked_that_one_may_see_is_tried_again(parked, client):
    client.force_login(parked.leader)

    client.post(reverse("calibration:handover_retry_parked"))
    deliver_due()

    assert CalibratedRating.objects.count() == 4
    assert HandOver.objects.get(state="parked").fact.person_id == parked.leader.employee_id


def test_the_list_pages_without_counting(parked, client, monkeypatch):
    monkeypatch.setattr("calibration.views.handover.HandOverListView.page_size", 3)
    client.force_login(parked.leader)
    seen, address = [], reverse(LIST)

    while address:
        page = client.get(address)
        seen += [row["delivery"].pk for row in page.context["rows"]]
        address = page.context["next_url"]

    assert sorted(seen) == sorted(HandOver.objects.visible_to(parked.leader).values_list("pk", flat=True))


def test_the_list_asks_the_same_questions_for_one_row_and_for_many(parked, client, django_assert_max_num_queries):
    client.force_login(parked.leader)
    counts = []
    for criteria in ({"person": parked.boss.last_name, "status": "parked"}, {"status": "parked"}):
        client.get(reverse(LIST), criteria)
        with django_assert_max_num_queries(15) as queries:
            client.get(reverse(LIST), criteria)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.fixture
def corrected(deliver_events):
    """A rating moved in a session, handed over, reopened, decided again and corrected."""
    mover, hr = make_user("hrleader"), make_user("hrleader")
    session = open_board([3])
    card = session.cards.get()
    move_card(card, by=mover, rating=rating_of(session.cycle, 4), version=1, rationale="Carried the launch")
    complete_session(lock_session(session, by=hr), by=hr)
    deliver_events()
    review = card.review
    reopen_review(review, by=hr, reason="A result came in late")
    Review.objects.filter(pk=review.pk).update(state="submitted")
    decide_reopened(review, by=hr, rating=rating_of(session.cycle, 5), rationale="The result counts")
    deliver_events()
    return review, mover, hr


def test_a_rating_is_followed_back_to_who_decided_when_and_why(corrected, client):
    _review, mover, hr = corrected
    first, second = CalibratedRating.objects.order_by("source_version")
    client.force_login(hr)

    old = client.get(reverse("calibration:rating_lineage", args=[first.pk])).text
    new = client.get(reverse("calibration:rating_lineage", args=[second.pk])).text

    for words in (
        mover.employee.name,
        "Carried the launch",
        "Moved from Meets expectations",
        "Replaced by a correction",
    ):
        assert words in old
    for words in (hr.employee.name, "The result counts", "version 2", "Entered the talent profile as Outstanding"):
        assert words in new
    assert "Carried the launch" not in new


def test_a_rating_is_followed_only_by_whom_the_profile_is_open_to(corrected, client):
    review, *_ = corrected
    rating = CalibratedRating.objects.current().get()
    manager = make_user("manager", employee=review.reviewer)

    for user, status in (
        (make_user("employee", employee=review.employee), 404),
        (make_user("employee"), 404),
        (make_user("admin"), 404),
        (manager, 200),
    ):
        client.force_login(user)
        assert client.get(reverse("calibration:rating_lineage", args=[rating.pk])).status_code == status


def test_the_manager_reads_the_reason_on_the_review_and_the_person_does_not(corrected, client):
    review, *_ = corrected
    address = reverse("performance:review_detail", args=[review.pk])
    client.force_login(make_user("manager", employee=review.reviewer))
    manager = client.get(address)
    client.force_login(make_user("employee", employee=review.employee))
    person = client.get(address)

    assert "The result counts" in manager.text
    assert "The rating has arrived in the talent profile" in manager.text
    assert person.status_code == 200
    assert "The result counts" not in person.text
    assert "talent profile" not in person.text
    assert "Agree a development focus" in person.text


def test_hr_is_offered_the_exception_on_a_review_in_no_session(client):
    review = submitted_review(ReviewCycleFactory())
    offer = reverse("calibration:review_complete", args=[review.pk])
    address = reverse("performance:review_detail", args=[review.pk])
    client.force_login(make_user("hrleader"))
    hr = client.get(address)
    client.post(offer, {"reason": "Long leave"})
    after = client.get(address)
    client.force_login(make_user("manager", employee=review.reviewer))

    assert offer in hr.text
    assert offer not in after.text
    assert offer not in client.get(address).text
