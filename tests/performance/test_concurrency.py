"""Many at once on PostgreSQL: of two saves of one version one wins, of two clicks one counts."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.models import Fact
from performance import actions
from performance.enums import ReviewState
from performance.models import Objective, Review
from tests.factories.performance import (
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    everything_written,
    part_of,
    required_question,
)

pytestmark = pytest.mark.services

HANDS = 6


def all_at_once(deed):
    """Call `deed(n)` from several threads at the same moment; what each returned or raised."""
    barrier = Barrier(HANDS)

    def hand(number):
        try:
            barrier.wait()
            return deed(number)
        except ActionError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(hand, range(HANDS)))


def test_of_many_saves_of_one_version_one_wins_and_the_others_are_told(committed_db):
    part = part_of(ReviewFactory())
    question = required_question(part.review.cycle).pk

    results = all_at_once(
        lambda n: actions.save_part(part, by=None, version=1, changes={"answers": {question: f"From tab {n}"}})
    )

    stale = [result for result in results if isinstance(result, StaleVersion)]
    assert len(stale) == HANDS - 1
    assert {refusal.theirs["answers"][question] for refusal in stale} == {part.answers.get().text}


def test_of_many_clicks_on_submit_one_counts(committed_db):
    review = ReviewFactory()
    actions.save_part(part_of(review), by=None, version=1, changes=everything_written(review))

    results = all_at_once(lambda n: actions.submit_review(review, by=None))

    assert sum(isinstance(result, Review) for result in results) == 1
    assert Fact.objects.filter(topic="performance.review_submitted").count() == 1


def test_completing_the_same_reviews_twice_at_once_hands_each_over_once(committed_db):
    cycle = ReviewFactory(state=ReviewState.CALIBRATED).cycle
    ReviewFactory.create_batch(3, cycle=cycle, state=ReviewState.CALIBRATED)
    rating = cycle.scale.levels.get(value=3).pk
    ratings = dict.fromkeys(Review.objects.values_list("pk", flat=True), rating)

    results = all_at_once(lambda n: actions.complete_reviews(ratings, by=None))

    assert sorted(results) == [0] * (HANDS - 1) + [4]
    assert Fact.objects.filter(topic="performance.review_completed").count() == 4
    cycle.refresh_from_db()
    assert cycle.state == "completed"


def test_a_review_reopened_while_its_cycle_closes_never_ends_in_a_closed_cycle(committed_db):
    for _ in range(5):
        review = ReviewFactory(state=ReviewState.SHARED, completed_at=timezone.now(), cycle__state="completed")

        all_at_once(
            lambda n, review=review: (
                actions.close_cycle(review.cycle, by=None)
                if n % 2
                else actions.reopen_review(review, by=None, reason="A mistake")
            )
        )

        review = Review.objects.select_related("cycle").get(pk=review.pk)
        assert (review.is_finished, review.cycle.state) in [(True, "closed"), (False, "open")]


def test_more_time_for_a_cycle_and_steps_of_its_reviews_never_wait_for_each_other(committed_db):
    soon = timezone.localdate() + timedelta(days=1)
    cycle = ReviewCycleFactory(state="open", self_due_on=soon, manager_due_on=soon)
    reviews = ReviewFactory.create_batch(HANDS, cycle=cycle, manager_due_on=soon)

    all_at_once(
        lambda n: (
            actions.withdraw_review(reviews[n], by=None, reason="Left")
            if n
            else actions.extend_cycle(cycle, by=None, reason="Late", manager_due_on=soon + timedelta(days=9))
        )
    )

    assert Review.objects.filter(state=ReviewState.WITHDRAWN).count() == HANDS - 1


def test_ending_a_tree_of_goals_and_measuring_in_it_never_wait_for_each_other(committed_db):
    for _ in range(5):
        goals = [ObjectiveFactory(progress_from="both")]
        for _ in range(3):
            goals.append(ObjectiveFactory(parent=goals[-1], progress_from="both"))
        results = [KeyResultFactory(objective=goal) for goal in goals]

        all_at_once(
            lambda n, results=results, goals=goals: (
                actions.check_in(results[-1 - n % 2], by=None, value=n)
                if n % 3
                else actions.close_objectives([goal.pk for goal in goals], by=None)
            )
        )

        assert not Objective.objects.exclude(state="closed").exists()
