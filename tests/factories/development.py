"""Learning and mentoring for tests, in the state asked for; nothing is journaled and nobody is told."""

import factory
from django.utils import timezone

from talent.models import (
    Enrolment,
    LearningItem,
    Mentoring,
    MentoringGoal,
    MentoringWish,
    MentorOffer,
    MentorSuggestion,
    OfferedSkill,
    PlanCheckIn,
    WishedSkill,
)
from talent.scores.mentoring import Lead, Match
from tests.factories.people import CompetencyFactory, EmployeeFactory
from tests.factories.talent import PlanItemFactory


class LearningItemFactory(factory.django.DjangoModelFactory):
    """A free course that gives no level by itself."""

    class Meta:
        model = LearningItem

    title = factory.Sequence(lambda n: f"Course {n}")


class EnrolmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Enrolment

    learning_item = factory.SubFactory(LearningItemFactory)
    employee = factory.SubFactory(EmployeeFactory)
    state = "enrolled"


class PlanCheckInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanCheckIn

    item = factory.SubFactory(PlanItemFactory)
    on = factory.LazyFunction(timezone.localdate)
    note = "It goes well"


class MentorOfferFactory(factory.django.DjangoModelFactory):
    """Without skills; `skills` adds levels by competency."""

    class Meta:
        model = MentorOffer
        skip_postgeneration_save = True

    mentor = factory.SubFactory(EmployeeFactory)

    @factory.post_generation
    def skills(self, create, levels, **_kwargs):
        for competency, level in (levels or {}).items():
            OfferedSkill.objects.create(offer=self, competency=competency, level=level)


class MentoringWishFactory(factory.django.DjangoModelFactory):
    """Without skills; `skills` adds levels by competency."""

    class Meta:
        model = MentoringWish
        skip_postgeneration_save = True

    mentee = factory.SubFactory(EmployeeFactory)
    goal = "Learn from somebody"

    @factory.post_generation
    def skills(self, create, levels, **_kwargs):
        for competency, level in (levels or {}).items():
            WishedSkill.objects.create(wish=self, competency=competency, level=level)


def a_match(competency=None, mentee: int = 2, mentor: int = 4) -> Match:
    """A match in one competency, in different units."""
    return Match((Lead((competency or CompetencyFactory()).pk, mentee, mentor),), is_other_unit=True)


class MentoringFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mentoring

    mentor = factory.SubFactory(EmployeeFactory)
    mentee = factory.SubFactory(EmployeeFactory)
    goal = "Learn from somebody"
    parts = factory.LazyFunction(lambda: a_match().stored)


class MentoringGoalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MentoringGoal

    mentoring = factory.SubFactory(MentoringFactory, state="active")
    title = "Speak to a hall"


class MentorSuggestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MentorSuggestion

    mentee = factory.SubFactory(EmployeeFactory)
    mentor = factory.SubFactory(EmployeeFactory)
    score = 100
    parts = factory.LazyFunction(lambda: a_match().stored)
