"""What can happen to one review, and from where."""

import datetime

import pytest

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from performance import actions
from performance.enums import STARTS_FROM, CycleState, ReviewState, Side
from performance.models import ReviewPart
from tests.factories.people import EmployeeFactory, make_chain, make_user
from tests.factories.performance import (
    ReviewCycleFactory,
    ReviewFactory,
    everything_written,
    part_of,
    rating_of,
)

pytestmark = pytest.mark.django_db


def written(state: str = ReviewState.MANAGER_REVIEW, **fields):
    """A review in which nothing required is missing on either side."""
    review = ReviewFactory(state=state, completed_at="2026-11-01T12:00Z" if state in FINISHED else None, **fields)
    changes = everything_written(review)
    for part in review.parts.all():
        part.answers.create(question_id=next(iter(changes["answers"])), text="A good year.")
        part.overall_rating_id = changes["overall_rating"]
        part.save()
    return review


FINISHED = ("completed", "shared", "disputed", "acknowledged")
LATER = datetime.date(2099, 1, 1)

STEPS = {
    "submit_self_assessment": (lambda r: actions.submit_self_assessment(r, by=None), ReviewState.MANAGER_REVIEW),
    "skip_self_assessment": (lambda r: actions.skip_self_assessment(r, by=None), ReviewState.MANAGER_REVIEW),
    "submit_review": (lambda r: actions.submit_review(r, by=None), ReviewState.SUBMITTED),
    "approve_review": (lambda r: actions.approve_review(r, by=None), ReviewState.SUBMITTED),
    "return_review": (lambda r: actions.return_review(r, by=None, reason="Unclear"), ReviewState.MANAGER_REVIEW),
    "withdraw_review": (lambda r: actions.withdraw_review(r, by=None, reason="Left"), ReviewState.WITHDRAWN),
    "restore_review": (
        lambda r: actions.restore_review(r, by=None, reason="Came back"),
        ReviewState.MANAGER_REVIEW,
    ),
    "extend_review": (lambda r: actions.extend_review(r, by=None, reason="Ill", due_on=LATER), None),
    "delegate_review": (lambda r: actions.delegate_review(r, to=EmployeeFactory(), by=None, reason="Away"), None),
    "reassign_review": (lambda r: actions.reassign_review(r, to=EmployeeFactory(), by=None, reason="Gone"), None),
    "dispute_review": (lambda r: actions.dispute_review(r, by=None, reason="No"), ReviewState.DISPUTED),
    "settle_dispute": (lambda r: actions.settle_dispute(r, by=None, reason="It stays"), ReviewState.ACKNOWLEDGED),
    "acknowledge_review": (lambda r: actions.acknowledge_review(r, by=None), ReviewState.ACKNOWLEDGED),
    "reopen_review": (lambda r: actions.reopen_review(r, by=None, reason="Wrong"), ReviewState.MANAGER_REVIEW),
    "begin_calibration": (lambda r: actions.begin_calibration([r.pk], by=None), ReviewState.IN_CALIBRATION),
    "mark_calibrated": (lambda r: actions.mark_calibrated([r.pk], by=None), ReviewState.CALIBRATED),
    "complete_review": (
        lambda r: actions.complete_reviews({r.pk: rating_of(r.cycle, 3).pk}, by=None),
        ReviewState.COMPLETED,
    ),
    "complete_uncalibrated": (
        lambda r: actions.complete_reviews(
            {r.pk: rating_of(r.cycle, 3).pk}, by=None, is_calibrated=False, reason="In no session"
        ),
        ReviewState.COMPLETED,
    ),
    "share_review": (lambda r: actions.share_reviews([r.pk], by=None), ReviewState.SHARED),
}
# Many at once, safe to repeat: what is already there is left as it is and not refused.
LEAVES_ALONE = {
    "begin_calibration": {"in_calibration"},
    "mark_calibrated": {"calibrated", *FINISHED},
    "complete_review": set(FINISHED),
    "complete_uncalibrated": set(FINISHED),
    "share_review": {"shared", "disputed", "acknowledged"},
}


@pytest.mark.parametrize("state", ReviewState)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_works_from_its_states_and_changes_nothing_elsewhere(step, state):
    review = written(state)
    do, target = STEPS[step]

    if state in STARTS_FROM[step]:
        do(review)
        expected, facts = target or state, 1
    elif state in LEAVES_ALONE.get(step, ()):
        do(review)
        expected, facts = state, 0
    else:
        with pytest.raises(ActionError):
            do(review)
        expected, facts = state, 0

    review.refresh_from_db()
    assert review.state == expected
    assert Fact.objects.filter(subject_type="performance.review", subject_id=review.pk).count() == facts


def test_submit_review_keeps_the_proposed_rating_and_closes_the_part():
    review = written()

    review = actions.submit_review(review, by=None)

    assert review.proposed_rating == rating_of(review.cycle, 4)
    assert part_of(review).submitted_at is not None
    assert review.final_rating is None
    with pytest.raises(ActionError):
        actions.save_part(part_of(review), by=None, version=1, changes={"answers": {}})


def test_submit_review_names_all_that_is_missing_and_loses_nothing():
    review = ReviewFactory()
    part = part_of(review)
    actions.save_part(part, by=None, version=1, changes={"overall_rating": rating_of(review.cycle, 2).pk})

    with pytest.raises(actions.Incomplete) as refusal:
        actions.submit_review(review, by=None)

    assert [item.words for item in refusal.value.missing] == ["What went well?"]
    part.refresh_from_db()
    assert part.overall_rating == rating_of(review.cycle, 2)
    assert part.submitted_at is None


