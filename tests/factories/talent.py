"""Talent rows for tests, in the state asked for; nothing is journaled and nobody is told."""

import datetime

import factory
from django.utils import timezone

from talent.enums import Readiness, SuccessorState
from talent.models import (
    CalibratedRating,
    DevelopmentPlan,
    PlanAction,
    PlanItem,
    SkillAssessment,
    SuccessionPlan,
    Successor,
    TalentProfile,
)
from tests.factories.people import CompetencyFactory, EmployeeFactory, PositionFactory


class TalentProfileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TalentProfile

    employee = factory.SubFactory(EmployeeFactory)


class CalibratedRatingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalibratedRating

    profile = factory.SubFactory(TalentProfileFactory)
    source = factory.Sequence(lambda n: f"performance.review:{n}")
    period = "Year"
    period_ends_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=60))
    value = 3
    label = "Meets expectations"
    lowest = 1
    highest = 5
    rated_at = factory.LazyFunction(timezone.now)


class DevelopmentPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = DevelopmentPlan

    employee = factory.SubFactory(EmployeeFactory)


class PlanItemFactory(factory.django.DjangoModelFactory):
    """An item the employee does not see yet."""

    class Meta:
        model = PlanItem

    plan = factory.SubFactory(DevelopmentPlanFactory)
    title = factory.Sequence(lambda n: f"Item {n}")


class PlanActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanAction

    item = factory.SubFactory(PlanItemFactory)
    title = factory.Sequence(lambda n: f"Action {n}")


class SuccessionPlanFactory(factory.django.DjangoModelFactory):
    """A critical role reviewed today, with nobody on its bench."""

    class Meta:
        model = SuccessionPlan

    position = factory.SubFactory(PositionFactory)
    reason = "Nobody else knows the customers"
    reviewed_on = factory.LazyFunction(timezone.localdate)


class SuccessorFactory(factory.django.DjangoModelFactory):
    """An approved successor who is ready now."""

    class Meta:
        model = Successor

    plan = factory.SubFactory(SuccessionPlanFactory)
    employee = factory.SubFactory(EmployeeFactory)
    readiness = Readiness.READY_NOW
    state = SuccessorState.APPROVED
    assessed_on = factory.LazyFunction(timezone.localdate)


class SkillAssessmentFactory(factory.django.DjangoModelFactory):
    """Level 3 from a review, which the employee does not see yet."""

    class Meta:
        model = SkillAssessment

    profile = factory.SubFactory(TalentProfileFactory)
    competency = factory.SubFactory(CompetencyFactory)
    level = 3
    source = factory.Sequence(lambda n: f"performance.review:{n}")
    assessed_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=60))
