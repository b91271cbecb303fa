"""Performance for tests. A review comes with both its parts and the scale, template and cycle it needs; nothing is written."""

import datetime

import factory
from django.db import transaction
from django.utils import timezone

from hrportal.common.paths import encode
from performance.actions.goal_progress import refresh_progress
from performance.actions.goal_templates import content_of_template
from performance.enums import SectionKind, Side
from performance.models import (
    AnswerSheet,
    Feedback,
    FeedbackRequest,
    FeedbackRound,
    GoalAssignment,
    GoalPeriod,
    GoalProposal,
    GoalTemplate,
    ImprovementMilestone,
    ImprovementPlan,
    ImprovementSupport,
    KeyResult,
    Meeting,
    Objective,
    OneToOne,
    Rater,
    RatingLevel,
    RatingScale,
    Review,
    ReviewCycle,
    ReviewExemption,
    ReviewPart,
    ReviewTemplate,
    RoundQuestion,
    RoundTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateResult,
    TemplateSection,
)
from tests.factories.people import CompetencyFactory, EmployeeFactory, OrgUnitFactory

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


class ReviewExemptionFactory(factory.django.DjangoModelFactory):
    """Somebody who is in no cycle until further notice."""

    class Meta:
        model = ReviewExemption

    employee = factory.SubFactory(EmployeeFactory)
    reason = "A long absence"


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
    self_due_on = factory.SelfAttribute("cycle.self_due_on")
    manager_due_on = factory.SelfAttribute("cycle.manager_due_on")
    state = "manager_review"

    @factory.post_generation
    def parts(review, create, extracted, **kwargs):
        ReviewPart.objects.bulk_create(ReviewPart(review=review, side=side) for side in Side)


class ObjectiveFactory(factory.django.DjangoModelFactory):
    """An active goal of one person, without key results."""

    class Meta:
        model = Objective
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Objective {n}")
    owner = factory.SubFactory(EmployeeFactory)
    starts_on = datetime.date(2026, 1, 1)
    due_on = datetime.date(2026, 12, 31)

    @factory.lazy_attribute
    def created_at(self):
        """Set when it starts, so that what starts long ago is an old goal."""
        return datetime.datetime.combine(self.starts_on, datetime.time(8), datetime.UTC)

    @factory.post_generation
    def place(self, create, extracted, **kwargs):
        """Its path, as the actions would write it."""
        self.path = (self.parent.path if self.parent else "") + encode(self.pk)
        self.save(update_fields=["path"])


class GoalPeriodFactory(factory.django.DjangoModelFactory):
    """The year 2026, open."""

    class Meta:
        model = GoalPeriod

    name = factory.Sequence(lambda n: f"Period {n}")
    starts_on = datetime.date(2026, 1, 1)
    ends_on = datetime.date(2026, 12, 31)


class GoalProposalFactory(factory.django.DjangoModelFactory):
    """From level 2 to level 4, found in 2025, which the employee does not see yet."""

    class Meta:
        model = GoalProposal

    employee = factory.SubFactory(EmployeeFactory)
    competency = factory.SubFactory(CompetencyFactory)
    level_now = 2
    level_wanted = 4
    wanted_by = datetime.date(2027, 12, 31)
    source = factory.Sequence(lambda n: f"performance.review:{n}")
    period_ends_on = datetime.date(2025, 12, 31)


class GoalTemplateFactory(factory.django.DjangoModelFactory):
    """A business goal with one key result from 0 to 100 per cent."""

    class Meta:
        model = GoalTemplate
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Template {n}")

    @factory.post_generation
    def results(self, create, extracted, **kwargs):
        TemplateResult.objects.create(template=self, title="Share done", measure="percent", target=100)


class GoalAssignmentFactory(factory.django.DjangoModelFactory):
    """Given to everyone; not carried out."""

    class Meta:
        model = GoalAssignment

    template = factory.SubFactory(GoalTemplateFactory)
    content = factory.LazyAttribute(lambda row: content_of_template(row.template))
    starts_on = datetime.date(2026, 1, 1)
    due_on = datetime.date(2026, 12, 31)


class KeyResultFactory(factory.django.DjangoModelFactory):
    """From 0 to 100, not measured yet."""

    class Meta:
        model = KeyResult
        skip_postgeneration_save = True

    objective = factory.SubFactory(ObjectiveFactory)
    title = factory.Sequence(lambda n: f"Key result {n}")
    target = 100

    @factory.post_generation
    def count(self, create, extracted, **kwargs):
        """What the goal and those above come to, as the actions would write it."""
        with transaction.atomic():
            refresh_progress([self.objective_id])
        self.objective.refresh_from_db()


class FeedbackFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Feedback

    giver = factory.SubFactory(EmployeeFactory)
    recipient = factory.SubFactory(EmployeeFactory)
    text = "Thank you for the clear hand-over."


class FeedbackRequestFactory(factory.django.DjangoModelFactory):
    """An open question about whoever asks it."""

    class Meta:
        model = FeedbackRequest

    asker = factory.SubFactory(EmployeeFactory)
    about = factory.SelfAttribute("asker")
    asked = factory.SubFactory(EmployeeFactory)
    question = "What should I do differently?"


