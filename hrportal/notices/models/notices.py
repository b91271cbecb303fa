"""Notices: something waits for somebody, with the page where it is done. In the portal always, by e-mail and chat as they like it."""

import datetime
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.notices.catalogue import all_kinds, kind_of
from hrportal.notices.enums import ChatRhythm, ConnectionState, MailRhythm
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal

# What nobody mailed within a week is old news: changing a setting must not bring up the past.
MAILED_WITHIN = datetime.timedelta(days=7)
# What could not be posted for so long comes by e-mail instead.
POSTED_WITHIN = datetime.timedelta(hours=1)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, and nobody else's; to a client acting for somebody without the confidential ones."""
        viewer = user.viewer
        if not viewer.employee_id or not viewer.may_use("notices:read"):
            return self.none()
        own = self.filter(employee_id=viewer.employee_id)
        if viewer.scopes is None:
            return own
        return own.exclude(kind__in=[kind.key for kind in all_kinds() if kind.is_confidential])

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, *rhythms: MailRhythm) -> Self:
        """Not mailed yet, and wanted in one of these rhythms by somebody with an address; at once also what was meant for
        a chat and did not get there."""
        usual = [kind.key for kind in all_kinds() if kind.mail in rhythms]
        wanted = Q(chosen_mail__in=rhythms) | Q(chosen_mail=None, kind__in=usual)
        if MailRhythm.AT_ONCE in rhythms:
            wanted |= _missed_in_chat()
        return self._waiting().filter(wanted, mailed_at=None, employee__user__email__gt="")

    def to_post(self) -> Self:
        """New, and meant for a chat that takes messages."""
        is_new = Q(made_at__gte=timezone.now() - POSTED_WITHIN)
        return self._waiting().filter(
            _meant_for_chat(), is_new, employee__chat_connection__state=ConnectionState.WORKING
        )

    def missed_in_chat(self) -> Self:
        """Meant for a chat, did not get there, and not mailed either."""
        return self._waiting().filter(_missed_in_chat(), mailed_at=None, employee__user__email__gt="")

    def _waiting(self) -> Self:
        """Unread, of the last days, to somebody who works here and can sign in; with what they chose for its kind."""
        chosen = {f"chosen_{column}": _chosen(column) for column in ("mail", "chat")}
        recent = self.unread().filter(made_at__gte=timezone.now() - MAILED_WITHIN).annotate(**chosen)
        return recent.filter(employee__user__is_active=True).exclude(employee__status=EmploymentStatus.LEFT)


def _chosen(column: str) -> Subquery:
    """What the reader chose for the kind; nothing where they left it to the catalogue."""
    settings = NoticeSetting.objects.filter(employee=OuterRef("employee"), kind=OuterRef("kind"))
    return Subquery(settings.exclude(**{column: ""}).values(column))


def _meant_for_chat() -> Q:
    """Wanted in the chat their reader connected, and neither posted nor mailed instead."""
    usual = [kind.key for kind in all_kinds() if kind.chat == ChatRhythm.AT_ONCE]
    wanted = Q(chosen_chat=ChatRhythm.AT_ONCE) | Q(chosen_chat=None, kind__in=usual)
    confidential = Q(kind__in=[kind.key for kind in all_kinds() if kind.is_confidential])
    return wanted & ~confidential & Q(posted_at=None, employee__chat_connection__isnull=False)


def _missed_in_chat() -> Q:
    """Too late for it, or meant for one that takes no messages in time."""
    now = timezone.now()
    is_broken = Q(employee__chat_connection__state=ConnectionState.BROKEN)
    rests = Q(employee__chat_connection__not_before__gt=now + POSTED_WITHIN)
    return _meant_for_chat() & (Q(made_at__lt=now - POSTED_WITHIN) | is_broken | rests)


class Notice(models.Model):
    """One notice to one person. `key` names the occasion, so that the same one is told once, however often it is noticed.

    `words` fill the placeholders of the kind's title: names only, never a rating or a text.
    """

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    words = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When it was posted to a chat or mailed instead; or when a chat was connected later.",
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["employee", "kind", "key"], name="one_notice_per_occasion")]
        indexes = [
            models.Index(fields=["employee", "-made_at"], name="notice_of_employee"),
            models.Index(fields=["id"], name="notice_unmailed", condition=Q(mailed_at=None)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the reader is told, in the reader's language."""
        kind = kind_of(self.kind)
        return kind.read(self.words) if kind else _("A notice of a kind that is no longer sent")

    @property
    def group(self) -> str:
        """The part of the portal it comes from, in words."""
        kind = kind_of(self.kind)
        return str(kind.group) if kind else ""

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class NoticeSetting(models.Model):
    """How one person wants one kind of notice by e-mail and in chat; without a row, or where it is empty, as the catalogue says."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="notice_settings")
    kind = models.CharField(max_length=60)
    mail = models.CharField(gettext_lazy("by e-mail"), max_length=10, choices=MailRhythm, blank=True)
    chat = models.CharField(gettext_lazy("in chat"), max_length=10, choices=ChatRhythm, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "kind"], name="one_setting_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail or '-'}, {self.chat or '-'}"
