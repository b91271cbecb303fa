"""Long work of calibration. Each chunk commits by itself and is safe to repeat: what is done is no longer found to do."""

from collections.abc import Callable
from functools import partial
from typing import Any

from calibration.actions.completion import complete_decided
from calibration.models import CalibrationSession, Decision
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from performance.actions import share_reviews

CHUNK = 500


@job_kind("calibration.complete_session")
def complete_session(job: Job) -> dict[str, Any]:
    """Complete every review of a locked session with its decision."""
    session = _session(job)
    work = partial(complete_decided, by=JobActor(job), shares=session.cycle.shares_on_completion)
    return {"completed": _in_chunks(job, session.decisions.to_complete, work)}


@job_kind("calibration.share_session")
def share_session(job: Job) -> dict[str, Any]:
    """Share every completed review of a locked session."""
    session, actor = _session(job), JobActor(job)

    def share(decisions: list[Decision]) -> int:
        return share_reviews([decision.review_id for decision in decisions], by=actor)

    return {"shared": _in_chunks(job, session.decisions.to_share, share)}


def _session(job: Job) -> CalibrationSession:
    return CalibrationSession.objects.select_related("cycle").get(pk=job.params["session"])


def _in_chunks(job: Job, waiting: Callable[[], Any], work: Callable[[list[Decision]], int]) -> int:
    """Work through what waits, in the order of the reviews. After a crash the rest still waits and the bar goes on."""
    left = waiting().count()
    total = job.total or left
    while decisions := list(waiting().order_by("review")[:CHUNK]):
        work(decisions)
        left -= len(decisions)
        report_progress(job, max(total - left, 0), total)
    return total
