"""Computing the figures, however large the company is."""

from typing import Any

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.people.exports import reader_of
from talent.actions.metrics import JOB, compute_metrics
from talent.models import TalentMetrics


@job_kind(JOB)
def compute(job: Job) -> dict[str, Any]:
    """Measure with the eyes of whoever asked, as they are now."""
    metrics = TalentMetrics.objects.select_related("org_unit", "user").get(pk=job.params["metrics"])
    compute_metrics(
        metrics,
        by=JobActor(job),
        reader=reader_of(job, metrics.user),
        progress=lambda done, total: report_progress(job, done, total),
    )
    return {"metrics": metrics.pk}
