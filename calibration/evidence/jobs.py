"""When figures are computed: as a session opens, some time after what they rest on changed, every night, and when HR asks."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.actions.evidence import COMPUTE_JOB, compute_evidence, mark_stale
from calibration.enums import SessionState
from calibration.evidence.store import newest_run
from calibration.models import CalibrationSession
from hrportal.journal.jobs import JobActor, TryLater, job_kind, report_progress
from hrportal.journal.models import Fact, Job
from hrportal.journal.schedule import every_day
from hrportal.journal.subscribers import subscribe
from performance.models import Review, ReviewCycle

# Ten thousand check-ins of an evening are one computation every ten minutes, not ten thousand.
PAUSE = datetime.timedelta(minutes=10)

SUBSCRIBER = "calibration.evidence_stale"
ABOUT_SESSIONS = ("calibration.session_opened", "calibration.session_filled")
ABOUT_REVIEWS = (
    "performance.review_submitted",
    "performance.review_approved",
    "performance.review_returned",
    "performance.review_withdrawn",
    "performance.review_restored",
    "performance.review_reassigned",
    "performance.review_reopened",
)
ABOUT_PEOPLE = ("performance.goal_checked_in", "performance.objective_closed", "performance.round_closed")


def connect() -> None:
    """Begin to listen."""
    for topic in (*ABOUT_SESSIONS, *ABOUT_REVIEWS, *ABOUT_PEOPLE):
        subscribe(topic, SUBSCRIBER, note_changes)


def note_changes(facts: Sequence[Fact]) -> None:
    """Mark the cycles whose figures these facts concern, as far as somebody sits around a table about them now."""
    sessions = {fact.subject_id for fact in facts if fact.topic in ABOUT_SESSIONS}
    reviews = {fact.subject_id for fact in facts if fact.topic in ABOUT_REVIEWS}
    people = {fact.person_id for fact in facts if fact.topic in ABOUT_PEOPLE} - {None}
    calibrating = CalibrationSession.objects.filter(state=SessionState.OPEN).order_by()
    concerned = set(calibrating.filter(pk__in=sessions).values_list("cycle", flat=True))
    under_way = Review.objects.filter(cycle__in=calibrating.values("cycle")).order_by()
    for rows in (under_way.filter(pk__in=reviews), under_way.filter(employee__in=people)):
        concerned |= set(rows.values_list("cycle", flat=True).distinct())
    mark_stale(concerned)


@job_kind(COMPUTE_JOB)
def compute_cycle(job: Job) -> dict[str, Any]:
    """The figures of one cycle."""
    cycle = ReviewCycle.objects.get(pk=job.params["cycle"])
    if job.params.get("waits"):
        _pause(cycle)
    run = compute_evidence(cycle, by=JobActor(job))
    return {"managers": run.managers if run else 0}


@every_day("calibration.compute_evidence_daily", _("Computing figures for calibration"))
def compute_all(job: Job) -> dict[str, Any]:
    """The figures of every cycle that is being calibrated; a day's measurements and rounds are in them whoever noted what."""
    calibrating = CalibrationSession.objects.filter(state=SessionState.OPEN).order_by()
    cycles = list(ReviewCycle.objects.filter(pk__in=calibrating.values("cycle")).order_by("pk"))
    for done, cycle in enumerate(cycles, start=1):
        compute_evidence(cycle, by=JobActor(job))
        report_progress(job, done, len(cycles))
    return {"cycles": len(cycles)}


def _pause(cycle: ReviewCycle) -> None:
    run = newest_run(cycle)
    if run and (wait := run.computed_at + PAUSE - timezone.now()) > datetime.timedelta(0):
        raise TryLater(wait)
