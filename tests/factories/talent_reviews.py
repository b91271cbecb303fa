"""Talent reviews for tests, in the state asked for; nothing is journaled and nobody is told."""

import datetime

import factory
from django.utils import timezone

from talent.enums import DecisionKind, TalentReviewState
from talent.models import MemberDecision, ReviewMember, ReviewSeat, ReviewTask, TalentReview
from talent.talent_reviews.boxes import usual_boxes
from tests.factories.people import EmployeeFactory, OrgUnitFactory


def a_week_on() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=7)


class TalentReviewFactory(factory.django.DjangoModelFactory):
    """An open one, without people."""

    class Meta:
        model = TalentReview

    name = factory.Sequence(lambda n: f"Talent review {n}")
    org_unit = factory.SubFactory(OrgUnitFactory)
    state = TalentReviewState.OPEN
    boxes = factory.LazyFunction(usual_boxes)


class ReviewSeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewSeat

    review = factory.SubFactory(TalentReviewFactory)
    employee = factory.SubFactory(EmployeeFactory)


class ReviewMemberFactory(factory.django.DjangoModelFactory):
    """Somebody in the middle box, by figures of today."""

    class Meta:
        model = ReviewMember

    review = factory.SubFactory(TalentReviewFactory)
    employee = factory.SubFactory(EmployeeFactory)
    job = factory.SelfAttribute("employee.job")
    org_unit = factory.SelfAttribute("employee.org_unit")
    manager = factory.SelfAttribute("employee.manager")
    performance = 3.0
    performance_on = factory.LazyFunction(timezone.localdate)
    performance_parts = factory.LazyFunction(
        lambda: {
            "low": 2.6,
            "high": 3.4,
            "mean": 3.0,
            "parts": [{"period": "Year", "label": "Meets", "value": 3.0, "weight": 1.0}],
        }
    )
    potential = 3.0
    potential_on = factory.LazyFunction(timezone.localdate)
    potential_parts = factory.LazyFunction(
        lambda: {
            "low": 2.6,
            "high": 3.4,
            "raters": 2,
            "parts": [
                {"dimension": "learning_agility", "value": 3.0},
                {"dimension": "adaptability", "value": 3.5},
                {"dimension": "leadership_capability", "value": 2.5},
            ],
        }
    )
    figures_on = factory.LazyFunction(timezone.localdate)
    figures_box = 5
    box = 5


class MemberDecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MemberDecision

    member = factory.SubFactory(ReviewMemberFactory)
    kind = DecisionKind.TRAJECTORY
    trajectory = "up"
    what = "A larger role"
    reason = "Ran the migration alone"


class ReviewTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewTask

    decision = factory.SubFactory(MemberDecisionFactory)
    title = "Talk about the direction"
    owner = factory.SubFactory(EmployeeFactory)
    due_on = factory.LazyFunction(a_week_on)
