"""Certificates: what somebody was attested by others outside, until when, and the level it stands for."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import HIGHEST, LOWEST, level_field
from hrportal.people.viewer import Principal
from talent.models.profiles import TalentProfile

# How long before its end a certificate is called expiring.
EXPIRES_SOON = datetime.timedelta(days=90)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own; others' with their talent profile. It may hold a level, which is a rating like any other."""
        viewer = user.viewer
        if not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("profile__employee__"))
        profiles = TalentProfile.objects.visible_to(user).values("pk")
        return self.filter(viewer.oneself("profile__employee__") | Q(profile__in=profiles))

    def standing(self) -> Self:
        """Without those that were withdrawn."""
        return self.filter(withdrawn_at=None)

    def expiring(self, today: datetime.date) -> Self:
        """Those that end within 90 days and have not ended yet."""
        return self.standing().filter(expires_on__range=(today, today + EXPIRES_SOON))

    def with_names(self) -> Self:
        return self.select_related("profile__employee__org_unit", "competency", "recorded_by", "verified_by")


class Certificate(models.Model):
    """What somebody holds. Once a manager or HR has verified it, the level it stands for enters the skills inventory."""

    profile = models.ForeignKey(TalentProfile, on_delete=models.PROTECT, related_name="certificates")
    name = models.CharField(_("name"), max_length=200)
    issuer = models.CharField(_("issued by"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    level = level_field(verbose_name=_("level"), null=True, blank=True)
    evidence_url = models.URLField(_("link"), max_length=500, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    recorded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    verified_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    verified_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(_("reason"), max_length=300, blank=True)
    told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["expires_on", "name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="certificate_ends_after_it_began",
                violation_error_message=_("It cannot expire before it was issued."),
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(LOWEST, HIGHEST)) & Q(competency__isnull=False),
                name="certificate_level_of_a_competency",
                violation_error_message=_("A level needs the competency it is a level of."),
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="certificate_expires")]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """By what name the skills inventory knows it."""
        return f"talent.certificate:{self.pk}"

    @property
    def is_standing(self) -> bool:
        return self.withdrawn_at is None
