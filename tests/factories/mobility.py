"""Career steps, opportunities and interest for tests, in the state asked for; nothing is journaled and nobody is told."""

import factory
from django.utils import timezone

from talent.models import CareerStep, Interest, Opportunity, OpportunityNeed
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory


class CareerStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CareerStep

    from_job = factory.SubFactory(JobFactory)
    to_job = factory.SubFactory(JobFactory)
    months = 24


class OpportunityFactory(factory.django.DjangoModelFactory):
    """Open to everybody and asking for nothing; `needs` adds (level, importance) by competency, `units` whom it is published to."""

    class Meta:
        model = Opportunity
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Opportunity {n}")
    description = "Something to do"
    org_unit = factory.SubFactory(OrgUnitFactory)
    owner = factory.SubFactory(EmployeeFactory)
    state = "open"
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def needs(self, create, asked, **_kwargs):
        for competency, (level, importance) in (asked or {}).items():
            OpportunityNeed.objects.create(opportunity=self, competency=competency, level=level, importance=importance)

    @factory.post_generation
    def units(self, create, audience, **_kwargs):
        self.units.set(audience or [])


class InterestFactory(factory.django.DjangoModelFactory):
    """Somebody said yes and told no manager."""

    class Meta:
        model = Interest

    opportunity = factory.SubFactory(OpportunityFactory)
    employee = factory.SubFactory(EmployeeFactory)
    state = "interested"
    note = "I did the same in my last company"
    said_yes_at = factory.LazyFunction(timezone.now)
