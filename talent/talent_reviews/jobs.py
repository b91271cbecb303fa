"""Long work of talent reviews. Each bite commits by itself and is safe to repeat."""

from typing import Any

from django.utils import timezone

from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from talent.actions.talent_reviews import BITE, JOB, finish_members, write_members
from talent.models import TalentReview
from talent.talent_reviews.population import members_to_be


@job_kind(JOB)
def write_review_members(job: Job) -> dict[str, Any]:
    """Write whom a review is about with the figures of today; then ask for notes, or begin the meeting. Whoever asked is
    told of a number that leaves out those they stay out of talking about."""
    review = TalentReview.objects.select_related("org_unit").get(pk=job.params["review"])
    uncounted, today = set(job.params["uncounted"]), timezone.localdate()
    people = list(members_to_be(review).order_by("pk").values_list("pk", flat=True))
    total = len(set(people) - uncounted)
    for start in range(0, len(people), BITE):
        write_members(review, people[start : start + BITE], today=today)
        report_progress(job, len(set(people[: start + BITE]) - uncounted), total)
    finish_members(review, by=JobActor(job), opens=job.params["opens"])
    return {"people": total}
