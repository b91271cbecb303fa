"""Long work of rewards: safe to repeat, because a repeat writes the same rows."""

from functools import partial
from typing import Any

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from talent.actions.rewards import JOB, recommend_merit
from talent.enums import RewardState
from talent.models import RewardCycle


@job_kind(JOB)
def recommend(job: Job) -> dict[str, Any]:
    """Compute what a round recommends."""
    cycle = RewardCycle.objects.select_related("org_unit").get(pk=job.params["cycle"])
    if cycle.state != RewardState.COMPUTING:
        return {}
    progress = partial(report_progress, job)
    count = recommend_merit(cycle, by=JobActor(job), progress=progress, uncounted=job.params.get("uncounted"))
    return {"recommended": count}
