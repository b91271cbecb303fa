"""Connecting somebody to Slack: found there by the address of their account, in the background."""

from typing import Any

from django.conf import settings
from django.utils import translation

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import JobActor
from hrportal.journal.models import Job
from hrportal.notices.chat import slack
from hrportal.notices.chat.actions import connect_member, email_for_slack
from hrportal.notices.models import SlackWish


def connect_slack(job: Job) -> dict[str, Any]:
    """Look up whoever asked, and connect them. A repeat finds the wish granted, or grants it."""
    wish = SlackWish.objects.select_related("employee__user").filter(job_id=job.pk).first()
    if wish is None:
        return {"connected": False}
    with translation.override(wish.employee.user.language or settings.LANGUAGE_CODE):
        return {"connected": _connect(wish, job)}


def _connect(wish: SlackWish, job: Job) -> bool:
    """No transaction is open while Slack answers."""
    try:
        email = email_for_slack(wish.employee)
        member = slack.find_member(email)
    except ActionError as refused:
        SlackWish.objects.filter(pk=wish.pk, job_id=job.pk).update(refusal=refused.message)
        raise
    return connect_member(wish, member, email, by=JobActor(job))
