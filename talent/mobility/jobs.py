"""Long work of mobility."""

from typing import Any

from hrportal.journal.jobs import job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.people.exports import reader_of
from talent.actions.candidate_searches import JOB, compute_candidate_search
from talent.models import CandidateSearch


@job_kind(JOB)
def search_candidates(job: Job) -> dict[str, Any]:
    """With the rights that whoever asked has now."""
    row = CandidateSearch.objects.select_related("user").get(pk=job.params["search"])
    reader = reader_of(job, row.user)
    compute_candidate_search(row, reader=reader, report=lambda done, total: report_progress(job, done, total))
    return {"search": row.pk, "compared": row.compared}
