"""The first page says what waits for whom, and costs the same for one thing or many."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hrportal.journal.models import Delivery
from hrportal.journal.recording import record
from hrportal.people.enums import Role
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import KeyResultFactory, ObjectiveFactory, ReviewCycleFactory, ReviewFactory

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
