"""What people do with their notices. Reading and choosing are one's own affair, so the journal keeps no facts of them."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.notices.catalogue import kind_of
from hrportal.notices.enums import MailRhythm
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
def choose_mail(
    employee: Employee, chosen: Mapping[str, str], *, account: User | None = None, language: str = ""
) -> None:
    """Keep how somebody wants kinds of notices by e-mail. What is as the catalogue says needs no row."""
    for key, mail in chosen.items():
        kind = kind_of(key)
        if kind is None or mail not in MailRhythm.values:
            raise ActionError(_("There is no such kind of notice, or no such rhythm."), field=key)
        if mail == kind.mail:
            NoticeSetting.objects.filter(employee=employee, kind=key).delete()
        else:
            NoticeSetting.objects.update_or_create(employee=employee, kind=key, defaults={"mail": mail})
    if account and language:
        User.objects.filter(pk=account.pk).update(language=language)
