"""Once a day: closing what was looked at again, and asking for what has become out of date since."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from talent.actions.refresh import ask_for_refresh, close_refreshed
from talent.notices.refresh import refresh_asked


@every_day("talent.mind_freshness", _("Asking for talent data that are out of date to be looked at again"))
def mind_freshness(job: Job) -> dict[str, Any]:
    """Close first, so that what was renewed is not asked for again."""
    today = timezone.localdate()
    closed = close_refreshed(today)
    asked = ask_for_refresh(today, lambda done: report_progress(job, done))
    refresh_asked(asked, day=today)
    return {"closed": closed, "asked": len(asked)}
