"""Computing an audit, however many people it is about."""

from typing import Any

from calibration.actions.readiness import JOB, compute_readiness_audit
from calibration.models import ReadinessAudit
from calibration.readiness.audit import STEPS
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.people.exports import reader_of


@job_kind(JOB)
def compute(job: Job) -> dict[str, Any]:
    """Measure with the eyes of whoever asked, as they are now."""
    audit = ReadinessAudit.objects.select_related("cycle__template", "org_unit", "user").get(pk=job.params["audit"])
    report_progress(job, 0, len(STEPS))
    compute_readiness_audit(
        audit, by=JobActor(job), reader=reader_of(job, audit.user), progress=lambda done: report_progress(job, done)
    )
    return {"audit": audit.pk}