class ImprovementPlanFactory(factory.django.DjangoModelFactory):
    """A complete draft for somebody with a manager, who wrote it; give a `state` and the moments that belong to it are there."""

    class Meta:
        model = ImprovementPlan
        skip_postgeneration_save = True

    employee = factory.LazyFunction(lambda: EmployeeFactory(manager=EmployeeFactory(), org_unit=OrgUnitFactory()))
    owner = factory.LazyAttribute(lambda plan: plan.employee.manager)
    created_by = factory.SelfAttribute("owner")
    reason = "Deliveries came late three times in May, and the customers heard of it last."
    expectations = "Say early when a day cannot be kept."
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda plan: plan.starts_on + datetime.timedelta(days=60))
    submitted_by = factory.LazyAttribute(lambda plan: None if plan.state == "draft" else plan.owner)
    opened_at = factory.LazyAttribute(lambda plan: None if plan.state in {"draft", "hr_approval"} else timezone.now())
    acknowledged_version = factory.LazyAttribute(lambda plan: 1 if plan.state in {"acknowledged", "closed"} else None)
    outcome = factory.LazyAttribute(lambda plan: "successful" if plan.state == "closed" else "")
    closed_at = factory.LazyAttribute(lambda plan: timezone.now() if plan.state == "closed" else None)
    state = "draft"

    @factory.post_generation
    def lines(plan, create, extracted, **kwargs):
        due_on = plan.starts_on + datetime.timedelta(days=30)
        ImprovementMilestone.objects.create(plan=plan, title="Four weeks on time", measure="No late day", due_on=due_on)
        ImprovementSupport.objects.create(plan=plan, kind="mentor", description="An hour a week with a mentor")


class OneToOneFactory(factory.django.DjangoModelFactory):
    """Weekly talks of an employee with their manager, a meeting planned for today."""

    class Meta:
        model = OneToOne
        skip_postgeneration_save = True

    employee = factory.LazyFunction(lambda: EmployeeFactory(manager=EmployeeFactory()))
    manager = factory.LazyAttribute(lambda series: series.employee.manager)
    rhythm = "weekly"
    first_on = factory.LazyFunction(timezone.localdate)

    @factory.post_generation
    def next_meeting(series, create, extracted, **kwargs):
        if extracted is not False:
            Meeting.objects.create(one_to_one=series, slot_on=series.first_on, held_on=series.first_on)


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


class RoundTemplateFactory(factory.django.DjangoModelFactory):
    """A template of a 360 round: two ratings of one competency each, and one text."""

    class Meta:
        model = RoundTemplate
        skip_postgeneration_save = True

    name = "Leadership 360"

    @factory.post_generation
    def questions(template, create, extracted, **kwargs):
        for order, text in enumerate(["Listens", "Decides"], start=1):
            RoundQuestion.objects.create(template=template, text=text, competency=CompetencyFactory(), order=order)
        RoundQuestion.objects.create(template=template, kind="text", text="What should stay?", order=3)


class FeedbackRoundFactory(factory.django.DjangoModelFactory):
    """A round about somebody with a manager, who both are to answer; nobody else is nominated."""

    class Meta:
        model = FeedbackRound
        skip_postgeneration_save = True

    template = factory.SubFactory(RoundTemplateFactory, is_copy=True)
    subject = factory.LazyFunction(lambda: EmployeeFactory(manager=EmployeeFactory()))
    due_on = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=14))

    @factory.post_generation
    def attributed(round_, create, extracted, **kwargs):
        for group, person in (("self", round_.subject), ("manager", round_.subject.manager)):
            RaterFactory(round=round_, group=group, employee=person)


class RaterFactory(factory.django.DjangoModelFactory):
    """An approved colleague; in a round that collects, one who is asked, with a sheet."""

    class Meta:
        model = Rater
        skip_postgeneration_save = True

    round = factory.SubFactory(FeedbackRoundFactory)
    group = "peer"
    employee = factory.LazyAttribute(lambda rater: None if rater.group == "external" else EmployeeFactory())
    name = factory.LazyAttribute(lambda rater: "A customer" if rater.group == "external" else "")
    email = factory.LazyAttributeSequence(lambda rater, n: f"out{n}@example.org" if rater.group == "external" else "")
    state = factory.LazyAttribute(lambda rater: "invited" if rater.round.state == "collecting" else "approved")

    @factory.post_generation
    def sheet(rater, create, extracted, **kwargs):
        if rater.state == "invited" and rater.round.state == "collecting":
            AnswerSheet.objects.create(rater=rater)


def collecting_round(**groups: int) -> FeedbackRound:
    """A round that collects, with so many raters of each group beside the subject and the manager."""
    round_ = FeedbackRoundFactory(state="collecting")
    for group, count in groups.items():
        for _number in range(count):
            RaterFactory(round=round_, group=group)
    return round_


def answer_sheet(rater: Rater, *, rating: int = 4, text: str = "Keeps calm when it burns.") -> None:
    """Let a rater answer everything and hand it in."""
    sheet = AnswerSheet.objects.select_related("rater__round").get(rater=rater)
    for question in rater.round.template.questions.all():
        is_text = question.kind == "text"
        sheet.answers.create(question=question, rating=None if is_text else rating, text=text if is_text else "")
    sheet.state = "handed_in"
    sheet.save()
