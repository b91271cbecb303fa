"""Many at once on PostgreSQL: of two saves of one version one wins, of two clicks one counts."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from hrportal.common.actions import ActionError, StaleVersion
from hrportal.journal.models import Fact
from performance import actions
from performance.enums import ReviewState
from performance.models import Review
from tests.factories.performance import ReviewFactory, everything_written, part_of, required_question

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
