"""Cycles beside the yearly one: probation talks that open day by day, goals agreed in one unit, somebody in no cycle."""

import datetime

from hrportal.home.demo.days import at, days
from hrportal.home.demo.ground import Form, make_form
from hrportal.home.demo.rows import Rows
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.cycles.calendars import add_months, due_dates
from performance.cycles.population import people_without_review
from performance.enums import AskedOf, CycleKind, CycleState, QuestionKind, ReviewState, SectionKind, SeenBy, Side
from performance.models import (
    CycleExtension,
    RatingLevel,
    RatingScale,
    Review,
    ReviewCycle,
    ReviewExemption,
    ReviewPart,
    ReviewTemplate,
    TemplateQuestion,
    TemplateSection,
)

MOST_ON_PROBATION = 40
MOST_IN_A_UNIT = 30
PROBATION_MONTHS = 6
GOES_ON = ["Yes, without doubt", "Yes, with support in the next months", "No"]
QUESTIONS = (
    ("What have you learnt since you came?", QuestionKind.TEXT, AskedOf.SELF, SeenBy.EMPLOYEE, True),
    ("How well do you know what is expected of you?", QuestionKind.RATING, AskedOf.SELF, SeenBy.EMPLOYEE, False),
    ("How well has the work been done so far?", QuestionKind.RATING, AskedOf.MANAGER, SeenBy.EMPLOYEE, True),
    ("Have you talked about it every month?", QuestionKind.YES_NO, AskedOf.BOTH, SeenBy.MANAGER, False),
    ("Should we go on together?", QuestionKind.CHOICE, AskedOf.MANAGER, SeenBy.HR, True),
)


def tell_other_cycles(world: World) -> None:
    """A bounded number of rows, whatever the size of the company."""
    rows = world.rows
    master = _probation_template(rows)
    _tell_probation(world, master)
    _tell_goals(world)
    _tell_exemption(world)
    _tell_extension(world)
    rows.flush()


def _probation_template(rows: Rows, copied_from: ReviewTemplate | None = None) -> ReviewTemplate:
    """A short talk with every kind of question, weighed; a cycle's copy when `copied_from` is given."""
    template = rows.add(
        ReviewTemplate(
            name="Probation talk",
            introduction="Three quarters of an hour, with time to ask back.",
            is_copy=copied_from is not None,
            copied_from=copied_from,
        )
    )
    asked = rows.add(
        TemplateSection(template=template, kind=SectionKind.QUESTIONS, title="The first months", weight=60, order=1)
    )
    for order, (text, kind, side, seen_by, is_required) in enumerate(QUESTIONS, start=1):
        choices = GOES_ON if kind == QuestionKind.CHOICE else []
        fields = {"kind": kind, "asked_of": side, "seen_by": seen_by, "is_required": is_required, "choices": choices}
        rows.add(TemplateQuestion(section=asked, text=text, order=order, **fields))
    rows.add(TemplateSection(template=template, kind=SectionKind.GOALS, title="First goals", weight=40, order=2))
    rows.add(TemplateSection(template=template, kind=SectionKind.DEVELOPMENT, title="What comes next", order=3))
    return template


def _tell_probation(world: World, master: ReviewTemplate) -> None:
    """Opens reviews day by day, and repeats."""
    today = world.calendar.today
    starts_on = today - days(20)
    cycle = world.rows.add(
        ReviewCycle(
            name=f"Probation talks {starts_on.year}",
            kind=CycleKind.PROBATION,
            months_after_hire=PROBATION_MONTHS,
            starts_on=starts_on,
            ends_on=add_months(starts_on, 12) - days(1),
            state=CycleState.OPEN,
            template=_probation_template(world.rows, copied_from=master),
            scale=_scale_copy(world.rows),
            is_calibrated=False,
            skips_late_self_assessments=True,
            repeats=True,
            launched_at=at(starts_on, world.luck("probation")),
        )
    )
    world.rows.flush()
    for person in people_without_review(cycle, today).exclude(manager=None).order_by("pk")[:MOST_ON_PROBATION]:
        day = add_months(person.hired_on or today, PROBATION_MONTHS)
        opened = min(today - days(1), day - days(cycle.opens_days_before))
        own, manager = due_dates(cycle, day, opened)
        state = ReviewState.SELF_ASSESSMENT if own >= today else ReviewState.MANAGER_REVIEW
        _open(world, cycle, person, state, self_due_on=own, manager_due_on=manager, opened=opened)


