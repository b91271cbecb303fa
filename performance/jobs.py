"""Long work of performance. Each job works in chunks that commit and are safe to repeat."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from performance.actions.cycles import open_reviews
from performance.actions.outcomes import share_reviews
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle

CHUNK = 500


@job_kind("performance.launch_cycle")
def launch_cycle(job: Job) -> dict[str, Any]:
    """Open the reviews of a cycle that was launched."""
    return open_reviews(ReviewCycle.objects.get(pk=job.params["cycle"]), by=JobActor(job), job=job)


@job_kind("performance.share_cycle")
def share_cycle(job: Job) -> dict[str, Any]:
    """Share what of a cycle is completed."""
    return {"shared": _share(Review.objects.filter(cycle=job.params["cycle"]), job)}


@every_day("performance.share_due_reviews", _("Sharing the reviews of cycles whose day has come"))
def share_due_reviews(job: Job) -> dict[str, Any]:
    """Share what is completed in cycles that share from a day on, from that day."""
    return {"shared": _share(Review.objects.filter(cycle__share_on__lte=timezone.localdate()), job)}


def _share(reviews: QuerySet[Review], job: Job) -> int:
    ids, shared = list(reviews.filter(state=ReviewState.COMPLETED).values_list("pk", flat=True)), 0
    for chunk in _chunks(ids):
        shared += share_reviews(chunk, by=JobActor(job))
        report_progress(job, shared, len(ids))
    return shared


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
