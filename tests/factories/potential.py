"""Rows of potential, pools and aspirations for tests, in the state asked for; nothing is journaled and nobody is told."""

import datetime

import factory
from django.utils import timezone

from talent.enums import PoolKind, PoolMemberState, RaterKind
from talent.models import (
    Aspiration,
    GroupAudit,
    PoolMember,
    PoolStep,
    PotentialAssessment,
    PotentialForm,
    PotentialRound,
    TalentPool,
)
from talent.potential import questionnaire
from talent.potential.questionnaire import SECTIONS
from tests.factories.people import EmployeeFactory


def answers(*levels: int | None) -> dict[str, int | None]:
    """The same answer to all of a dimension's behaviours: one for each of the five dimensions, or one for all."""
    by_dimension = levels if len(levels) > 1 else levels * len(SECTIONS)
    return {
        behaviour.key: level
        for section, level in zip(SECTIONS, by_dimension, strict=True)
        for behaviour in section.behaviours
    }


class PotentialRoundFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PotentialRound

    name = "Spring"
    as_of = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))


class PotentialAssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PotentialAssessment

    employee = factory.SubFactory(EmployeeFactory)
    as_of = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))
    questionnaire = questionnaire.CURRENT


class PotentialFormFactory(factory.django.DjangoModelFactory):
    """A form that is asked for and empty."""

    class Meta:
        model = PotentialForm

    assessment = factory.SubFactory(PotentialAssessmentFactory)
    rater = factory.SubFactory(EmployeeFactory)
    kind = RaterKind.COLLEAGUE


class TalentPoolFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TalentPool

    name = factory.Sequence(lambda n: f"Pool {n}")
    kind = PoolKind.HIGH_POTENTIAL
    definition = "People who could lead a unit."
    criteria = "Two cycles of evidence."


class PoolMemberFactory(factory.django.DjangoModelFactory):
    """A nomination; `state="member"` needs its days, see `a_member`."""

    class Meta:
        model = PoolMember

    pool = factory.SubFactory(TalentPoolFactory)
    employee = factory.SubFactory(EmployeeFactory)
    rationale = "Seen in two projects."


def a_member(**fields) -> PoolMember:
    """A member since a month, for eleven more."""
    today = timezone.localdate()
    days = {
        "member_since": today - datetime.timedelta(days=30),
        "expires_on": today + datetime.timedelta(days=335),
    }
    return PoolMemberFactory(state=PoolMemberState.MEMBER, **(days | fields))


class PoolStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PoolStep

    pool = factory.SubFactory(TalentPoolFactory)
    title = "Shadow a board meeting"
    held_on = factory.LazyFunction(timezone.localdate)


class GroupAuditFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = GroupAudit

    pool = factory.SubFactory(TalentPoolFactory)
    population = 20
    chosen = 5


class AspirationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Aspiration

    employee = factory.SubFactory(EmployeeFactory)
    wishes = "Lead a team abroad."
    valid_from = factory.LazyFunction(timezone.localdate)
