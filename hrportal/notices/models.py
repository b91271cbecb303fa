"""Notices: something waits for somebody, with the page where it is done. In the portal always, by e-mail as they like it."""

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.notices.catalogue import all_kinds, kind_of
from hrportal.notices.enums import MailRhythm
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee

# What nobody mailed within a week is old news: changing a setting must not bring up the past.
MAILED_WITHIN = datetime.timedelta(days=7)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
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
        """Unread, not mailed yet, and wanted in one of these rhythms by somebody who works here and can sign in."""
        setting = NoticeSetting.objects.filter(employee=OuterRef("employee"), kind=OuterRef("kind"))
        usual = [kind.key for kind in all_kinds() if kind.mail in rhythms]
        waiting = self.unread().filter(mailed_at=None, made_at__gte=timezone.now() - MAILED_WITHIN)
        wanted = waiting.annotate(chosen=Subquery(setting.values("mail"))).filter(
            Q(chosen__in=rhythms) | Q(chosen=None, kind__in=usual)
        )
        return wanted.filter(employee__user__is_active=True, employee__user__email__gt="").exclude(
            employee__status=EmploymentStatus.LEFT
        )


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
        return kind.said(self.words) if kind else _("A notice of a kind that is no longer sent")

    @property
    def group(self) -> str:
        """The part of the portal it comes from, in words."""
        kind = kind_of(self.kind)
        return str(kind.group) if kind else ""

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class NoticeSetting(models.Model):
    """How one person wants one kind of notice by e-mail; without a row, as the catalogue says."""

    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="notice_settings")
    kind = models.CharField(max_length=60)
    mail = models.CharField(gettext_lazy("by e-mail"), max_length=10, choices=MailRhythm)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employee", "kind"], name="one_setting_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_mail_display()}"
