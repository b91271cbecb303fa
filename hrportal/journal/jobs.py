"""Background jobs: a row that a worker claims, works on in chunks that commit, and can take up again after a crash.

A job function is registered with `@job_kind("performance.launch_cycle")` and called with its `Job`. It reports with
`report_progress`, which also renews the lease; a job whose lease ran out is claimed again, so every chunk must be safe to repeat.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal.delivery import DATABASE_TROUBLE
from hrportal.journal.enums import JobState
from hrportal.journal.hints import hint_job
from hrportal.journal.models import Job, JobQuerySet
from hrportal.journal.recording import Actor, Identity, identity_of

logger = logging.getLogger(__name__)

JobFunction = Callable[[Job], dict[str, Any] | None]
MOST_ATTEMPTS = 5

_kinds: dict[str, JobFunction] = {}


class TryLater(Exception):
    """Raised by a job that cannot go on now (a mail server is away): it keeps its claim and is taken up again then."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"again in {after}")
        self.after = after


class JobActor:
    """The person a job works for, as the journal knows them."""

    def __init__(self, job: Job) -> None:
        self.journal_identity = Identity(job.requested_by_id, job.client_id, job.on_behalf_of_id)


def job_kind(name: str) -> Callable[[JobFunction], JobFunction]:
    """Register a function as the work of one kind of job."""

    def register(function: JobFunction) -> JobFunction:
        _kinds[name] = function
        return function

    return register


def start_job(kind: str, title: str, *, by: Actor | None, result_url: str = "", **params: Any) -> Job:
    """Put a job in the queue. `params` are JSON values; the work begins after commit."""
    identity = identity_of(by)
    job = Job.objects.create(
        kind=kind,
        title=title,
        params=params,
        result_url=result_url,
        requested_by_id=identity.actor_id,
        client_id=identity.client_id,
        on_behalf_of_id=identity.on_behalf_of_id,
    )
    hint_job()
    return job


def report_progress(job: Job, done: int, total: int | None = None) -> None:
    """Say how far a job is and keep its lease."""
    job.done = done
    job.total = job.total if total is None else total
    job.lease_until = _lease()
    job.save(update_fields=["done", "total", "lease_until"])


def run_due_jobs() -> int:
    """Run every job that waits, one after another; how many were run."""
    ran = 0
    while job := _claim():
        _run(job)
        ran += 1
    return ran


def jobs_are_due() -> bool:
    """Whether a job waits or was left by a worker that is gone."""
    return _claimable().exists()


def _claimable() -> JobQuerySet:
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    return Job.objects.filter(Q(state=JobState.QUEUED) | abandoned)


@transaction.atomic
def _claim() -> Job | None:
    skip = connection.features.has_select_for_update_skip_locked
    job = _claimable().select_for_update(skip_locked=skip).order_by("created_at", "id").first()
    if job:
        job.state, job.attempts, job.lease_until = JobState.RUNNING, job.attempts + 1, _lease()
        job.save(update_fields=["state", "attempts", "lease_until"])
    return job


def _run(job: Job) -> None:
    try:
        if job.attempts > MOST_ATTEMPTS:
            raise ActionError("given up after several interrupted attempts")
        result = _kinds[job.kind](job)
    except DATABASE_TROUBLE:
        raise  # the lease runs out and another attempt takes over
    except TryLater as later:
        job.lease_until = timezone.now() + later.after
        job.save(update_fields=["lease_until"])
    except Exception as error:
        logger.warning("job %s failed", job.pk, exc_info=error)
        _finish(job, JobState.FAILED, error=_words(error))
    else:
        _finish(job, JobState.DONE, result=result or {})


def _words(error: Exception) -> str:
    """What the person sees: an action's own words, else only the kind of failure (messages may hold what people wrote)."""
    return error.message if isinstance(error, ActionError) else type(error).__name__


def _finish(job: Job, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    job.state, job.result, job.error, job.finished_at = state, result or {}, error, timezone.now()
    job.save(update_fields=["state", "result", "error", "finished_at"])


def _lease() -> datetime:
    return timezone.now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)
