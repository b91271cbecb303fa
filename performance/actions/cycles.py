"""Review cycles from draft to closed. Launching opens a review for everyone of the population, as a job in chunks."""

import datetime
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.common.actions import ActionError, checked
from hrportal.common.copying import write_rows
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import report_progress, start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.models import Employee
from performance.actions.templates import check_weights, copy_scale, copy_template
from performance.cycles.calendars import day_of, due_dates
from performance.cycles.population import people_without_review, population_of
from performance.enums import FINISHED, CycleKind, CycleState, ReviewState, SectionKind, Side
from performance.events import cycles as events
from performance.events.reviews import reviews_opened
from performance.models import GuidelineShare, Review, ReviewCycle, ReviewPart
from performance.notices import cycles as notices

CHUNK = 1000
# Due dates that reviews have copies of move by `extend_cycle`, which takes the reviews along.
EDITABLE_WHILE_OPEN = frozenset(
    {
        "name",
        "writing_opens_on",
        "calibration_due_on",
        "share_on",
        "shares_on_completion",
        "guideline",
        "skips_late_self_assessments",
        "acknowledgement_days",
        "remind_days_before",
        "escalate_days_after",
        "repeats",
    }
)
# In the order in which the steps follow one another.
STEP_DATES = (
    "goals_due_on",
    "writing_opens_on",
    "self_due_on",
    "manager_due_on",
    "approval_due_on",
    "calibration_due_on",
    "share_on",
)
# What a cycle that follows each person's calendar has for each person, and not in common.
COMMON_DATES = ("goals_due_on", "writing_opens_on", "self_due_on", "manager_due_on", "approval_due_on")
PEOPLE_AND_PLACES = ("org_units", "excluded_units", "included_people", "excluded_people")
UNFINISHED_CYCLE = (CycleState.OPEN, CycleState.CALIBRATION)
Guideline = Mapping[int, int]
Tell = Callable[[ReviewCycle, list[Review]], None]


@transaction.atomic
def create_cycle(*, by: Actor | None, guideline: Guideline | None = None, **fields: Any) -> ReviewCycle:
    """Draft a cycle. `guideline` maps a rating's value to the per cent expected there; `org_units`, `excluded_units`,
    `included_people` and `excluded_people` are rows."""
    sets = _taken_out(fields)
    cycle = checked(ReviewCycle(**fields))
    check_settings(cycle)
    cycle.save()
    _set_relations(cycle, sets)
    _set_guideline(cycle, guideline or {})
    events.cycle_created(cycle, by=by)
    return cycle


@transaction.atomic
def edit_cycle(cycle: ReviewCycle, *, by: Actor | None, **fields: Any) -> ReviewCycle:
    """Change what is named. Once reviews exist, only what does not alter them can still change; dates are extended."""
    cycle = lock_cycle(cycle)
    if cycle.state == CycleState.CLOSED:
        raise ActionError(_("This cycle is closed."))
    fixed = sorted(set(fields) - EDITABLE_WHILE_OPEN)
    if cycle.state != CycleState.DRAFT and fixed:
        raise ActionError(_("This was settled when the cycle was launched."), field=fixed[0])
    sets, guideline = _taken_out(fields), fields.pop("guideline", None)
    for name, value in fields.items():
        setattr(cycle, name, value)
    check_settings(checked(cycle))
    cycle.save()
    _set_relations(cycle, sets)
    if guideline is not None:
        _set_guideline(cycle, guideline)
    events.cycle_edited(cycle, by=by)
    return cycle


def check_settings(cycle: ReviewCycle) -> None:
    """Refuse dates that do not follow one another, and settings that another calendar needs."""
    dates = [(name, day) for name in STEP_DATES if (day := getattr(cycle, name)) is not None]
    for (_earlier, day), (later, next_day) in pairwise(dates):
        if next_day < day:
            raise ActionError(_("This step cannot be due before the one before it."), field=later)
    if cycle.writing_opens_on and not cycle.goals_due_on:
        raise ActionError(_("Say by when goals are agreed; only then the writing begins later."), field="goals_due_on")
    if cycle.is_personal:
        common = next((name for name in COMMON_DATES if getattr(cycle, name)), None)
        if common:
            raise ActionError(_("Each person has a date of their own here; leave this empty."), field=common)
    if cycle.kind == CycleKind.PROBATION and not cycle.months_after_hire:
        raise ActionError(_("Say after how many months probation ends."), field="months_after_hire")


def check_guideline(guideline: Guideline) -> None:
    """Refuse a guideline that is neither empty nor 100 per cent."""
    total = sum(guideline.values())
    if guideline and total != 100:
        raise ActionError(_("The guideline must total 100 %%; it totals %d %%.") % total, field="guideline")


