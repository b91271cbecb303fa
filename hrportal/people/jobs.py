"""Background work of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.actions import follow_calendar, invite_person
from hrportal.people.models import Employee

CHUNK = 50


@every_day("people.follow_calendar", _("Starts, moves and ends that are due"))
def follow_todays_calendar(job: Job) -> dict[str, Any]:
    """Let the present follow what was noted for a day that has come."""
    return {"people": follow_calendar()}


@job_kind("people.invite_people")
def invite_people(job: Job) -> dict[str, Any]:
    """Invite everyone who has a work address and no account. Whoever was invited has one, so a repeat goes on from there."""
    waiting = list(Employee.objects.without_account().values_list("pk", flat=True))
    invited, refused, by = 0, 0, JobActor(job)
    for employee_id in waiting:
        try:
            invite_person(Employee(pk=employee_id), by=by)
            invited += 1
        except ActionError:
            refused += 1
        if (invited + refused) % CHUNK == 0:
            report_progress(job, invited + refused, len(waiting))
    report_progress(job, len(waiting), len(waiting))
    return {"invited": invited, "refused": refused}