def _tell_goals(world: World) -> None:
    """One unit agrees the goals of the year to come before anybody writes."""
    manager = world.cast["manager"]
    if manager.org_unit is None:
        return
    form: Form = make_form(world.rows, world.ground, is_copy=True)
    now = world.calendar.round(0)
    starts_on = now.ends_on + days(1)
    ends_on = add_months(starts_on, 12) - days(1)
    opened = world.calendar.today - days(6)
    cycle = world.rows.add(
        ReviewCycle(
            name=f"Goals and review {ends_on.year}, {manager.org_unit.name}",
            starts_on=starts_on,
            ends_on=ends_on,
            state=CycleState.OPEN,
            template=form.template,
            scale=form.scale,
            is_calibrated=False,
            goals_due_on=world.calendar.today + days(15),
            writing_opens_on=ends_on - days(20),
            self_due_on=ends_on + days(10),
            manager_due_on=ends_on + days(25),
            launched_at=at(opened, world.luck("goals", "launch")),
        )
    )
    world.rows.flush()
    cycle.org_units.add(manager.org_unit)
    team = Employee.objects.employed().filter(org_unit=manager.org_unit).exclude(manager=None).order_by("pk")
    for person in team[:MOST_IN_A_UNIT]:
        dates = {"self_due_on": cycle.self_due_on, "manager_due_on": cycle.manager_due_on}
        _open(world, cycle, person, ReviewState.GOAL_SETTING, opened=opened, **dates)


def _tell_exemption(world: World) -> None:
    """Somebody on a long leave."""
    absent = (
        Employee.objects.filter(status=EmploymentStatus.LEAVE).exclude(pk__in=world.cast.ids).order_by("pk").first()
    )
    absent = absent or Employee.objects.employed().exclude(pk__in=world.cast.ids).order_by("-pk").first()
    if absent:
        made_at = at(world.calendar.today - days(90), world.luck("exempt"))
        leader = world.cast["hrleader"]
        world.rows.add(ReviewExemption(employee=absent, reason="Parental leave", made_by=leader, made_at=made_at))


def _tell_extension(world: World) -> None:
    """The managers asked for three more days this year."""
    cycle = ReviewCycle.objects.filter(state=CycleState.CALIBRATION).order_by("-pk").first()
    if cycle and cycle.manager_due_on:
        was = cycle.manager_due_on - days(3)
        world.rows.add(
            CycleExtension(
                cycle=cycle,
                dates={"manager_due_on": [was.isoformat(), cycle.manager_due_on.isoformat()]},
                reason="The trade fair fell into the last week.",
                made_by=world.cast["hrleader"],
                made_at=at(was - days(2), world.luck("extension")),
            )
        )


def _scale_copy(rows: Rows) -> RatingScale:
    """The company's scale as the cycle's own."""
    master = RatingScale.objects.masters().prefetch_related("levels").order_by("pk")[0]
    copy = rows.add(RatingScale(name=master.name, is_copy=True, copied_from=master))
    for level in master.levels.all():
        rows.add(RatingLevel(scale=copy, value=level.value, label=level.label, description=level.description))
    return copy


def _open(
    world: World,
    cycle: ReviewCycle,
    person: Employee,
    state: ReviewState,
    *,
    opened: datetime.date,
    **dates: datetime.date | None,
) -> None:
    review = world.rows.add(
        Review(
            cycle=cycle,
            employee=person,
            reviewer_id=person.manager_id,
            manager_at_launch_id=person.manager_id,
            org_unit_id=person.org_unit_id,
            job_id=person.job_id,
            position_id=person.position_id,
            state=state,
            created_at=at(opened, world.luck("opened", cycle.name, person.pk)),
            **dates,
        )
    )
    for side in Side:
        world.rows.add(ReviewPart(review=review, side=side))
