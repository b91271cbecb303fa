"""Retention in the demo company: some people at risk, plans for a few, talks that were held, and what became of those who left."""

import datetime
from collections.abc import Iterator
from random import Random

from hrportal.home.demo.days import at, between, days
from hrportal.home.demo.world import World
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from talent.enums import Driver, RetentionKind, RetentionState, RiskLevel, StayInterviewState
from talent.models import (
    Exit,
    FlightRisk,
    RetentionAction,
    RetentionPlan,
    StayInterview,
    StayInterviewTemplate,
)
from talent.retention.foresight import foresight_of
from talent.retention.themes import HalfYear

AT_RISK, OUT_OF_DATE, SEEN_BEFORE_LEAVING = 0.06, 0.3, 0.45
MOST_TALKS = 12
CHUNK = 1000
QUESTIONS = [
    "What do you look forward to when you come to work?",
    "What are you learning here, and what would you like to learn?",
    "When did you last think about leaving, and what prompted it?",
    "What could I do more of, or less of, to keep you here?",
]
NOTES = [
    "Asked twice about the next step and heard nothing definite.",
    "Two colleagues of the same level left within the year; is called by recruiters.",
    "Pay lies below what the market offers for this work.",
    "Carries two roles since the reorganisation and says it cannot go on like this.",
    "Very content; but the only one who knows the old system.",
]
AIMS = [
    "A next step they can name, with a date, before the next cycle begins.",
    "A load that one person can carry, and a deputy for the old system.",
    "Pay that stands comparison, and a word from the top about last year’s results.",
]
ACTIONS = [
    (RetentionKind.CAREER, "Talk about the next step and write down what was agreed"),
    (RetentionKind.GROWTH, "Offer a place in the architecture circle"),
    (RetentionKind.WORK_LIFE, "Hand the on-call duty to the second team"),
    (RetentionKind.RECOGNITION, "Let the results be presented to the board"),
]
ANSWERS = [
    "The people, and problems nobody has solved before.",
    "Too little lately; I would like to lead something from the start.",
    "In spring, when the reorganisation was announced and nobody said what it means for us.",
    "Decide faster, and tell us why when the answer is no.",
]
LESSONS = [
    "The offer came months after the first talk about it. Next time we decide within two weeks.",
    "Nobody had asked. A stay interview in the first year would have told us.",
    "The move was to another city; nothing we could have done.",
]


def tell_retention(world: World) -> None:
    """Everything of it, in the order in which one leads to the other."""
    for person in _at_risk(world):
        _risk(world, person)
    for person in _leavers(world):
        _warning(world, person)
    world.rows.flush()
    _talks(world)
    _exits(world)


def _at_risk(world: World) -> Iterator[Employee]:
    """A small share of the company, and somebody of the manager's team; nobody of those who look after it."""
    aside = {world.cast["hrleader"].pk, *world.cast.partners.values()}
    team = list(Employee.objects.employed().filter(manager=world.cast["manager"]).order_by("pk")[:2])
    chosen = {person.pk for person in team}
    people = Employee.objects.filter(status=EmploymentStatus.ACTIVE, manager__isnull=False).select_related("org_unit")
    for person in people.order_by("pk").iterator(chunk_size=CHUNK):
        drawn = world.luck("flight risk", person.pk).random() < AT_RISK
        if person.pk not in aside and (drawn or person.pk in chosen):
            yield person


def _risk(world: World, person: Employee) -> None:
    luck, today = world.luck("flight risk of", person.pk), world.calendar.today
    age = luck.randint(62, 130) if luck.random() < OUT_OF_DATE else luck.randint(1, 55)
    partner = world.partner_of(person.org_unit.path if person.org_unit else "")
    first = _assessment(person, luck, today - days(age + luck.randint(70, 120)), partner, 1)
    now = first
    if luck.random() < 0.5:
        now = _assessment(person, luck, today - days(age), partner, 2)
        first.replaced_at = now.created_at
        world.rows.add(first)
    else:
        now.assessed_on, now.created_at = today - days(age), at(today - days(age), luck)
    world.rows.add(now)
    if now.likelihood == RiskLevel.HIGH:
        _plan(world, person, now.assessed_on, partner, luck)


def _assessment(person: Employee, luck: Random, on: datetime.date, by: int, version: int) -> FlightRisk:
    return FlightRisk(
        employee_id=person.pk,
        version=version,
        likelihood=luck.choice((RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.MEDIUM, RiskLevel.HIGH)),
        impact=luck.choice((RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)),
        drivers=[value for value in Driver.values if luck.random() < 0.17] or [Driver.CAREER.value],
        note=luck.choice(NOTES),
        assessed_by_id=by,
        assessed_on=on,
        created_at=at(on, luck),
    )


