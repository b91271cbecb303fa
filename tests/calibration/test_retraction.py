"""A review that is reopened and then withdrawn takes its calibrated rating out of the talent profile, once."""

import pytest

from calibration import signals
from calibration.actions import decide_reopened
from hrportal.journal.models import Fact
from performance.actions import reopen_review, restore_review, withdraw_review
from talent.models import CalibratedRating
from tests.calibration.test_signals import completed_session
from tests.factories.performance import rating_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def carried(deliver_events):
    """A review whose rating reached the profile."""
    review = completed_session().cards.get().review
    deliver_events()
    assert CalibratedRating.objects.current().count() == 1
    review.refresh_from_db()
    return review


def taken_out(review):
    reopen_review(review, by=None, reason="The wrong person")
    withdraw_review(review, by=None, reason="The wrong person")


def test_withdrawing_after_reopening_takes_the_rating_back(carried, deliver_events):
    taken_out(carried)
    deliver_events()

    assert not CalibratedRating.objects.current().exists()
    assert CalibratedRating.objects.count() == 1
    assert Fact.objects.filter(topic="talent.rating_retracted").count() == 1


def test_every_fact_again_and_backwards_changes_nothing_more(carried, deliver_events):
    taken_out(carried)
    deliver_events()
    facts = list(Fact.objects.filter(topic__startswith="performance.").order_by("-pk"))

    for fact in facts:
        handlers = {
            "performance.review_withdrawn": signals.retract_ratings,
            "performance.review_completed": signals.carry_ratings,
        }
        handlers.get(fact.topic, lambda facts: None)([fact])

    assert not CalibratedRating.objects.current().exists()
    assert Fact.objects.filter(topic="talent.rating_retracted").count() == 1


def test_a_review_taken_back_in_counts_with_its_next_rating(carried, deliver_events):
    taken_out(carried)
    deliver_events()
    restore_review(carried, by=None, reason="It was the right person")
    carried.refresh_from_db()
    finish(carried, 5)
    deliver_events()

    assert CalibratedRating.objects.current().get().value == 5


def finish(review, value):
    """Decide a reopened review again, as HR does."""
    type(review).objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, value))
    review.refresh_from_db()
    decide_reopened(review, by=None, rating=rating_of(review.cycle, value), rationale="The result counts")
