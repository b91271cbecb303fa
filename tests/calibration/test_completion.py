"""Completing, sharing and the exceptions."""

from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from calibration import jobs
from calibration.actions import (
    complete_session,
    complete_uncalibrated,
    create_session,
    decide_reopened,
    fill_session,
    lock_session,
    open_session,
    share_session,
)
from calibration.actions.completion import complete_review
from calibration.decisions.nowhere import reviews_in_no_session
from calibration.decisions.progress import before_lock
from calibration.models import Decision, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.journal.jobs import run_due_jobs
from performance.actions import reopen_review, restore_review, withdraw_review
from performance.models import Review, ReviewCycle
from talent.models import CalibratedRating, PlanItem
from tests.access.world import EVERY_SCOPE
from tests.factories.calibration import SessionFactory, locked_session, open_board, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db


def states(session) -> set[str]:
    return set(Review.objects.filter(cycle=session.cycle).values_list("state", flat=True))


def reopened_and_submitted(review: Review, value: int) -> Review:
    """The review after HR reopened it and its manager handed it in again."""
    reopen_review(review, by=None, reason="A result came in late")
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, value))
    return Review.objects.get(pk=review.pk)


def withdraw(review: Review) -> None:
    withdraw_review(Review.objects.get(pk=review.pk), by=None, reason="Left")


def taken_back_in_and_submitted(review: Review, value: int) -> Review:
    """The review of somebody who left and came back, handed in before and, with this rating, again."""
    review.parts.filter(side="manager").update(submitted_at=timezone.now())
    withdraw(review)
    restore_review(Review.objects.get(pk=review.pk), by=None, reason="Came back")
    Review.objects.filter(pk=review.pk).update(state="submitted", proposed_rating=rating_of(review.cycle, value))
    return Review.objects.get(pk=review.pk)


def reopen_in_between(review: Review) -> None:
    """Somebody completes it singly and reopens it while a job is about to."""
    decision = Decision.objects.select_related("review__cycle").get(review=review)
    complete_review(decision, by=None)
    reopen_review(Review.objects.get(pk=review.pk), by=None, reason="Late")


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


def test_in_chunks_nobody_is_passed_over_whatever_they_are_called(monkeypatch):
    monkeypatch.setattr(jobs, "CHUNK", 1)
    cycle = ReviewCycleFactory()
    for name in ("Zoller", "Meyer", "Abel"):
        submitted_review(cycle, 3, employee=EmployeeFactory(last_name=name))
    session = SessionFactory(cycle=cycle)
    fill_session(session, by=None)
    lock_session(open_session(session, by=None), by=None)

    complete_session(session, by=None)
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
        return done[-1]

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


def test_whoever_declared_a_conflict_does_not_complete_the_review_singly_either(client):
    leader, review = make_user("hrleader"), submitted_review(ReviewCycleFactory(), 3)
    client.force_login(leader)
    address = reverse("calibration:review_complete", args=[review.pk])
    assert client.get(address).status_code == 200
    Recusal.objects.create(
        session=SessionFactory(cycle=review.cycle), employee=leader.employee, about=review.employee, reason="Family"
    )

    assert client.post(address, {"reason": "Long leave"}).status_code == 403
    assert states(SimpleNamespace(cycle=review.cycle)) == {"submitted"}


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


def test_a_parent_completes_and_shares_what_was_decided_under_it():
    cycle = ReviewCycleFactory(shares_on_completion=False)
    child = open_board([3, 4], cycle=cycle)
    parent = SessionFactory(cycle=cycle, state="open")
    child.parent = parent
    child.save()
    lock_session(parent, by=None)
    parent.refresh_from_db()

    complete_session(parent, by=None)
    run_due_jobs()
    assert states(parent) == {"completed"}
    share_session(parent, by=None)
    run_due_jobs()

    assert states(parent) == {"shared"}


def test_a_review_taken_back_in_lies_on_the_board_again_with_its_new_rating():
    session = open_board([3, 4])
    review = taken_back_in_and_submitted(Review.objects.order_by("pk")[0], 5)
    assert not session.cards.on_board().filter(review=review).exists()
    assert list(reviews_in_no_session(session.cycle, make_user("hrleader"))) == [review]

    assert fill_session(session, by=None) == 1
    summary = before_lock(session, make_user("hrleader"))
    lock_session(session, by=None)

    assert (summary.decisions, summary.left_out) == (2, 0)
    assert Decision.objects.get(review=review).rating.value == 5
    assert states(session) == {"calibrated"}


def test_a_review_taken_back_in_after_the_lock_is_decided_again_with_a_rationale():
    session = locked_session([3, 4])
    review = taken_back_in_and_submitted(Review.objects.order_by("pk")[0], 5)
    assert fill_session(SessionFactory(cycle=session.cycle), by=None) == 0

    decide_reopened(review, by=None, rating=rating_of(session.cycle, 5), rationale="The result counts")

    assert list(Decision.objects.filter(review=review).order_by("pk").values_list("rating__value", flat=True)) == [3, 5]
    review.refresh_from_db()
    assert (review.final_rating.value, review.final_is_calibrated) == (5, True)


def test_what_was_decided_wrongly_is_corrected_before_anybody_is_told():
    """A manager asks HR to look again before the review is completed: to say yes it must not have to be shared first."""
    session = locked_session([3, 4])
    review = reopened_and_submitted(Review.objects.order_by("pk")[0], 5)

    complete_session(session, by=None)
    run_due_jobs()
    review.refresh_from_db()
    assert (review.state, review.revision, review.shared_at) == ("submitted", 2, None)

    decide_reopened(review, by=None, rating=rating_of(session.cycle, 5), rationale="The result counts")
    review.refresh_from_db()
    assert (review.state, review.final_rating.value, review.final_is_calibrated) == ("shared", 5, True)


