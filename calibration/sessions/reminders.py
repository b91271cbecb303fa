"""What calibration reminds people of, once a day."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.notices import sessions, table
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day


@every_day("calibration.reminders", _("Reminding of calibration sessions that are due"))
@transaction.atomic
def remind(job: Job) -> dict[str, Any]:
    """Tell those who lead sessions what is due, and those who are asked before one; a day that runs twice tells once."""
    today = timezone.localdate()
    return {"sessions": sessions.remind(today), "asking": table.remind(today)}
