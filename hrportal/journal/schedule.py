"""What happens once a day. The day's job is a row with a unique key, so any number of clocks start it once."""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from hrportal.journal.jobs import JobFunction, job_kind
from hrportal.journal.models import Job

_daily: dict[str, Any] = {}
_started: set[tuple[str, datetime.date]] = set()


def every_day(kind: str, title: Any) -> Callable[[JobFunction], JobFunction]:
    """Register a function as a job of this kind that is started once a day. The title is what the job is called."""

    def register(function: JobFunction) -> JobFunction:
        _daily[kind] = title
        return job_kind(kind)(function)

    return register


def start_daily_jobs() -> None:
    """Queue today's jobs that are not queued yet. Costs nothing once this process has seen the day."""
    today = timezone.localdate()
    due = [kind for kind in _daily if (kind, today) not in _started]
    if not due:
        return
    Job.objects.bulk_create(
        (Job(kind=kind, title=str(_daily[kind]), scheduled_for=today) for kind in due), ignore_conflicts=True
    )
    _started.update((kind, today) for kind in due)
