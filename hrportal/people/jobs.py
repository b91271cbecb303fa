"""Background work of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.actions import follow_calendar


@every_day("people.follow_calendar", _("Starts, moves and ends that are due"))
def follow_todays_calendar(job: Job) -> dict[str, Any]:
    """Let the present follow what was noted for a day that has come."""
    return {"people": follow_calendar()}
