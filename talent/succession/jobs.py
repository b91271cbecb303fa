"""Looking at all benches together, however many there are."""

from typing import Any

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.people.exports import reader_of
from talent.actions.bench_studies import JOB, compute_bench_study
from talent.models import BenchStudy

STEPS = 2


@job_kind(JOB)
def compute(job: Job) -> dict[str, Any]:
    """With the rights that whoever asked has now."""
    study = BenchStudy.objects.select_related("user").get(pk=job.params["study"])
    report_progress(job, 0, STEPS)
    compute_bench_study(
        study, by=JobActor(job), reader=reader_of(job, study.user), progress=lambda done: report_progress(job, done)
    )
    return {"study": study.pk}
