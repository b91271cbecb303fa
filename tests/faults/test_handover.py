"""The hand-over loses nothing and doubles nothing, whatever is killed while it runs."""

from collections.abc import Callable

import pytest

from hrportal.journal.models import Delivery
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem
from tests.faults.company import calibrated_reviews, complete_one_by_one
from tests.support.processes import wait_until

pytestmark = pytest.mark.services

REVIEWS = 200


def nothing_is_left_to_do() -> bool:
    return Delivery.objects.exists() and not Delivery.objects.exclude(state="done").exists()


def test_killing_the_worker_and_stopping_redis_in_the_middle_costs_nothing(portal, redis_server):
    worker = portal.start_worker(supervised=True)
    portal.start_beat(supervised=True)
    reviews = calibrated_reviews(REVIEWS)
    faults: dict[int, Callable[[], object]] = {
        40: worker.kill,
        80: redis_server.stop,
        120: worker.kill,
        160: redis_server.start,
    }

    for start in range(0, REVIEWS, 20):
        complete_one_by_one(reviews[start : start + 20])
        if fault := faults.get(start + 20):
            fault()

    wait_until(nothing_is_left_to_do, seconds=120, what="all deliveries")
    assert worker.starts >= 3
    assert_each_person_has_one_rating_and_one_plan(REVIEWS)
    assert "0 problems" in portal.manage("verify_journal")


def test_what_happens_while_no_worker_runs_is_worked_off_by_the_next_one(portal, redis_server):
    reviews = calibrated_reviews(20)
    redis_server.stop()
    complete_one_by_one(reviews)
    redis_server.start()

    portal.start_worker(supervised=True)

    wait_until(nothing_is_left_to_do, seconds=60, what="all deliveries")
    assert_each_person_has_one_rating_and_one_plan(20)


def assert_each_person_has_one_rating_and_one_plan(people: int) -> None:
    ratings = CalibratedRating.objects.values_list("profile__employee_id", flat=True)
    plans = DevelopmentPlan.objects.values_list("employee_id", flat=True)
    assert (len(ratings), len(set(ratings))) == (people, people)
    assert (len(plans), len(set(plans))) == (people, people)
    assert PlanItem.objects.count() == people
    assert PlanItem.objects.filter(shared_at=None).count() == 0
