"""Performance for tests. A review comes with both its parts and the scale, template and cycle it needs; nothing is written."""

import datetime

import factory

from performance.enums import SectionKind, Side
from performance.models import (
    Feedback,
    KeyResult,
    Objective,
    RatingLevel,
    RatingScale,
    Review,
    ReviewCycle,
    ReviewPart,
    ReviewTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateSection,
)
from tests.factories.people import CompetencyFactory, EmployeeFactory

LABELS = ["Below expectations", "Partly meets", "Meets expectations", "Exceeds expectations", "Outstanding"]


class RatingScaleFactory(factory.django.DjangoModelFactory):
    """A scale of five levels, 1 to 5."""

    class Meta:
        model = RatingScale
        skip_postgeneration_save = True

    name = "Five steps"

    @factory.post_generation
    def levels(scale, create, extracted, **kwargs):
        RatingLevel.objects.bulk_create(
            RatingLevel(scale=scale, value=value, label=label, description=f"What {label} means")
            for value, label in enumerate(LABELS, start=1)
        )


class ReviewTemplateFactory(factory.django.DjangoModelFactory):
    """A template with every kind of section: two questions (the first required of both sides) and one competency."""

    class Meta:
        model = ReviewTemplate
        skip_postgeneration_save = True

    name = "Yearly review"

    @factory.post_generation
    def sections(template, create, extracted, **kwargs):
        for order, kind in enumerate(SectionKind, start=1):
            section = TemplateSection.objects.create(template=template, kind=kind, title=kind.label, order=order)
            if kind == SectionKind.QUESTIONS:
                TemplateQuestion.objects.create(section=section, text="What went well?", is_required=True, order=1)
                TemplateQuestion.objects.create(section=section, text="What could change?", order=2)
            if kind == SectionKind.COMPETENCIES:
                TemplateCompetency.objects.create(section=section, competency=CompetencyFactory())


class ReviewCycleFactory(factory.django.DjangoModelFactory):
    """A calibrated cycle, in the state asked for; nobody has a review in it yet."""

    class Meta:
        model = ReviewCycle

    name = factory.Sequence(lambda n: f"Cycle {n}")
    starts_on = datetime.date(2026, 1, 1)
    ends_on = datetime.date(2026, 12, 31)
    state = "open"
    template = factory.SubFactory(ReviewTemplateFactory)
    scale = factory.SubFactory(RatingScaleFactory)


class ReviewFactory(factory.django.DjangoModelFactory):
    """A review, with both parts, of an employee by their manager."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    cycle = factory.SubFactory(ReviewCycleFactory)
    employee = factory.LazyFunction(lambda: EmployeeFactory(manager=EmployeeFactory()))
    reviewer = factory.LazyAttribute(lambda review: review.employee.manager)
    manager_at_launch = factory.SelfAttribute("reviewer")
    org_unit = factory.LazyAttribute(lambda review: review.employee.org_unit)
    state = "manager_review"

    @factory.post_generation
    def parts(review, create, extracted, **kwargs):
        ReviewPart.objects.bulk_create(ReviewPart(review=review, side=side) for side in Side)


class ObjectiveFactory(factory.django.DjangoModelFactory):
    """An active goal of one person, without key results."""

    class Meta:
        model = Objective

    title = factory.Sequence(lambda n: f"Objective {n}")
    owner = factory.SubFactory(EmployeeFactory)
    starts_on = datetime.date(2026, 1, 1)
    due_on = datetime.date(2026, 12, 31)


class KeyResultFactory(factory.django.DjangoModelFactory):
    """From 0 to 100, not measured yet."""

    class Meta:
        model = KeyResult

    objective = factory.SubFactory(ObjectiveFactory)
    title = factory.Sequence(lambda n: f"Key result {n}")
    target = 100


class FeedbackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Feedback

    giver = factory.SubFactory(EmployeeFactory)
    recipient = factory.SubFactory(EmployeeFactory)
    text = "Thank you for the clear hand-over."


def part_of(review: Review, side: str = Side.MANAGER) -> ReviewPart:
    """One side's half of a review."""
    return review.parts.get(side=side)


def rating_of(cycle: ReviewCycle, value: int) -> RatingLevel:
    """The level of the cycle's scale with this value."""
    return cycle.scale.levels.get(value=value)


def required_question(cycle: ReviewCycle) -> TemplateQuestion:
    """The one question of the template that has to be answered."""
    return TemplateQuestion.objects.get(section__template=cycle.template, is_required=True)


def everything_written(review: Review, value: int = 4) -> dict:
    """Changes for `save_part` that leave nothing required unwritten."""
    return {
        "answers": {required_question(review.cycle).pk: "A good year."},
        "overall_rating": rating_of(review.cycle, value).pk,
    }
