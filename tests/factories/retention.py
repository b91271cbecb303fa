"""Retention rows for tests, in the state asked for; nothing is journaled and nobody is told."""

import datetime

import factory
from django.utils import timezone

from talent.models import (
    Exit,
    FlightRisk,
    FlightRiskOptOut,
    RetentionAction,
    RetentionPlan,
    StayInterview,
    StayInterviewTemplate,
)
from tests.factories.people import EmployeeFactory, OrgUnitFactory


def days_ago(count: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=count)


class FlightRiskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FlightRisk

    employee = factory.SubFactory(EmployeeFactory)
    likelihood = "high"
    impact = "high"
    drivers = ["pay", "career"]
    note = "Said so twice."
    assessed_on = factory.LazyFunction(timezone.localdate)


class FlightRiskOptOutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FlightRiskOptOut

    org_unit = factory.SubFactory(OrgUnitFactory)
    reason = "Works council"


class RetentionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RetentionPlan

    employee = factory.SubFactory(EmployeeFactory)
    owner = factory.SubFactory(EmployeeFactory)
    kinds = ["career"]
    aim = "A step they look forward to"
    opened_on = factory.LazyFunction(timezone.localdate)


class RetentionActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RetentionAction

    plan = factory.SubFactory(RetentionPlanFactory)
    kind = "career"
    title = factory.Sequence(lambda n: f"Do thing {n}")
    owner = factory.SubFactory(EmployeeFactory)
    due_on = factory.LazyFunction(lambda: days_ago(-7))


class StayTemplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StayInterviewTemplate

    name = factory.Sequence(lambda n: f"Questions {n}")
    questions = ["What keeps you?", "What would make you go?"]


class StayInterviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = StayInterview

    employee = factory.SubFactory(EmployeeFactory)
    interviewer = factory.SubFactory(EmployeeFactory)
    template = factory.SubFactory(StayTemplateFactory)
    questions = ["What keeps you?", "What would make you go?"]
    answers = ["", ""]
    planned_on = factory.LazyFunction(lambda: days_ago(-7))


class ExitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exit

    employee = factory.SubFactory(EmployeeFactory, status="left")
    left_on = factory.LazyFunction(lambda: days_ago(30))
    leave_reason = "voluntary"