def _plan(world: World, person: Employee, on: datetime.date, partner: int, luck: Random, *, left: bool = False) -> None:
    today = world.calendar.today
    plan = world.rows.add(
        RetentionPlan(
            employee_id=person.pk,
            kinds=sorted({luck.choice(RetentionKind.values), RetentionKind.CAREER.value}),
            aim=luck.choice(AIMS),
            owner_id=partner,
            due_on=on + days(luck.randint(60, 150)),
            opened_by_id=partner,
            opened_on=on,
            state=RetentionState.LEFT if left else RetentionState.OPEN,
            closing_note="Left the company." if left else "",
            closed_on=person.left_on if left else None,
            created_at=at(on, luck),
        )
    )
    for kind, title in luck.sample(ACTIONS, luck.randint(1, 3)):
        due_on = on + days(luck.randint(15, 60))
        is_done = due_on < today and luck.random() < 0.7
        world.rows.add(
            RetentionAction(
                plan=plan,
                kind=kind,
                title=title,
                owner_id=luck.choice((partner, person.manager_id or partner)),
                due_on=due_on,
                done_at=at(due_on - days(3), luck) if is_done else None,
                note="Done, and well received." if is_done else "",
                created_at=at(on, luck),
            )
        )


def _leavers(world: World) -> Iterator[Employee]:
    """Those of whom somebody had warned before they left."""
    left = Employee.objects.filter(status=EmploymentStatus.LEFT, left_on__lte=world.calendar.today)
    for person in left.select_related("org_unit").order_by("pk").iterator(chunk_size=CHUNK):
        if world.luck("warned of", person.pk).random() < SEEN_BEFORE_LEAVING:
            yield person


def _warning(world: World, person: Employee) -> None:
    luck = world.luck("warning", person.pk)
    on = (person.left_on or world.calendar.today) - days(luck.randint(30, 170))
    partner = world.partner_of(person.org_unit.path if person.org_unit else "")
    risk = _assessment(person, luck, on, partner, 1)
    risk.likelihood = luck.choice((RiskLevel.MEDIUM, RiskLevel.HIGH))
    world.rows.add(risk)
    if luck.random() < 0.4:
        _plan(world, person, on, partner, luck, left=True)


def _talks(world: World) -> None:
    """One that the manager shall hold, and a dozen of the last finished half-year, enough to be summed up."""
    template = world.rows.add(StayInterviewTemplate(name="Stay interview", questions=QUESTIONS))
    period = HalfYear.of(world.calendar.today).before
    team = Employee.objects.employed().filter(manager=world.cast["manager"]).order_by("pk")
    planned = team.exclude(pk=world.cast["employee"].pk).first()
    if planned:
        _talk(world, template, planned, None)
    unit = world.business_units[0] if world.business_units else None
    held = Employee.objects.employed().filter(manager__isnull=False, hired_on__lt=period.starts_on)
    aside = [world.cast["hrleader"].pk, *world.cast.partners.values(), planned.pk if planned else 0]
    people = (held.in_unit(unit) if unit else held).exclude(pk__in=aside).select_related("org_unit").order_by("pk")
    for person in people[:MOST_TALKS]:
        _talk(world, template, person, period)


def _talk(world: World, template: StayInterviewTemplate, person: Employee, period: HalfYear | None) -> None:
    luck, today = world.luck("stay interview", person.pk), world.calendar.today
    held_on = between(period.starts_on, period.ends_on, luck) if period else None
    planned_on = held_on + days(luck.randint(0, 10)) if held_on else today + days(9)
    made_on = (held_on or today) - days(luck.randint(10, 25))
    world.rows.add(
        StayInterview(
            employee_id=person.pk,
            interviewer_id=person.manager_id or world.cast["hrleader"].pk,
            template=template,
            questions=QUESTIONS,
            answers=ANSWERS if held_on else [""] * len(QUESTIONS),
            themes=sorted(luck.sample(Driver.values[:8], luck.randint(1, 3))) if held_on else [],
            planned_on=planned_on,
            state=StayInterviewState.HELD if held_on else StayInterviewState.PLANNED,
            org_unit_id=person.org_unit_id if held_on else None,
            finished_on=held_on,
            planned_by_id=world.partner_of(person.org_unit.path if person.org_unit else ""),
            revision=2 if held_on else 1,
            created_at=at(made_on, luck),
        )
    )


def _exits(world: World) -> None:
    """Of everybody who left; most of them reviewed."""
    left = Employee.objects.filter(status=EmploymentStatus.LEFT, left_on__lte=world.calendar.today)
    people: list[Employee] = []
    for person in left.select_related("org_unit").order_by("pk").iterator(chunk_size=CHUNK):
        people.append(person)
        if len(people) == CHUNK:
            _exit_all(world, people)
            people = []
    _exit_all(world, people)


def _exit_all(world: World, people: list[Employee]) -> None:
    known = foresight_of(people)
    for person in people:
        luck, left_on = world.luck("exit", person.pk), person.left_on or world.calendar.today
        reviewed_on = left_on + days(luck.randint(3, 20))
        is_reviewed = reviewed_on <= world.calendar.today and luck.random() < 0.7
        world.rows.add(
            Exit(
                employee_id=person.pk,
                left_on=left_on,
                leave_reason=person.leave_reason,
                org_unit_id=person.org_unit_id,
                manager_id=person.manager_id,
                **known[person.pk].columns,
                is_regretted=luck.random() < 0.5 if is_reviewed else None,
                themes=sorted(luck.sample(Driver.values, luck.randint(1, 3))) if is_reviewed else [],
                review_note=luck.choice(LESSONS) if is_reviewed else "",
                reviewed_by_id=world.partner_of(person.org_unit.path if person.org_unit else "")
                if is_reviewed
                else None,
                reviewed_on=reviewed_on if is_reviewed else None,
                created_at=at(left_on, luck),
            )
        )