def test_submit_review_waits_for_the_self_assessment():
    review = written(ReviewState.SELF_ASSESSMENT)

    with pytest.raises(ActionError):
        actions.submit_review(review, by=None)

    review.refresh_from_db()
    assert review.state == ReviewState.SELF_ASSESSMENT


def test_skipping_leaves_the_draft_of_the_self_assessment_unseen():
    review = written(ReviewState.SELF_ASSESSMENT)
    manager = make_user(employee=review.reviewer)

    actions.skip_self_assessment(review, by=manager)

    assert not ReviewPart.objects.visible_to(manager).filter(review=review, side=Side.SELF).exists()


def test_second_approval_goes_to_the_reviewers_manager():
    top, middle, employee = make_chain(3)
    review = written(employee=employee, cycle=ReviewCycleFactory(needs_second_approval=True))

    review = actions.submit_review(review, by=None)

    assert review.state == ReviewState.SECOND_APPROVAL
    assert make_user(employee=top).has_perm("performance.approve_review", review)
    assert not make_user(employee=middle).has_perm("performance.approve_review", review)


def test_second_approval_is_skipped_where_nobody_stands_above_the_reviewer():
    _, employee = make_chain(2)
    review = written(employee=employee, cycle=ReviewCycleFactory(needs_second_approval=True))

    assert actions.submit_review(review, by=None).state == ReviewState.SUBMITTED


def test_a_cycle_without_calibration_completes_and_shares_at_submission():
    review = written(cycle=ReviewCycleFactory(is_calibrated=False))

    review = actions.submit_review(review, by=None)

    assert (review.state, review.final_is_calibrated) == (ReviewState.SHARED, False)
    assert review.final_rating == review.proposed_rating
    assert [fact.topic for fact in Fact.objects.order_by("pk")] == [
        "performance.review_submitted",
        "performance.review_completed",
        "performance.review_shared",
    ]


def test_a_cycle_that_shares_later_only_completes():
    review = written(cycle=ReviewCycleFactory(is_calibrated=False, shares_on_completion=False))

    assert actions.submit_review(review, by=None).state == ReviewState.COMPLETED


def test_return_review_opens_the_part_again_and_keeps_reason_and_text():
    review = actions.submit_review(written(), by=None)

    actions.return_review(review, by=None, reason="Please give examples.")

    part = part_of(review)
    assert part.submitted_at is None
    assert part.answers.get().text == "A good year."
    assert review.remarks.get().reason == "Please give examples."


def test_reassign_review_moves_it_with_all_that_is_written():
    review, successor = written(), EmployeeFactory()

    actions.reassign_review(review, to=successor, by=None, reason="New manager")

    review.refresh_from_db()
    assert review.reviewer == successor
    assert part_of(review).answers.get().text == "A good year."
    assert successor.pk in Fact.objects.get(topic="performance.review_reassigned").data.values()


@pytest.mark.parametrize("who", ["employee", "reviewer", "left"])
def test_reassign_review_refuses_who_cannot_review(who):
    review = written()
    to = {"employee": review.employee, "reviewer": review.reviewer, "left": EmployeeFactory(status="left")}[who]

    with pytest.raises(ActionError):
        actions.reassign_review(review, to=to, by=None, reason="New manager")

    assert not review.remarks.exists()


@pytest.mark.parametrize("step", [actions.reassign_review, actions.delegate_review])
def test_nobody_writes_a_review_about_somebody_they_report_to(step):
    review = written()
    below = EmployeeFactory(manager=EmployeeFactory(manager=review.employee))

    with pytest.raises(ActionError, match="report to"):
        step(review, to=below, by=None, reason="On leave")

    assert not review.remarks.exists()


@pytest.mark.parametrize(
    "step",
    [
        lambda r: actions.withdraw_review(r, by=None, reason=" "),
        lambda r: actions.reassign_review(r, to=EmployeeFactory(), by=None, reason=""),
    ],
)
def test_steps_that_need_a_reason_refuse_an_empty_one(step):
    review = written()

    with pytest.raises(ActionError):
        step(review)

    review.refresh_from_db()
    assert review.state == ReviewState.MANAGER_REVIEW


def test_reopen_review_starts_a_new_revision_and_keeps_what_it_said():
    review = written(cycle=ReviewCycleFactory(is_calibrated=False))
    actions.submit_review(review, by=None)

    review = actions.reopen_review(review, by=None, reason="The bonus project was forgotten.")

    remark = review.remarks.get()
    assert (review.revision, review.state, review.final_rating) == (2, ReviewState.MANAGER_REVIEW, None)
    assert remark.revision == 1
    assert remark.content["final_rating"] == rating_of(review.cycle, 4).pk
    assert list(remark.content["parts"]["manager"]["answers"].values()) == ["A good year."]


def test_reopen_review_refuses_in_a_closed_cycle():
    review = written(ReviewState.SHARED, cycle=ReviewCycleFactory(state=CycleState.CLOSED))

    with pytest.raises(ActionError):
        actions.reopen_review(review, by=None, reason="Wrong")


def test_acknowledge_review_keeps_the_comment():
    review = written(ReviewState.SHARED)

    review = actions.acknowledge_review(review, by=None, comment=" I see it differently. ")

    assert review.acknowledgement_comment == "I see it differently."
    assert review.acknowledged_at is not None
