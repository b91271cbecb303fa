"""Telling people. One statement for any number of notices; telling the same occasion twice tells it once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.journal.jobs import start_job
from hrportal.notices.catalogue import NoticeKind
from hrportal.notices.enums import ChatRhythm, MailRhythm
from hrportal.notices.models import ChatConnection, Notice, NoticeSetting

BATCH = 1000
MAIL_JOB = "notices.mail_at_once"
CHAT_JOB = "notices.post_to_chat"


@dataclass(frozen=True)
class Message:
    """What one person is told: `key` names the occasion (`review-12-due-2026-11-30`), `url` the page where it is done."""

    employee_id: int
    key: str
    url: str
    words: Mapping[str, str] = field(default_factory=dict)


def notify(kind: NoticeKind, messages: Iterable[Message]) -> None:
    """Tell each person. Those who have left are told nothing when mail goes out; an occasion already told stays as it is."""
    now = timezone.now()
    notices = [_notice(kind, message, made_at=now) for message in messages]
    if not notices:
        return
    Notice.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)
    if _may_be_mailed_at_once(kind):
        start_job(MAIL_JOB, _("E-mails with notices"), by=None)
    if _may_be_posted(kind):
        start_job(CHAT_JOB, _("Notices in Slack and Teams"), by=None)


def _notice(kind: NoticeKind, message: Message, **fields: object) -> Notice:
    """The row. A title that lacks one of its words fails here, where a test sees it, and not when it is read."""
    kind.said(message.words)
    return Notice(
        employee_id=message.employee_id,
        kind=kind.key,
        key=message.key,
        url=message.url,
        words=dict(message.words),
        **fields,
    )


def _may_be_mailed_at_once(kind: NoticeKind) -> bool:
    if kind.mail == MailRhythm.AT_ONCE:
        return True
    return NoticeSetting.objects.filter(kind=kind.key, mail=MailRhythm.AT_ONCE).exists()


def _may_be_posted(kind: NoticeKind) -> bool:
    if kind.is_confidential or not ChatConnection.objects.exists():
        return False
    if kind.chat == ChatRhythm.AT_ONCE:
        return True
    return NoticeSetting.objects.filter(kind=kind.key, chat=ChatRhythm.AT_ONCE).exists()