@pytest.mark.parametrize("moves_on", [withdraw, reopen_in_between])
def test_a_review_that_moved_on_meanwhile_is_left_out_and_named(monkeypatch, moves_on):
    session = locked_session([3, 3, 4])
    gone = Review.objects.order_by("pk")[1]
    work = jobs.complete_decided

    def late(decisions, **kwargs):
        moves_on(gone)
        return work(decisions, **kwargs)

    monkeypatch.setattr(jobs, "complete_decided", late)
    job = complete_session(session, by=make_user("hrleader"))
    run_due_jobs()

    job.refresh_from_db()
    assert job.state == "done"
    assert job.result["completed"] == 2
    assert Review.objects.filter(state="shared").exclude(pk=gone.pk).count() == 2
    if moves_on is withdraw:
        assert job.result == {"completed": 2, "left_out": 1, "reviews": [gone.pk]}


@pytest.mark.parametrize("start", [complete_session, share_session])
def test_a_job_tells_whoever_started_it_of_no_review_kept_from_them(start):
    """Their own, and one about whose person they declared a conflict, are done with the others; no number has them in it."""
    session = locked_session([3, 4, 5, 3])
    own, other, *_seen = Review.objects.select_related("employee").order_by("pk")
    leader = make_user("hrleader", employee=own.employee)
    Recusal.objects.create(session=session, employee=own.employee, about=other.employee, reason="Family")
    ReviewCycle.objects.update(shares_on_completion=False)
    if start is share_session:
        complete_session(session, by=None)
        run_due_jobs()

    job = start(session, by=leader)
    run_due_jobs()

    job.refresh_from_db()
    word = "shared" if start is share_session else "completed"
    assert (job.state, job.done, job.total, job.result) == ("done", 2, 2, {word: 2})
    assert states(session) == {word}


def test_a_job_does_not_name_a_review_kept_from_whoever_started_it(monkeypatch):
    session = locked_session([3, 4])
    gone = Review.objects.select_related("employee").order_by("pk")[0]
    work = jobs.complete_decided

    def late(decisions, **kwargs):
        withdraw(gone)
        return work(decisions, **kwargs)

    monkeypatch.setattr(jobs, "complete_decided", late)
    job = complete_session(session, by=make_user("hrleader", employee=gone.employee))
    run_due_jobs()

    job.refresh_from_db()
    assert job.result == {"completed": 1}


def test_what_a_job_left_out_is_linked_on_the_page(client):
    session, leader = locked_session([3, 3]), make_user("hrleader")
    gone = Review.objects.order_by("pk").first()
    job = complete_session(session, by=leader)
    withdraw(gone)
    run_due_jobs()
    job.refresh_from_db()
    job.result = {"completed": 1, "left_out": 1, "reviews": [gone.pk]}
    job.save()
    client.force_login(leader)

    page = client.get(reverse("calibration:session_decisions", args=[session.pk]))

    assert "had moved on when their turn came" in page.text
    assert reverse("performance:review_detail", args=[gone.pk]) in page.text


def test_a_whole_cycle_is_completed_at_once(client):
    cycle, leader = ReviewCycleFactory(shares_on_completion=False), make_user("hrleader")
    for values in ([3], [4, 5]):
        locked_session(values, cycle=cycle)
    submitted_review(cycle, 2)
    other = locked_session([3])
    client.force_login(leader)
    page = client.get(reverse("calibration:cycle_outcome", args=[cycle.pk]))
    assert "Submitted, in no session" in page.text

    client.post(reverse("calibration:cycle_complete", args=[cycle.pk]))
    run_due_jobs()

    found = Review.objects.filter(cycle=cycle).order_by("state").values_list("state", flat=True)
    assert list(found) == ["completed", "completed", "completed", "submitted"]
    assert states(other) == {"calibrated"}
    again = client.post(reverse("calibration:cycle_complete", args=[cycle.pk]), follow=True)
    assert "No decided review of this cycle waits" in again.text


def test_only_hr_of_the_whole_cycle_completes_it():
    unit, cycle = OrgUnitFactory(), ReviewCycleFactory()
    locked_session([3], cycle=cycle)
    partner = make_user("hrbp", unit=unit)

    assert not partner.has_perm("calibration.complete_cycle", cycle)
    cycle.org_units.add(unit)
    assert partner.has_perm("calibration.complete_cycle", ReviewCycle.objects.get(pk=cycle.pk))
    assert not make_user("manager").has_perm("calibration.complete_cycle", cycle)


def test_the_api_completes_a_cycle_and_one_review():
    cycle, leader = ReviewCycleFactory(), make_user("hrleader")
    locked_session([3, 4], cycle=cycle)
    api = APIClient()
    api.force_authenticate(ActingPrincipal("x", EVERY_SCOPE, leader))
    one = Decision.objects.first()

    single = api.post(reverse("api:calibration-decisions-complete", args=[one.pk]), format="json")
    assert single.data["review_state"] == "shared"
    assert api.post(reverse("api:calibration-decisions-complete", args=[one.pk]), format="json").status_code == 409
    started = api.post(reverse("api:calibration-decisions-complete-cycle"), {"cycle": cycle.pk}, format="json")
    run_due_jobs()

    assert started.status_code == 202
    assert set(Review.objects.values_list("state", flat=True)) == {"shared"}
    again = api.post(reverse("api:calibration-decisions-complete-cycle"), {"cycle": cycle.pk}, format="json")
    assert again.status_code == 409
