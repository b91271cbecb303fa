"""The hand-over by several hands at the same moment: every effect once, and nobody waits for another in a ring."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from calibration.actions import complete_session
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact
from performance.models import GoalProposal, Review
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, SkillAssessment
from tests.calibration.test_signals import give_levels, hand_over, job_that_asks
from tests.factories.calibration import locked_session

pytestmark = pytest.mark.services

HANDS, REVIEWS = 4, 12


def test_all_facts_by_four_hands_each_in_another_order(committed_db):
    session = locked_session([3] * REVIEWS)
    job, (first, second) = job_that_asks((3, 4), (4, 5))
    for review in Review.objects.all():
        give_levels(review, {first: 2, second: 3}, job)
    complete_session(session, by=None)
    run_due_jobs()
    facts = list(Fact.objects.filter(topic__startswith="performance.review_").order_by("pk"))
    orders = [facts, facts[::-1], facts[1::2] + facts[::2], facts[::2] + facts[1::2]]
    barrier = Barrier(HANDS)

    def carry(number):
        try:
            barrier.wait()
            hand_over(orders[number], size=3 + number)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(carry, range(HANDS)))

    assert CalibratedRating.objects.count() == DevelopmentPlan.objects.count() == REVIEWS
    assert SkillAssessment.objects.count() == SkillAssessment.objects.current().count() == 2 * REVIEWS
    assert PlanItem.objects.count() == 2 * REVIEWS
    assert GoalProposal.objects.count() == GoalProposal.objects.open().count() == 2 * REVIEWS