@transaction.atomic
def launch_cycle(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Give the cycle its own copy of template and scale, and open the reviews in the background.

    A launch whose job failed can be launched again; it goes on where it stopped.
    """
    cycle = lock_cycle(cycle)
    if cycle.state == CycleState.DRAFT:
        _check_ready(cycle)
        cycle.template, cycle.scale = copy_template(cycle.template), copy_scale(cycle.scale)
    elif not _launch_has_failed(cycle):
        raise ActionError(_("This cycle is already: %s.") % cycle.get_state_display())
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    job = start_job("performance.launch_cycle", cycle.name, by=by, result_url=url, cycle=cycle.pk)
    cycle.state, cycle.launched_at, cycle.launch_job_id = CycleState.LAUNCHING, timezone.now(), job.pk
    cycle.save(update_fields=["template", "scale", "state", "launched_at", "launch_job_id", "updated_at"])
    events.cycle_launched(cycle, by=by)
    return job


def open_reviews(cycle: ReviewCycle, *, by: Actor | None, job: Job) -> dict[str, Any]:
    """The work of a launch: a review for each of the population that has none, then the cycle is open. Safe to repeat."""
    people = people_without_review(cycle)
    _open_in_chunks(cycle, people, by=by, job=job, tell=notices.reviews_opened)
    ReviewCycle.objects.filter(pk=cycle.pk, state=CycleState.LAUNCHING).update(
        state=CycleState.OPEN, updated_at=timezone.now()
    )
    reviews = Review.objects.filter(cycle=cycle)
    with transaction.atomic():
        notices.reviews_to_write(cycle, reviews, occasion="launch")
    return {"reviews": reviews.count(), "without_reviewer": reviews.without_writer().count()}


@transaction.atomic
def add_missing_people(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Open a review, in the background, for everyone who is in the population by now and has none."""
    cycle = lock_cycle(cycle)
    _check_running(cycle)
    if not people_without_review(cycle).exists():
        raise ActionError(_("Everyone in the population has a review."))
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    return start_job("performance.add_missing_people", cycle.name, by=by, result_url=url, cycle=cycle.pk)


def open_missing_reviews(cycle: ReviewCycle, *, by: Actor | None, job: Job) -> dict[str, Any]:
    """The work of `add_missing_people`, and of each day of a cycle that follows everybody's calendar. Safe to repeat."""
    if cycle.state not in UNFINISHED_CYCLE:
        return {"reviews": 0}
    tell = notices.reviews_opened if cycle.is_personal else notices.joined_late
    opened = _open_in_chunks(cycle, people_without_review(cycle), by=by, job=job, tell=tell)
    since = Review.objects.filter(cycle=cycle, created_at__gte=job.created_at)
    with transaction.atomic():
        notices.reviews_to_write(cycle, since, occasion=f"job-{job.pk}")
    return {"reviews": opened}


@transaction.atomic
def add_late_joiner(cycle: ReviewCycle, employee: Employee, *, by: Actor | None) -> Review:
    """Open one more review in a cycle under way."""
    cycle = lock_cycle(cycle)
    _check_running(cycle)
    if not Employee.objects.employed().filter(pk=employee.pk).exists():
        raise ActionError(_("%s does not work here now.") % employee.name, field="employee")
    opened = _open_reviews_of(cycle, [employee], by=by)
    if not opened:
        raise ActionError(_("%s already has a review in this cycle.") % employee.name, field="employee")
    notices.joined_late(cycle, opened)
    notices.joined_late_to_write(cycle, opened)
    return opened[0]


@transaction.atomic
def close_cycle(cycle: ReviewCycle, *, by: Actor | None) -> ReviewCycle:
    """End a cycle for good; every review must be completed or withdrawn."""
    cycle = lock_cycle(cycle)
    if cycle.state not in (*UNFINISHED_CYCLE, CycleState.COMPLETED):
        raise ActionError(_("This cycle is already: %s.") % cycle.get_state_display())
    unfinished = Review.objects.filter(cycle=cycle).exclude(state__in=[*FINISHED, ReviewState.WITHDRAWN]).count()
    if unfinished:
        words = ngettext("%d review is not finished yet.", "%d reviews are not finished yet.", unfinished)
        raise ActionError(words % unfinished)
    cycle.state = CycleState.CLOSED
    cycle.save(update_fields=["state", "updated_at"])
    events.cycle_closed(cycle, by=by)
    return cycle


def lock_cycle(cycle: ReviewCycle) -> ReviewCycle:
    """Read the cycle again under a lock that lets its reviews go on being written."""
    return ReviewCycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)


