"""Workers that meet over the same people: nothing is doubled, nothing is lost, nobody waits in a ring."""

import datetime
import random
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from talent.actions import (
    ItemSeed,
    PlanOpening,
    RatingRecord,
    complete_plan,
    open_development_plans,
    record_calibrated_ratings,
)
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem
from tests.factories.people import EmployeeFactory

pytestmark = pytest.mark.services

WORKERS = 8


def at_once(jobs) -> None:
    """Run the jobs in threads with connections of their own; the first error is raised here."""

    def run(job):
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result(timeout=60)


def shuffled(things: list, seed: int) -> list:
    return random.Random(seed).sample(things, len(things))


def test_the_same_ratings_from_many_workers_arrive_once(committed_db):
    people = [employee.pk for employee in EmployeeFactory.create_batch(20)]
    records = [
        RatingRecord(
            pk, f"review:{pk}", version, "2025", datetime.date(2025, 12, 31), version, "Level", 1, 5, timezone.now()
        )
        for pk in people
        for version in (1, 2, 3)
    ]

    at_once(partial(record_calibrated_ratings, shuffled(records, seed)[:40]) for seed in range(4 * WORKERS))
    record_calibrated_ratings(records)

    assert CalibratedRating.objects.count() == len(records)
    current = CalibratedRating.objects.current().values_list("source", "source_version")
    assert sorted(current) == sorted((f"review:{pk}", 3) for pk in people)


def test_the_same_openings_from_many_workers_make_one_plan_each(committed_db):
    people = [employee.pk for employee in EmployeeFactory.create_batch(20)]
    openings = [
        PlanOpening(pk, tuple(ItemSeed(f"review:{pk}:need:{need}", "Need") for need in range(3))) for pk in people
    ]

    at_once(partial(open_development_plans, shuffled(openings, seed)) for seed in range(4 * WORKERS))

    assert sorted(DevelopmentPlan.objects.values_list("employee", flat=True)) == sorted(people)
    assert PlanItem.objects.count() == 3 * len(people)


def test_a_need_that_meets_the_completion_of_the_plan_is_not_lost(committed_db):
    person = EmployeeFactory().pk
    for turn in range(10):
        open_development_plans([PlanOpening(person, (ItemSeed(f"first:{turn}", "First"),))])
        plan = DevelopmentPlan.objects.open().get()
        opening = PlanOpening(person, (ItemSeed(f"second:{turn}", "Second"),))

        at_once([partial(complete_plan, plan, by=None), partial(open_development_plans, [opening])])

    assert PlanItem.objects.count() == 20
    assert PlanItem.objects.filter(source__startswith="second").count() == 10
