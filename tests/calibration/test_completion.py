"""Completing, sharing and the exceptions."""

import pytest

from calibration import jobs
from calibration.actions import (
    complete_session,
    complete_uncalibrated,
    create_session,
    decide_reopened,
    fill_session,
    share_session,
)
from calibration.models import Decision
from hrportal.common.actions import ActionError
from hrportal.journal.jobs import run_due_jobs
from performance.actions import reopen_review
from performance.models import Review
from talent.models import CalibratedRating, PlanItem
from tests.factories.calibration import locked_session, open_board, submitted_review
from tests.factories.people import make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db


def states(session) -> set[str]:
    return set(Review.objects.filter(cycle=session.cycle).values_list("state", flat=True))


def reopened_and_submitted(review: Review, value: int) -> Review:
    """The review after HR reopened it and its manager handed it in again."""
    reopen_review(review, by=None, reason="A result came in late")
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, value))
    return Review.objects.get(pk=review.pk)


def test_complete_session_completes_with_the_decisions_and_shares_if_the_cycle_does():
    session = locked_session([3, 4])

    job = complete_session(session, by=make_user("hrleader"))
    run_due_jobs()

    job.refresh_from_db()
    assert (job.state, job.result, job.percent) == ("done", {"completed": 2}, 100)
    assert states(session) == {"shared"}
    assert {review.final_rating.value for review in Review.objects.all()} == {3, 4}
    assert all(Review.objects.values_list("final_is_calibrated", flat=True))


def test_sharing_is_a_gate_of_its_own_where_the_cycle_says_so():
    session = locked_session([3], cycle=ReviewCycleFactory(shares_on_completion=False))
    complete_session(session, by=None)
    run_due_jobs()
    assert states(session) == {"completed"}

    share_session(session, by=None)
    run_due_jobs()

    assert states(session) == {"shared"}


def test_a_job_that_dies_between_chunks_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    session, done = locked_session([3, 3, 4]), []
    work = jobs.complete_decided

    def dying(decisions, **kwargs):
        if len(done) == 1:
            done.append("died")
            raise RuntimeError
        done.append(work(decisions, **kwargs))

    monkeypatch.setattr(jobs, "complete_decided", dying)
    complete_session(session, by=None)
    run_due_jobs()
    assert sorted(Review.objects.values_list("state", flat=True)) == ["calibrated", "calibrated", "shared"]

    complete_session(session, by=None)
    run_due_jobs()

    assert states(session) == {"shared"}


def test_there_is_nothing_to_complete_twice():
    session = locked_session([3])
    complete_session(session, by=None)
    run_due_jobs()

    with pytest.raises(ActionError):
        complete_session(session, by=None)


def test_complete_uncalibrated_needs_a_reason_and_never_reaches_a_profile(deliver_events):
    review = submitted_review(ReviewCycleFactory(), 5)

    with pytest.raises(ActionError):
        complete_uncalibrated(review, by=None, reason=" ")
    complete_uncalibrated(review, by=None, reason="Long leave")
    deliver_events()

    review.refresh_from_db()
    assert (review.state, review.final_rating.value, review.final_is_calibrated) == ("shared", 5, False)
    assert not CalibratedRating.objects.exists()
    assert PlanItem.objects.get().shared_at is not None


def test_complete_uncalibrated_refuses_a_review_on_a_board():
    cycle = ReviewCycleFactory()
    review = submitted_review(cycle)
    fill_session(create_session(by=None, cycle=cycle, name="All"), by=None)

    with pytest.raises(ActionError, match="board"):
        complete_uncalibrated(review, by=None, reason="In a hurry")

    assert Review.objects.get().state == "submitted"


def test_a_reopened_review_is_decided_again_and_corrects_the_profile(deliver_events):
    session = locked_session([3])
    complete_session(session, by=None)
    deliver_events()
    review = reopened_and_submitted(Review.objects.get(), 4)
    hr = make_user("hrleader")

    with pytest.raises(ActionError):
        decide_reopened(review, by=hr, rating=rating_of(session.cycle, 4), rationale="")
    with pytest.raises(ActionError):
        complete_uncalibrated(review, by=hr, reason="Shortcut")
    decide_reopened(review, by=hr, rating=rating_of(session.cycle, 4), rationale="The result counts")
    deliver_events()

    assert CalibratedRating.objects.current().get().value == 4
    assert sorted(CalibratedRating.objects.values_list("source_version", "value")) == [(1, 3), (2, 4)]
    decisions = Decision.objects.filter(review=review).order_by("review_revision")
    assert [(d.review_revision, d.rating.value, d.decided_by) for d in decisions] == [(1, 3, None), (2, 4, hr.employee)]
    assert PlanItem.objects.count() == 1


def test_a_reopened_review_goes_on_no_board():
    session = locked_session([3])
    complete_session(session, by=None)
    run_due_jobs()
    reopened_and_submitted(Review.objects.get(), 4)

    assert not session.waiting_reviews().exists()


def test_decide_reopened_is_only_for_what_was_decided_before():
    review = submitted_review(ReviewCycleFactory())

    with pytest.raises(ActionError):
        decide_reopened(review, by=None, rating=rating_of(review.cycle, 4), rationale="Why not")

    assert Review.objects.get().state == "submitted"


def test_completing_costs_the_same_queries_for_one_review_and_for_three(django_assert_num_queries):
    counts = []
    for values in ([3], [3, 3, 3], [3, 3, 3]):
        session = locked_session(values)
        complete_session(session, by=None)
        with django_assert_num_queries(60, exact=False) as queries:
            run_due_jobs()
        counts.append(len(queries))

    assert counts[0] == counts[1] == counts[2]


def test_an_open_session_is_not_completed():
    with pytest.raises(ActionError):
        complete_session(open_board([3]), by=None)
