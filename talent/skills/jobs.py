"""Background work on skills: the organisation's gaps, and telling of certificates that end."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.exports import reader_of
from talent.actions.headcount import JOB, compute_gap_analysis
from talent.models import Certificate, GapAnalysis
from talent.notices.skills import tell_expiring
from talent.skills.organisation import measured

CHUNK = 500


@job_kind(JOB)
def compute(job: Job) -> dict[str, Any]:
    """Count with the eyes of whoever asked, as they are now."""
    analysis = GapAnalysis.objects.select_related("org_unit", "user").get(pk=job.params["analysis"])
    reader = reader_of(job, analysis.user)
    compute_gap_analysis(
        analysis,
        by=JobActor(job),
        measure=lambda row: measured(row, reader, lambda done, total: report_progress(job, done, total)),
    )
    return {"analysis": analysis.pk}


@every_day("talent.tell_expiring_certificates", _("Certificates that end soon"))
def tell_expiring_certificates(job: Job) -> dict[str, Any]:
    """Tell people and their managers of certificates that end within 90 days, of each once."""
    today, told = timezone.localdate(), 0
    while certificates := list(_not_told(today)[:CHUNK]):
        with transaction.atomic():
            tell_expiring(certificates)
            Certificate.objects.filter(pk__in=[row.pk for row in certificates]).update(told_at=timezone.now())
        told += len(certificates)
    return {"certificates": told}


def _not_told(today: Any) -> Any:
    rows = Certificate.objects.expiring(today).filter(told_at=None).order_by("pk")
    return rows.select_related("profile__employee")
