"""A cycle that shares from a day on shows its completed reviews from that day, without anybody's click."""

import datetime

import pytest
from django.utils import timezone

from hrportal.journal import schedule
from performance.models import Review
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, rating_of

pytestmark = pytest.mark.django_db


def completed_review(*, days_until_shared: int) -> Review:
    day = timezone.localdate() + datetime.timedelta(days=days_until_shared)
    cycle = ReviewCycleFactory(share_on=day, shares_on_completion=False)
    return ReviewFactory(cycle=cycle, state="completed", completed_at=timezone.now(), final_rating=rating_of(cycle, 3))


def test_reviews_are_shared_when_their_cycles_day_has_come(deliver_events):
    due, later = completed_review(days_until_shared=0), completed_review(days_until_shared=1)
    written = ReviewFactory(cycle=due.cycle)
    schedule._started.clear()

    schedule.start_daily_jobs()
    deliver_events()

    states = dict(Review.objects.values_list("pk", "state"))
    assert states == {due.pk: "shared", later.pk: "completed", written.pk: "manager_review"}
