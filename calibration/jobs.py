"""Long work of calibration. Each chunk commits by itself and is safe to repeat: what is done is no longer found to do."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from calibration.actions.completion import complete_decided, decisions_in, decisions_of
from calibration.actions.strategy import JOB as STRATEGY_JOB
from calibration.actions.strategy import propose_from_strategy
from calibration.bridge.proposing import family_people
from calibration.models import CalibrationSession, Decision
from calibration.models.decisions import DecisionQuerySet
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.people.exports import reader_of
from hrportal.people.models import User
from performance.actions.outcomes import share_ready
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE
from performance.models import Review, ReviewCycle

CHUNK = 500
# Of those left out, so many are named in a job's result.
MOST_NAMED = 20


@job_kind("calibration.complete_session")
def complete_session(job: Job) -> dict[str, Any]:
    """Complete every review of a locked session, and of those under it, with its decision."""
    session = _session(job)
    return _complete(job, decisions_of(session), shares=session.cycle.shares_on_completion)


@job_kind("calibration.complete_cycle")
def complete_cycle(job: Job) -> dict[str, Any]:
    """Complete every decided review of a cycle."""
    cycle = ReviewCycle.objects.get(pk=job.params["cycle"])
    return _complete(job, decisions_in(cycle), shares=cycle.shares_on_completion)


@job_kind("calibration.share_session")
def share_session(job: Job) -> dict[str, Any]:
    """Share every completed review of a locked session, and of those under it."""
    decisions, actor = decisions_of(_session(job)), JobActor(job)

    def share(rows: list[Decision]) -> int:
        return share_ready([row.review_id for row in rows], by=actor)

    return _in_chunks(job, decisions.to_share, share, "shared", SEEN_BY_EMPLOYEE)


@job_kind(STRATEGY_JOB)
def propose_goals_from_strategy(job: Job) -> dict[str, Any]:
    """Propose goals to a family's people, for whoever asked, with the rights they have now."""
    user = User.objects.filter(pk=job.params["user"]).first() if job.params["user"] else None
    people = family_people(job.params["family"], reader_of(job, user)).values_list("pk", flat=True)

    def tell(done: int, total: int) -> None:
        report_progress(job, done, total)

    return {"proposed": propose_from_strategy(list(people), by=JobActor(job), progress=tell)}


def _session(job: Job) -> CalibrationSession:
    return CalibrationSession.objects.select_related("cycle").get(pk=job.params["session"])


def _complete(job: Job, decisions: DecisionQuerySet, *, shares: bool) -> dict[str, Any]:
    work = partial(complete_decided, by=JobActor(job), shares=shares)
    return _in_chunks(job, decisions.to_complete, work, "completed", FINISHED)


def _in_chunks(
    job: Job,
    waiting: Callable[[], DecisionQuerySet],
    work: Callable[[list[Decision]], int],
    word: str,
    reached: Iterable[str],
) -> dict[str, Any]:
    """Work through what waits, in the order of the reviews. After a crash the rest still waits and the bar goes on. What moved
    on between reading and locking is left out, and named. What whoever asked may not see is done, and neither counted nor named."""
    uncounted = set(job.params.get("uncounted", ()))
    left = waiting().exclude(review__in=uncounted).count()
    total, worked, last = job.total or left, 0, 0
    left_out: list[int] = []
    while rows := list(waiting().filter(review__gt=last).order_by("review_id")[:CHUNK]):
        done, ids = work(rows), {row.review_id for row in rows}
        moved_on = set(_elsewhere(ids, reached)) if done < len(rows) else set()
        worked, last = worked + done - len((ids & uncounted) - moved_on), rows[-1].review_id
        left_out += sorted(moved_on - uncounted)
        left -= len(ids - uncounted)
        report_progress(job, max(total - left, 0), total)
    return {word: worked} | ({"left_out": len(left_out), "reviews": left_out[:MOST_NAMED]} if left_out else {})


def _elsewhere(reviews: Iterable[int], reached: Iterable[str]) -> Iterable[int]:
    """Those of these reviews that are not where the work was to bring them."""
    return Review.objects.filter(pk__in=reviews).exclude(state__in=reached).values_list("pk", flat=True)
