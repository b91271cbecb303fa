"""Background work of notices: letters and chat at once, letters once a day, and clearing away what is over."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.enums import JobState
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.notices.chat import slack
from hrportal.notices.chat.actions import CONNECT_JOB, MEND_JOB, MEND_TITLE, TEST_JOB, mend_refused
from hrportal.notices.chat.connecting import connect_slack
from hrportal.notices.chat.posting import post_sample, post_waiting
from hrportal.notices.enums import MailRhythm
from hrportal.notices.mail import mail_waiting
from hrportal.notices.models import ChatConnection, Notice, SlackWish
from hrportal.notices.sending import CHAT_JOB, MAIL_JOB
from hrportal.people.enums import EmploymentStatus

KEPT = timedelta(days=90)
CHUNK = 1000

job_kind(CHAT_JOB)(post_waiting)
job_kind(TEST_JOB)(post_sample)
job_kind(CONNECT_JOB)(connect_slack)


@job_kind(MAIL_JOB)
def mail_at_once(job: Job) -> dict[str, Any]:
    """Mail what people want to hear at once."""
    return mail_waiting(job, MailRhythm.AT_ONCE)


@every_day("notices.mail_summaries", _("Daily summaries of notices by e-mail"))
def mail_summaries(job: Job) -> dict[str, Any]:
    """Mail everyone their daily summary, with whatever could not be mailed at once."""
    return mail_waiting(job, MailRhythm.DAILY, MailRhythm.AT_ONCE)


@every_day(MEND_JOB, MEND_TITLE)
def mend_chat(job: Job) -> dict[str, Any]:
    """Let people have their connections again, once Slack accepts the portal."""
    broken = list(ChatConnection.objects.refused_by_slack().order_by("pk").values_list("pk", flat=True))
    if not broken or not slack.accepts_portal():
        return {"mended": 0}
    for number, pk in enumerate(broken, 1):
        mend_refused(pk, by=JobActor(job))
        report_progress(job, number, len(broken))
    return {"mended": len(broken)}


@every_day("notices.clear_away", _("Clearing away notices read long ago"))
def clear_away(job: Job) -> dict[str, Any]:
    """Delete what was read 90 days ago or belongs to people who left, finished jobs of that time, and chats of people who left."""
    before, cleared = timezone.now() - KEPT, 0
    read = Q(read_at__lt=before) | Q(made_at__lt=before, employee__status=EmploymentStatus.LEFT)
    while ids := list(Notice.objects.filter(read).order_by().values_list("pk", flat=True)[:CHUNK]):
        cleared += Notice.objects.filter(pk__in=ids).delete()[0]
        report_progress(job, cleared)
    sent = Job.objects.filter(kind__in=[MAIL_JOB, CHAT_JOB, TEST_JOB, CONNECT_JOB], state=JobState.DONE)
    sent.filter(finished_at__lt=before).delete()
    for chats in (ChatConnection, SlackWish):
        chats.objects.filter(employee__status=EmploymentStatus.LEFT).delete()
    return {"notices": cleared}
