"""Long work of performance. Each job works in chunks that commit and are safe to repeat."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from performance.actions.cycles import UNFINISHED_CYCLE, open_missing_reviews, open_reviews
from performance.actions.deadlines import nudge_reviews, skip_late_self_assessments
from performance.actions.feedback import remind_of_feedback_requests
from performance.actions.following import launch_next_cycle
from performance.actions.goal_setting import open_writing
from performance.actions.one_to_ones import remind_of_agreed_actions
from performance.actions.outcomes import settle_cycles, share_ready
from performance.cycles.lateness import late, self_due
from performance.enums import CycleKind, CycleState, ReviewState
from performance.models import Review, ReviewCycle
from performance.notices.cycles import reviews_to_write as tell_reviewers
from performance.notices.deadlines import remind

CHUNK = 500


@job_kind("performance.launch_cycle")
def launch_cycle(job: Job) -> dict[str, Any]:
    """Open the reviews of a cycle that was launched."""
    return open_reviews(ReviewCycle.objects.get(pk=job.params["cycle"]), by=JobActor(job), job=job)


@job_kind("performance.add_missing_people")
def add_missing_people(job: Job) -> dict[str, Any]:
    """Open a review for everyone who came into the population since."""
    return open_missing_reviews(ReviewCycle.objects.get(pk=job.params["cycle"]), by=JobActor(job), job=job)


@job_kind("performance.begin_writing")
def begin_writing(job: Job) -> dict[str, Any]:
    """Let the reviews of a cycle be written whose goal-setting phase is over."""
    return {"opened": _open_writing(ReviewCycle.objects.get(pk=job.params["cycle"]), job)}


@job_kind("performance.nudge_late")
def nudge_late(job: Job) -> dict[str, Any]:
    """Ask everybody who is late in a cycle to go on."""
    reviews = Review.objects.filter(late(timezone.localdate()), cycle=job.params["cycle"])
    return {"asked": _in_chunks(reviews, job, nudge_reviews)}


@job_kind("performance.share_cycle")
def share_cycle(job: Job) -> dict[str, Any]:
    """Share what of a cycle is completed."""
    return {"shared": _share(Review.objects.filter(cycle=job.params["cycle"]), job)}


@every_day("performance.share_due_reviews", _("Sharing the reviews of cycles whose day has come"))
def share_due_reviews(job: Job) -> dict[str, Any]:
    """Share what is completed in cycles that share from a day on, from that day."""
    return {"shared": _share(Review.objects.filter(cycle__share_on__lte=timezone.localdate()), job)}


@every_day("performance.open_writing", _("Beginning to write where goals have been agreed long enough"))
def open_due_writing(job: Job) -> dict[str, Any]:
    """End the goal-setting phase of the cycles whose day of writing has come."""
    due = _running().filter(writing_opens_on__lte=timezone.localdate())
    waiting = due.filter(reviews__state=ReviewState.GOAL_SETTING).distinct()
    return {"opened": sum(_open_writing(cycle, job) for cycle in waiting)}


@every_day("performance.open_personal_reviews", _("Opening the reviews of people whose day is near"))
def open_personal_reviews(job: Job) -> dict[str, Any]:
    """Go on with the cycles that follow each person's calendar; one whose period is over is completed with its last review."""
    cycles = list(_running().exclude(kind=CycleKind.PERIOD))
    opened = sum(open_missing_reviews(cycle, by=JobActor(job), job=job)["reviews"] for cycle in cycles)
    with transaction.atomic():
        settle_cycles(cycle.pk for cycle in cycles)
    return {"opened": opened}


@every_day("performance.skip_late_self_assessments", _("Going on without late self-assessments"))
def skip_late(job: Job) -> dict[str, Any]:
    """Go on without the self-assessments that are late, in cycles that say so."""
    cycles = _running().filter(skips_late_self_assessments=True)
    reviews = Review.objects.filter(self_due(lt=timezone.localdate()), cycle__in=cycles)
    actor = JobActor(job)
    return {"skipped": _in_chunks(reviews, job, lambda ids: skip_late_self_assessments(ids, by=actor))}


@every_day("performance.remind", _("Reminding people of what is due"))
def remind_of_deadlines(job: Job) -> dict[str, Any]:
    """Tell everybody what the cycles under way want of them."""
    cycles = list(_running())
    for done, cycle in enumerate(cycles, start=1):
        with transaction.atomic():
            remind(cycle, timezone.localdate())
        report_progress(job, done, len(cycles))
    return {"cycles": len(cycles)}


@every_day("performance.launch_next_cycles", _("Launching the cycles that follow those that ended"))
def launch_next_cycles(job: Job) -> dict[str, Any]:
    """Launch what follows the repeating cycles whose period is over."""
    ended = ReviewCycle.objects.filter(repeats=True, ends_on__lt=timezone.localdate())
    over = ended.exclude(state__in=[CycleState.DRAFT, CycleState.LAUNCHING])
    launched = [launch_next_cycle(cycle, by=None) for cycle in over.order_by("pk")]
    return {"launched": len([cycle for cycle in launched if cycle])}


def _running() -> QuerySet[ReviewCycle]:
    return ReviewCycle.objects.filter(state__in=UNFINISHED_CYCLE).order_by("pk")


def _open_writing(cycle: ReviewCycle, job: Job) -> int:
    reviews = Review.objects.filter(cycle=cycle, state=ReviewState.GOAL_SETTING)
    if reviews.exists():  # told first: were it last, nobody would be after an attempt that was killed before it
        with transaction.atomic():
            tell_reviewers(cycle, reviews, occasion="writing")
    return _in_chunks(reviews, job, lambda ids: open_writing(cycle, ids, by=JobActor(job)))


@every_day("performance.remind_of_feedback_requests", _("Reminding of feedback that was asked for"))
def remind_feedback(job: Job) -> dict[str, Any]:
    """Remind of answers that are due tomorrow or today."""
    return {"reminded": remind_of_feedback_requests()}


@every_day("performance.remind_of_agreed_actions", _("Reminding of what was agreed in one-to-ones"))
def remind_actions(job: Job) -> dict[str, Any]:
    """Remind of what is due today or tomorrow."""
    return {"reminded": remind_of_agreed_actions()}


def _share(reviews: QuerySet[Review], job: Job) -> int:
    completed = reviews.filter(state=ReviewState.COMPLETED)
    return _in_chunks(completed, job, lambda ids: share_ready(ids, by=JobActor(job)))


def _in_chunks(reviews: QuerySet[Review], job: Job, act: Callable[[list[int]], int]) -> int:
    """Do it to all of them in chunks that commit; to how many it was done. What moved on meanwhile is left alone."""
    ids, changed = list(reviews.order_by("pk").values_list("pk", flat=True)), 0
    for done in range(0, len(ids), CHUNK):
        changed += act(ids[done : done + CHUNK])
        report_progress(job, min(done + CHUNK, len(ids)), len(ids))
    return changed
