"""Whoever leaves is withdrawn from reviews under way; whoever wrote for others and left is missed by HR."""

import datetime

import pytest
from django.utils import timezone

from hrportal.people.actions import end_employment, rehire_employee
from performance.models import Review
from tests.factories.people import EmployeeFactory
from tests.factories.performance import ReviewFactory

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


def test_the_unfinished_review_of_a_leaver_is_withdrawn_and_kept(deliver_events):
    review, other = ReviewFactory(), ReviewFactory()

    end_employment(review.employee, by=None, left_on=YESTERDAY)
    deliver_events()

    assert dict(Review.objects.values_list("pk", "state")) == {review.pk: "withdrawn", other.pk: "manager_review"}
    assert review.remarks.get().reason == "Left the company."


@pytest.mark.parametrize("state", ["completed", "shared", "acknowledged"])
def test_a_finished_review_of_a_leaver_stays(deliver_events, state):
    review = ReviewFactory(state=state, completed_at=timezone.now())

    end_employment(review.employee, by=None, left_on=YESTERDAY)
    deliver_events()

    review.refresh_from_db()
    assert review.state == state


def test_somebody_who_came_back_before_the_news_arrived_keeps_the_review(deliver_events):
    review = ReviewFactory()

    end_employment(review.employee, by=None, left_on=YESTERDAY)
    rehire_employee(review.employee, by=None, hired_on=timezone.localdate())
    deliver_events()

    review.refresh_from_db()
    assert review.state == "manager_review"


def test_a_review_whose_writer_left_has_nobody_to_write_it():
    gone = EmployeeFactory(status="left")
    theirs = ReviewFactory(employee=EmployeeFactory(manager=gone))
    nobodys = ReviewFactory(employee=EmployeeFactory())
    ReviewFactory()
    ReviewFactory(employee=EmployeeFactory(manager=gone), state="submitted")

    assert set(Review.objects.without_writer()) == {theirs, nobodys}
