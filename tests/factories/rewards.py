"""Pay, ranges and merit rounds for tests; nothing is journaled and nobody is told."""

import datetime
from decimal import Decimal

import factory
from django.utils import timezone

from hrportal.people.models import Employee
from talent.enums import RewardState
from talent.models import MeritRecommendation, PayRange, PayRecord, RewardCycle, TalentProfile
from tests.factories.people import EmployeeFactory, JobFactory
from tests.factories.talent import CalibratedRatingFactory


def profile_of(employee: Employee) -> TalentProfile:
    """The profile somebody has, or a new one."""
    return TalentProfile.objects.get_or_create(employee=employee)[0]


class PayRangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PayRange

    job = factory.SubFactory(JobFactory)
    currency = "EUR"
    minimum = Decimal("40000.00")
    midpoint = Decimal("50000.00")
    maximum = Decimal("60000.00")
    valid_from = datetime.date(2020, 1, 1)


class PayRecordFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PayRecord

    employee = factory.SubFactory(EmployeeFactory)
    yearly_base = Decimal("45000.00")
    currency = "EUR"
    valid_from = datetime.date(2021, 1, 1)


class RewardCycleFactory(factory.django.DjangoModelFactory):
    """A round that nothing was computed for, without a guideline."""

    class Meta:
        model = RewardCycle

    name = factory.Sequence(lambda n: f"Round {n}")
    period = "Year"
    effective_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=60))
    budget_percent = Decimal("3.00")


class MeritRecommendationFactory(factory.django.DjangoModelFactory):
    """Somebody rated and paid, with what the guideline gave."""

    class Meta:
        model = MeritRecommendation

    cycle = factory.SubFactory(RewardCycleFactory, state=RewardState.RECOMMENDED, computed_at=timezone.now())
    employee = factory.SubFactory(EmployeeFactory)
    rating = factory.LazyAttribute(lambda row: CalibratedRatingFactory(profile=profile_of(row.employee)))
    pay = Decimal("45000.00")
    currency = "EUR"
    minimum = Decimal("40000.00")
    midpoint = Decimal("50000.00")
    maximum = Decimal("60000.00")
    place = Decimal("0.250")
    compa_ratio = Decimal("0.900")
    position = "lower"
    percent = Decimal("3.00")
    low = Decimal("2.00")
    high = Decimal("4.00")
