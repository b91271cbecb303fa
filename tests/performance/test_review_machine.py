"""Any order of steps, legal or not: a review's row always tells a story that could have happened."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from performance import actions
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, STARTS_FROM, ReviewState, Side
from performance.models import Review
from tests.factories.people import EmployeeFactory
from tests.factories.performance import ReviewFactory, everything_written, part_of, rating_of

TODAY = timezone.localdate()

STEPS = {
    "submit_self_assessment": lambda r: actions.submit_self_assessment(r, by=None),
    "skip_self_assessment": lambda r: actions.skip_self_assessment(r, by=None),
    "submit_review": lambda r: actions.submit_review(r, by=None),
    "extend_review": lambda r: actions.extend_review(
        r, by=None, reason="Ill", due_on=max(r.due_on or TODAY, TODAY) + datetime.timedelta(days=1)
    ),
    "delegate_review": lambda r: actions.delegate_review(r, to=EmployeeFactory(), by=None, reason="Away"),
    "end_delegation": lambda r: actions.end_delegation(r, by=None),
    "reassign_review": lambda r: actions.reassign_review(r, to=EmployeeFactory(), by=None, reason="Gone"),
    "withdraw_review": lambda r: actions.withdraw_review(r, by=None, reason="Out"),
    "restore_review": lambda r: actions.restore_review(r, by=None, reason="In again"),
    "dispute_review": lambda r: actions.dispute_review(r, by=None, reason="No"),
    "settle_dispute": lambda r: actions.settle_dispute(r, by=None, reason="It stays"),
    "return_review": lambda r: actions.return_review(r, by=None, reason="Again"),
    "begin_calibration": lambda r: actions.begin_calibration([r.pk], by=None),
    "mark_calibrated": lambda r: actions.mark_calibrated([r.pk], by=None),
    "complete_review": lambda r: actions.complete_reviews({r.pk: rating_of(r.cycle, 3).pk}, by=None),
    "share_review": lambda r: actions.share_reviews([r.pk], by=None),
    "acknowledge_review": lambda r: actions.acknowledge_review(r, by=None),
    "reopen_review": lambda r: actions.reopen_review(r, by=None, reason="Correct it"),
}


class ReviewMachine(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.review = ReviewFactory(state=ReviewState.SELF_ASSESSMENT)
        self.reopened = 0

    @rule(side=st.sampled_from(Side), is_complete=st.booleans())
    def write(self, side, is_complete):
        part, before = part_of(self.review, side), actions.content_of(part_of(self.review, side))
        changes = everything_written(self.review) if is_complete else {}
        try:
            saved = actions.save_part(part, by=None, version=part.version, changes=changes)
        except ActionError:
            assert actions.content_of(part_of(self.review, side)) == before
        else:
            assert saved.version == part.version + 1

    @rule(step=st.sampled_from(sorted(STEPS)))
    def take(self, step):
        before = Review.objects.get(pk=self.review.pk)
        facts = Fact.objects.count()
        try:
            STEPS[step](before)
        except ActionError:
            assert Fact.objects.count() == facts
            assert Review.objects.get(pk=before.pk).state == before.state
        else:
            moved = Review.objects.get(pk=before.pk)
            self.reopened += moved.revision > before.revision
            assert before.state in STARTS_FROM[step] or moved.state == before.state
            assert moved.revision == before.revision or step in {"reopen_review", "restore_review"}

    @precondition(lambda self: self.reopened < 3)
    @rule()
    def finish(self):
        """The straight way through, from wherever it stands, so that late states are often reached."""
        for step in (
            "skip_self_assessment",
            "submit_review",
            "begin_calibration",
            "mark_calibrated",
            "complete_review",
        ):
            self.take(step)

    @invariant()
    def the_row_is_consistent(self):
        review = Review.objects.get(pk=self.review.pk)
        is_finished = review.state in FINISHED
        assert (review.completed_at is not None) == is_finished
        assert (review.final_rating is not None) == is_finished
        assert (review.shared_at is not None) == (review.state in SEEN_BY_EMPLOYEE)
        if review.state != ReviewState.WITHDRAWN:  # as it was when it was taken out
            assert (part_of(review).submitted_at is None) == review.is_being_written
        assert (review.disputed_at is not None) >= (review.state == ReviewState.DISPUTED)
        assert review.reviewer is not None
        may_have_delegate = review.is_being_written
        assert may_have_delegate or not review.delegations.filter(ended_at=None).exists()
        assert review.revision == 1 + self.reopened == 1 + review.remarks.exclude(content={}).count()


@pytest.mark.one_database
class TestReviewMachine(ReviewMachine.TestCase, TestCase):
    settings = settings(max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))


pytestmark = pytest.mark.timeout(600)
