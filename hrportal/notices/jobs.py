"""Background work of notices: letters at once and once a day, and clearing away what was read long ago."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.enums import JobState
from hrportal.journal.jobs import job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.notices.enums import MailRhythm
from hrportal.notices.mail import mail_waiting
from hrportal.notices.models import Notice
from hrportal.notices.sending import MAIL_JOB
from hrportal.people.enums import EmploymentStatus

KEPT = timedelta(days=90)
CHUNK = 1000


@job_kind(MAIL_JOB)
def mail_at_once(job: Job) -> dict[str, Any]:
    """Mail what people want to hear at once."""
    return mail_waiting(job, MailRhythm.AT_ONCE)


@every_day("notices.mail_summaries", _("Daily summaries of notices by e-mail"))
def mail_summaries(job: Job) -> dict[str, Any]:
    """Mail everyone their daily summary, with whatever could not be mailed at once."""
    return mail_waiting(job, MailRhythm.DAILY, MailRhythm.AT_ONCE)


@every_day("notices.clear_away", _("Clearing away notices read long ago"))
def clear_away(job: Job) -> dict[str, Any]:
    """Delete what was read 90 days ago or belongs to people who left, and the finished mail jobs of that time."""
    before, cleared = timezone.now() - KEPT, 0
    read = Q(read_at__lt=before) | Q(made_at__lt=before, employee__status=EmploymentStatus.LEFT)
    while ids := list(Notice.objects.filter(read).order_by().values_list("pk", flat=True)[:CHUNK]):
        cleared += Notice.objects.filter(pk__in=ids).delete()[0]
        report_progress(job, cleared)
    Job.objects.filter(kind=MAIL_JOB, state=JobState.DONE, finished_at__lt=before).delete()
    return {"notices": cleared}
