"""After sharing: the employee acknowledges or disputes, HR answers, and nobody is forgotten."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal.models import Job
from hrportal.notices.models import Notice
from hrportal.people.enums import Role
from performance import actions
from performance.enums import ReviewState
from performance.jobs.reviews import remind_of_answers
from performance.models import Review
from tests.factories.people import make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def shared(**fields):
    return ReviewFactory(state="shared", completed_at=timezone.now(), shared_at=timezone.now(), **fields)


def told(kind):
    return set(Notice.objects.filter(kind=f"performance.{kind}").values_list("employee", flat=True))


def test_sharing_says_until_when_an_answer_is_expected_and_tells_the_employee():
    review = ReviewFactory(
        state="completed", completed_at=timezone.now(), cycle=ReviewCycleFactory(acknowledgement_days=10)
    )

    actions.share_reviews([review.pk], by=None)

    review.refresh_from_db()
    assert review.acknowledge_due_on == TODAY + datetime.timedelta(days=10)
    assert told("review_shared") == {review.employee_id}


def test_a_dispute_is_answered_and_the_employee_reads_the_answer(client):
    review = shared()
    leader = make_user(Role.HR_LEADER)
    actions.dispute_review(review, by=make_user(employee=review.employee), reason="The spring is missing.")
    assert leader.employee_id in told("review_disputed")

    actions.settle_dispute(review, by=leader, reason="The spring was weighed.")

    review.refresh_from_db()
    assert (review.state, review.acknowledged_at) == (ReviewState.ACKNOWLEDGED, None)
    client.force_login(review.employee.user)
    page = client.get(reverse("performance:review_detail", args=[review.pk])).content.decode()
    assert "The spring is missing." in page
    assert "The spring was weighed." in page
    assert told("dispute_settled") == {review.employee_id}


def test_a_dispute_needs_a_reason_and_keeps_what_was_typed_on_the_page(client):
    review = shared()
    client.force_login(make_user(employee=review.employee))

    answer = client.post(reverse("performance:review_dispute", args=[review.pk]), {"reason": " "})

    assert answer.status_code == 422
    with pytest.raises(ActionError):
        actions.dispute_review(review, by=None, reason="")
    review.refresh_from_db()
    assert review.state == ReviewState.SHARED


def test_reopening_a_disputed_review_keeps_the_dispute_with_the_old_version():
    review = shared()
    actions.dispute_review(review, by=None, reason="The spring is missing.")

    review = actions.reopen_review(review, by=None, reason="It is")

    assert review.dispute_reason == ""
    assert review.remarks.get(kind="reopened").content["dispute_reason"] == "The spring is missing."


def test_late_answers_remind_the_employee_first_and_then_those_who_can_ask():
    leader = make_user(Role.HR_LEADER)
    soon, late = (
        shared(acknowledge_due_on=TODAY + datetime.timedelta(days=days), cycle=ReviewCycleFactory()) for days in (2, -1)
    )
    answered = shared(acknowledge_due_on=TODAY - datetime.timedelta(days=1))
    actions.acknowledge_review(answered, by=None)

    for _day in range(2):
        remind_of_answers(Job(kind="performance.remind_to_acknowledge", title="Today"))

    assert told("review_to_acknowledge") == {soon.employee_id}
    assert told("review_not_acknowledged") == {late.reviewer_id}
    assert told("reviews_not_acknowledged") == {leader.employee_id}
    assert Notice.objects.filter(kind="performance.reviews_not_acknowledged").count() == 1
    assert Review.objects.filter(state=ReviewState.SHARED).count() == 2
