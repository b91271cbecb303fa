"""Notices by e-mail: one letter to a person with all that waits for them, in their language.

A notice is marked as mailed in the transaction in which the mail server takes the letter. Whatever happens before that
is undone and tried again; if the portal dies between the server's "yes" and the commit, the letter comes twice. Mail
offers nothing better, and twice is better than never.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from itertools import islice
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from hrportal.journal.jobs import TryLater, report_progress
from hrportal.journal.models import Job
from hrportal.notices.enums import MailRhythm
from hrportal.notices.models import Notice
from hrportal.people.models import User

logger = logging.getLogger(__name__)

CHUNK = 50
REFUSED_FOR_GOOD = 500
MOST_IN_ONE_LETTER = 30
# After a failure the mail server gets this long, and longer each time, before the job goes on.
REST = timedelta(minutes=2)


def mail_waiting(job: Job, *rhythms: MailRhythm) -> dict[str, Any]:
    """Mail everyone what waits for them in these rhythms. Repeating it goes on where it stopped."""
    waiting = Notice.objects.to_mail(*rhythms).order_by("employee")
    people = list(waiting.values_list("employee", flat=True).distinct())
    mailed, server = 0, get_connection()
    try:
        for start in range(0, len(people), CHUNK):
            mailed += _mail_people(people[start : start + CHUNK], rhythms, server)
            report_progress(job, start, len(people))
    except (SMTPException, OSError) as error:
        logger.warning("mail server: %s", type(error).__name__)
        raise TryLater(REST * job.attempts) from error
    finally:
        server.close()
    return {"letters": mailed}


def _mail_people(people: Sequence[int], rhythms: Sequence[MailRhythm], server: Any) -> int:
    server.open()
    users = User.objects.filter(employee__in=people).select_related("employee")
    return sum(_mail_or_leave(user, rhythms, server) for user in users)


def _mail_or_leave(user: User, rhythms: Sequence[MailRhythm], server: Any) -> bool:
    """Mail one person; whether there was anything. What their server does not take now (a full box) waits for another job."""
    try:
        return _mail_person(user, rhythms, server)
    except SMTPRecipientsRefused:
        logger.warning("the address of account %s is not served now", user.pk)
        return False


@transaction.atomic
def _mail_person(user: User, rhythms: Sequence[MailRhythm], server: Any) -> bool:
    """Claim what waits for one person and send it; whether there was anything. Another worker's claim is passed by."""
    waiting = Notice.objects.to_mail(*rhythms).filter(employee=user.employee).order_by("made_at", "id")
    notices = list(
        waiting.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked, of=("self",))
    )
    if not notices:
        return False
    taken, now = Notice.objects.filter(pk__in=[notice.pk for notice in notices]), timezone.now()
    taken.missed_in_chat().update(posted_at=now)
    taken.update(mailed_at=now)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        letter = _letter(user, notices)
    try:
        server.send_messages([letter])
    except (SMTPRecipientsRefused, SMTPDataError) as refusal:
        if not _is_for_good(refusal):
            raise
        logger.warning("the address of account %s is refused", user.pk)  # theirs alone; the notice is in the portal
    return True


def _is_for_good(refusal: SMTPRecipientsRefused | SMTPDataError) -> bool:
    """Whether this letter will never be taken. A code below 500 says: not now."""
    if isinstance(refusal, SMTPDataError):
        return int(refusal.smtp_code) >= REFUSED_FOR_GOOD
    return all(code >= REFUSED_FOR_GOOD for code, _words in refusal.recipients.values())


def _letter(user: User, notices: Sequence[Notice]) -> EmailMessage:
    context = {
        "name": user.employee and (user.employee.preferred_name or user.employee.first_name),
        "notices": [(notice.title, _address("notices:notice_open", notice.pk)) for notice in _shown(notices)],
        "more": max(0, len(notices) - MOST_IN_ONE_LETTER),
        "list": _address("notices:notice_list"),
        "settings": _address("notices:settings_edit"),
    }
    return EmailMessage(_subject(notices), render_to_string("notices/mail/notices.txt", context), to=[user.email])


def _shown(notices: Sequence[Notice]) -> list[Notice]:
    return list(islice(notices, MOST_IN_ONE_LETTER))


def _subject(notices: Sequence[Notice]) -> str:
    """The one title, or how many there are. A name with a line break in it must not become a header."""
    if len(notices) == 1:
        return " ".join(notices[0].title.split())
    return ngettext("%d notice from the people portal", "%d notices from the people portal", len(notices)) % len(
        notices
    )


def _address(route: str, *args: int) -> str:
    return f"{settings.PUBLIC_URL}{reverse(route, args=args)}"
