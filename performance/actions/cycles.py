"""Review cycles from draft to closed. Launching opens a review for everyone of the population, as a job in chunks."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.common.actions import ActionError, checked
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import report_progress, start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.models import Employee, OrgUnit
from performance import events
from performance.actions.templates import copy_scale, copy_template
from performance.enums import FINISHED, CycleState, ReviewState, SectionKind, Side
from performance.models import GuidelineShare, Review, ReviewCycle, ReviewPart
from performance.population import population_of

CHUNK = 1000
EDITABLE_WHILE_OPEN = frozenset(
    {"name", "self_due_on", "manager_due_on", "calibration_due_on", "share_on", "shares_on_completion", "guideline"}
)
UNFINISHED_CYCLE = (CycleState.OPEN, CycleState.CALIBRATION)
Guideline = Mapping[int, int]


@transaction.atomic
def create_cycle(
    *, by: Actor | None, org_units: Iterable[OrgUnit] = (), guideline: Guideline | None = None, **fields: Any
) -> ReviewCycle:
    """Draft a cycle. `guideline` maps a rating's value to the per cent expected there."""
    cycle = checked(ReviewCycle(**fields))
    cycle.save()
    cycle.org_units.set(org_units)
    _set_guideline(cycle, guideline or {})
    events.cycle_created(cycle, by=by)
    return cycle


@transaction.atomic
def edit_cycle(cycle: ReviewCycle, *, by: Actor | None, **fields: Any) -> ReviewCycle:
    """Change what is named. Once reviews exist, only dates, name, sharing and guideline can still change."""
    cycle = lock_cycle(cycle)
    if cycle.state == CycleState.CLOSED:
        raise ActionError(_("This cycle is closed."))
    fixed = sorted(set(fields) - EDITABLE_WHILE_OPEN)
    if cycle.state != CycleState.DRAFT and fixed:
        raise ActionError(_("This was settled when the cycle was launched."), field=fixed[0])
    org_units, guideline = fields.pop("org_units", None), fields.pop("guideline", None)
    for name, value in fields.items():
        setattr(cycle, name, value)
    checked(cycle).save()
    if org_units is not None:
        cycle.org_units.set(org_units)
    if guideline is not None:
        _set_guideline(cycle, guideline)
    events.cycle_edited(cycle, by=by)
    return cycle


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
    people = population_of(cycle).included.order_by("pk")
    total, done, last = people.count(), 0, 0
    while chunk := list(people.filter(pk__gt=last)[:CHUNK]):
        with transaction.atomic():
            lock_cycle(cycle)  # two workers on one launch, or a late joiner in the middle of it, take turns
            _open_reviews_of(cycle, chunk, by=by)
        done, last = done + len(chunk), chunk[-1].pk
        report_progress(job, done, total)
    ReviewCycle.objects.filter(pk=cycle.pk, state=CycleState.LAUNCHING).update(
        state=CycleState.OPEN, updated_at=timezone.now()
    )
    return {"reviews": done, "without_reviewer": Review.objects.filter(cycle=cycle).without_writer().count()}


@transaction.atomic
def add_late_joiner(cycle: ReviewCycle, employee: Employee, *, by: Actor | None) -> Review:
    """Open one more review in a cycle under way."""
    cycle = lock_cycle(cycle)
    if cycle.state not in UNFINISHED_CYCLE:
        raise ActionError(_("Only a cycle under way can take in more people."))
    if not Employee.objects.employed().filter(pk=employee.pk).exists():
        raise ActionError(_("%s does not work here now.") % employee.name, field="employee")
    opened = _open_reviews_of(cycle, [employee], by=by)
    if not opened:
        raise ActionError(_("%s already has a review in this cycle.") % employee.name, field="employee")
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


def _open_reviews_of(cycle: ReviewCycle, people: list[Employee], *, by: Actor | None) -> list[Review]:
    """What a locked cycle still lacks of these people's reviews."""
    have_one = set(Review.objects.filter(cycle=cycle, employee__in=people).values_list("employee_id", flat=True))
    reviews = Review.objects.bulk_create(_review(cycle, person) for person in people if person.pk not in have_one)
    ReviewPart.objects.bulk_create(ReviewPart(review=review, side=side) for review in reviews for side in Side)
    events.reviews_opened(reviews, by=by)
    return reviews


def _review(cycle: ReviewCycle, person: Employee) -> Review:
    return Review(
        cycle=cycle,
        employee=person,
        reviewer_id=person.manager_id,
        manager_at_launch_id=person.manager_id,
        org_unit_id=person.org_unit_id,
        job_id=person.job_id,
        position_id=person.position_id,
    )


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
    if not population_of(cycle).included.exists():
        raise ActionError(_("Nobody is in the population of this cycle."), field="org_units")


def _launch_has_failed(cycle: ReviewCycle) -> bool:
    if cycle.state != CycleState.LAUNCHING or cycle.launch_job_id is None:
        return False
    return Job.objects.filter(pk=cycle.launch_job_id, state=JobState.FAILED).exists()


def _set_guideline(cycle: ReviewCycle, guideline: Guideline) -> None:
    shares = {value: percent for value, percent in guideline.items() if percent}
    check_guideline(shares)
    cycle.guideline.all().delete()
    GuidelineShare.objects.bulk_create(
        GuidelineShare(cycle=cycle, value=value, percent=percent) for value, percent in shares.items()
    )