def _open_in_chunks(cycle: ReviewCycle, people: Any, *, by: Actor | None, job: Job, tell: Tell) -> int:
    """Open their reviews in chunks that commit, and tell each chunk."""
    people = people.only("manager", "org_unit", "job", "position", "hired_on").order_by("pk")
    total, done, opened, last = people.count(), 0, 0, 0
    while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
        with transaction.atomic():
            # two workers on one launch, or a late joiner in the middle of it, take turns
            locked = lock_cycle(cycle)
            _check_takes_in(locked)  # closed meanwhile, it takes in nobody any more
            reviews = _open_reviews_of(locked, chunk, by=by)
            tell(cycle, reviews)
        done, opened, last = done + len(chunk), opened + len(reviews), chunk[-1].pk
        report_progress(job, done, total)
    return opened


def _open_reviews_of(cycle: ReviewCycle, people: list[Employee], *, by: Actor | None) -> list[Review]:
    """What a locked cycle still lacks of these people's reviews."""
    have_one = set(Review.objects.filter(cycle=cycle, employee__in=people).values_list("employee_id", flat=True))
    reviews = write_rows(_review(cycle, person) for person in people if person.pk not in have_one)
    write_rows(ReviewPart(review=review, side=side) for review in reviews for side in Side)
    reviews_opened(reviews, by=by)
    return reviews


def _review(cycle: ReviewCycle, person: Employee) -> Review:
    self_due_on, manager_due_on = _due_dates(cycle, person)
    return Review(
        cycle=cycle,
        employee=person,
        reviewer_id=person.manager_id,
        manager_at_launch_id=person.manager_id,
        org_unit_id=person.org_unit_id,
        job_id=person.job_id,
        position_id=person.position_id,
        state=ReviewState.GOAL_SETTING if cycle.sets_goals else ReviewState.SELF_ASSESSMENT,
        self_due_on=self_due_on,
        manager_due_on=manager_due_on,
    )


def _due_dates(cycle: ReviewCycle, person: Employee) -> tuple[datetime.date | None, datetime.date | None]:
    """The cycle's dates; a person's own where the calendar is theirs, and for who comes when a date has passed."""
    today = timezone.localdate()
    if cycle.is_personal:
        day = day_of(cycle, person.hired_on) if person.hired_on else None
        return due_dates(cycle, day or today, today)
    own = _not_past(cycle.self_due_on, today, cycle.days_for_self)
    return own, _not_past(cycle.manager_due_on, max(own or today, today), cycle.days_for_manager)


def _not_past(due: datetime.date | None, today: datetime.date, days: int) -> datetime.date | None:
    return due if due is None or due >= today else today + datetime.timedelta(days=days)


def _check_running(cycle: ReviewCycle) -> None:
    if cycle.state not in UNFINISHED_CYCLE:
        raise ActionError(_("Only a cycle under way can take in more people."))


def _check_takes_in(cycle: ReviewCycle) -> None:
    """A cycle being launched takes in people as well."""
    if cycle.state != CycleState.LAUNCHING:
        _check_running(cycle)


def _check_ready(cycle: ReviewCycle) -> None:
    kinds = set(cycle.template.sections.values_list("kind", flat=True))
    if not kinds:
        raise ActionError(_("The template has no sections yet."), field="template")
    if cycle.is_calibrated and SectionKind.OVERALL not in kinds:
        raise ActionError(_("A calibrated cycle needs a template that asks for an overall rating."), field="template")
    values = set(cycle.scale.levels.values_list("value", flat=True))
    if len(values) < 2:
        raise ActionError(_("The rating scale needs at least two levels."), field="scale")
    if not set(cycle.guideline.values_list("value", flat=True)) <= values:
        raise ActionError(_("The guideline names a rating that the scale does not have."), field="guideline")
    check_weights(cycle.template)
    check_settings(cycle)
    if not population_of(cycle).included.exists():
        raise ActionError(_("Nobody is in the population of this cycle."), field="org_units")


def _launch_has_failed(cycle: ReviewCycle) -> bool:
    if cycle.state != CycleState.LAUNCHING or cycle.launch_job_id is None:
        return False
    return Job.objects.filter(pk=cycle.launch_job_id, state=JobState.FAILED).exists()


def _taken_out(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: fields.pop(name) for name in PEOPLE_AND_PLACES if name in fields}


def _set_relations(cycle: ReviewCycle, sets: Mapping[str, Any]) -> None:
    for name, rows in sets.items():
        getattr(cycle, name).set(rows)


def _set_guideline(cycle: ReviewCycle, guideline: Guideline) -> None:
    shares = {value: percent for value, percent in guideline.items() if percent}
    check_guideline(shares)
    cycle.guideline.all().delete()
    GuidelineShare.objects.bulk_create(
        GuidelineShare(cycle=cycle, value=value, percent=percent) for value, percent in shares.items()
    )
