"""The first page says what waits for whom, and costs the same for one thing or many."""

import datetime
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from calibration.actions import answer_pre_read, fill_session, open_pre_read
from calibration.actions.remarks import answer_request, remark_on_decision
from calibration.models import Decision
from hrportal.journal.models import Delivery
from hrportal.journal.recording import record
from hrportal.people.enums import Role
from performance.models import Review
from tests.factories.calibration import ParticipantFactory, SessionFactory, locked_session, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import (
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    rating_of,
)

pytestmark = pytest.mark.django_db

YESTERDAY = datetime.timedelta(days=1)


def page(client, user) -> str:
    client.force_login(user)
    return client.get(reverse("home:my_work")).content.decode()


@pytest.fixture
def manager():
    return make_user(Role.MANAGER)


def review_by(manager, **fields):
    return ReviewFactory(employee=EmployeeFactory(manager=manager.employee), **fields)


def test_a_manager_sees_the_reviews_to_write(client, manager):
    review = review_by(manager)
    other = ReviewFactory()

    shown = page(client, manager)

    assert reverse("performance:review_write", args=[review.pk]) in shown
    assert reverse("performance:review_write", args=[other.pk]) not in shown


def test_what_is_late_is_said_to_be_late(client, manager):
    review_by(manager, cycle=ReviewCycleFactory(manager_due_on=timezone.localdate() - YESTERDAY))

    assert "late since" in page(client, manager)


def test_a_review_handed_in_no_longer_waits(client, manager):
    review = review_by(manager, state="submitted")

    assert reverse("performance:review_write", args=[review.pk]) not in page(client, manager)


def test_an_employee_is_asked_for_the_self_assessment_until_it_is_handed_in(client):
    user = make_user()
    review = ReviewFactory(employee=user.employee, reviewer=None, state="self_assessment")
    url = reverse("performance:self_assessment_write", args=[review.pk])

    before = page(client, user)
    review.parts.filter(side="self").update(submitted_at=timezone.now())

    assert url in before
    assert url not in page(client, user)


def test_a_goal_nobody_measured_for_a_month_is_listed(client):
    user = make_user()
    today = timezone.localdate()
    old = ObjectiveFactory(owner=user.employee, starts_on=today - datetime.timedelta(days=60), due_on=today)
    fresh = ObjectiveFactory(owner=user.employee, starts_on=old.starts_on, due_on=today)
    KeyResultFactory(objective=old)
    KeyResultFactory(objective=fresh, last_check_in_at=timezone.now())

    shown = page(client, user)

    assert reverse("performance:objective_detail", args=[old.pk]) in shown
    assert reverse("performance:objective_detail", args=[fresh.pk]) not in shown


def test_hr_hears_of_reviews_nobody_writes_and_of_parked_hand_overs_of_their_people(client):
    north, south = OrgUnitFactory(), OrgUnitFactory()
    partner = make_user(Role.HRBP, unit=north)
    mine = ReviewFactory(employee=EmployeeFactory(org_unit=north), reviewer=None)
    theirs = ReviewFactory(employee=EmployeeFactory(org_unit=south), reviewer=None)
    for review in (mine, theirs):
        record("performance.review_completed", review, by=None, person_id=review.employee_id)
    Delivery.objects.filter(subscriber="calibration.rating_to_profile").update(state="parked")

    shown = page(client, partner)

    assert "1 review has nobody to write it" in shown
    assert "1 hand-over is parked" in shown


def test_nothing_to_do_says_so(client):
    assert "Nothing waits for you" in page(client, make_user())


def test_an_account_of_nobody_has_a_first_page_too(client):
    assert "Nothing waits for you" in page(client, make_user(Role.ADMIN))


@pytest.mark.parametrize("path", ["home:my_work", "home:fact_list"])
def test_more_rows_cost_no_more_queries(client, path):
    leader = make_user(Role.HR_LEADER, Role.MANAGER)
    counts = []
    for _ in range(2):
        for _ in range(1 + 2 * len(counts)):
            review_by(leader)
            record("performance.review_completed", review_by(leader), by=leader, person_id=leader.employee_id + 1)
        counts.append(queries_of(client, leader, reverse(path)))

    assert counts[0] == counts[1]


def queries_of(client, user, url) -> int:
    client.force_login(user)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.fixture
def asked():
    """Somebody asked before a meeting about two proposals of others and, at the same table, one of their own."""
    user, cycle = make_user(Role.MANAGER), ReviewCycleFactory()
    for reviewer in (user.employee, EmployeeFactory(), EmployeeFactory()):
        submitted_review(cycle, 3, employee=EmployeeFactory(manager=reviewer), reviewer=reviewer)
    session = SessionFactory(cycle=cycle)
    ParticipantFactory(session=session, employee=user.employee)
    fill_session(session, by=None)
    open_pre_read(session, by=None)
    return SimpleNamespace(user=user, session=session)


def test_answers_before_a_meeting_wait_until_each_is_given(client, asked):
    url = reverse("calibration:session_pre_read", args=[asked.session.pk])
    cards = asked.session.cards.exclude(review__reviewer=asked.user.employee)

    before = page(client, asked.user)
    for card in cards:
        answer_pre_read(card, by=asked.user, version=0, answer="agree")

    assert url in before
    assert "2 answers before the meeting" in before
    assert url not in page(client, asked.user)


def test_an_answer_about_an_earlier_proposal_waits_again(client, asked):
    card = asked.session.cards.exclude(review__reviewer=asked.user.employee).first()
    answer_pre_read(card, by=asked.user, version=0, answer="agree")
    Review.objects.filter(pk=card.review_id).update(proposed_rating=rating_of(asked.session.cycle, 5))

    assert "2 answers before the meeting" in page(client, asked.user)


def test_a_table_says_whether_one_leads_it(client):
    user = make_user(Role.MANAGER)
    led = SessionFactory(facilitator=user.employee)
    other = SessionFactory()
    ParticipantFactory(session=other, employee=user.employee)

    shown = page(client, user)

    assert "to prepare" in shown
    assert reverse("calibration:session_detail", args=[led.pk]) in shown
    assert reverse("calibration:session_detail", args=[other.pk]) in shown


def test_hr_finds_requests_to_look_again_until_they_are_answered(client):
    leader = make_user(Role.HR_LEADER)
    manager = make_user(Role.MANAGER)
    decision = Decision.objects.get(session=locked_session([3]))
    Review.objects.filter(pk=decision.review_id).update(reviewer=manager.employee)
    url = reverse("calibration:decision_detail", args=[decision.pk])
    remark_on_decision(decision, by=manager, text="Too low", is_request=True)

    assert url in page(client, leader)
    assert url not in page(client, manager)
    answer_request(decision, by=leader, answer="It stays")
    assert url not in page(client, leader)


def test_nobody_is_asked_to_answer_their_own_request(client):
    leader = make_user(Role.HR_LEADER)
    session = locked_session([3])
    decision = Decision.objects.get(session=session)
    Review.objects.filter(pk=decision.review_id).update(reviewer=leader.employee)
    remark_on_decision(decision, by=leader, text="Too low", is_request=True)

    first_page = page(client, leader)
    decisions = client.get(reverse("calibration:session_decisions", args=[session.pk])).content.decode()

    assert reverse("calibration:decision_detail", args=[decision.pk]) not in first_page
    assert "Managers ask you to look again" not in decisions
