"""What people do with their notices. Reading and choosing are one's own affair, so the journal keeps no facts of them."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.notices.catalogue import NoticeKind, all_kinds, kind_of
from hrportal.notices.chat.actions import leave_the_past
from hrportal.notices.enums import ChatRhythm, MailRhythm
from hrportal.notices.models import Notice, NoticeQuerySet, NoticeSetting
from hrportal.people.models import Employee, User


def read_notice(notice: Notice) -> Notice:
    """Note that it was read; when it was read first stays."""
    Notice.objects.unread().filter(pk=notice.pk).update(read_at=timezone.now())
    notice.refresh_from_db(fields=["read_at"])
    return notice


def read_all(notices: NoticeQuerySet) -> int:
    """Note that these were read; how many were not before."""
    return notices.unread().update(read_at=timezone.now())


@transaction.atomic
def choose(
    employee: Employee,
    *,
    mail: Mapping[str, str] | None = None,
    chat: Mapping[str, str] | None = None,
    account: User | None = None,
    language: str = "",
) -> None:
    """Keep how somebody wants kinds of notices by e-mail and in chat. What is as the catalogue says needs no row."""
    mail, chat = mail or {}, chat or {}
    Employee.objects.select_for_update(of=("self",)).get(pk=employee.pk)
    kept = {row.kind: row for row in NoticeSetting.objects.filter(employee=employee)}
    begun = {key for key, rhythm in chat.items() if rhythm == ChatRhythm.AT_ONCE} - _in_chat(kept)
    for key in [*mail, *chat]:
        kept.setdefault(key, NoticeSetting(employee=employee, kind=key))
    for key, rhythm in mail.items():
        kept[key].mail = _unless_usual(rhythm, _kind(key, rhythm in MailRhythm.values).mail)
    for key, rhythm in chat.items():
        kept[key].chat = _unless_usual(rhythm, _kind(key, rhythm in ChatRhythm.values, chat=rhythm).chat)
    _keep(employee, kept.values())
    if begun:
        leave_the_past(employee, kind__in=begun)
    if account and language:
        User.objects.filter(pk=account.pk).update(language=language)


def _in_chat(kept: Mapping[str, NoticeSetting]) -> set[str]:
    """The kinds that came to chat before the choice."""
    chosen = {key: row.chat for key, row in kept.items() if row.chat}
    return {kind.key for kind in all_kinds() if chosen.get(kind.key, kind.chat) == ChatRhythm.AT_ONCE}


def _kind(key: str, exists: bool, *, chat: str = "") -> NoticeKind:
    kind = kind_of(key)
    if kind is None or not exists:
        raise ActionError(_("There is no such kind of notice, or no such rhythm."), field=key)
    if kind.is_confidential and chat == ChatRhythm.AT_ONCE:
        raise ActionError(_("This kind of notice is confidential and never comes to a chat."), field=key)
    return kind


def _unless_usual(rhythm: str, usual: str) -> str:
    return "" if rhythm == usual else rhythm


def _keep(employee: Employee, settings: Iterable[NoticeSetting]) -> None:
    """Store the rows that say something, in place of all before."""
    said = [row for row in settings if row.mail or row.chat]
    NoticeSetting.objects.filter(employee=employee).delete()
    NoticeSetting.objects.bulk_create(
        NoticeSetting(employee=employee, kind=row.kind, mail=row.mail, chat=row.chat) for row in said
    )
