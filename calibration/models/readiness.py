"""Readiness audits: what the data said on one day, to one reader."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hrportal.people.models import OrgUnit, User
from hrportal.people.viewer import EVERYONE, Principal, Viewer, asked_by
from performance.models import ReviewCycle

ALL = "*"


def reach_of(viewer: Viewer) -> str:
    """The part of the company a viewer works for as HR, as an audit of all of it remembers it."""
    return ALL if viewer.is_over_all else ",".join(sorted(viewer.given_units))


class ReadinessAuditQuerySet(models.QuerySet["ReadinessAudit"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, as long as one looks after what they are about: the figures hold what their reader saw, and nobody else."""
        viewer = user.viewer
        if not viewer.may_use("calibration:read"):
            return self.none()
        return self.filter(self.in_reach(viewer), **asked_by(user))

    @staticmethod
    def in_reach(viewer: Viewer) -> Q:
        """About units this viewer works for as HR; without a unit, about all of those."""
        if viewer.is_over_all:
            return EVERYONE
        return viewer.seats(viewer.given_units, "") | Q(org_unit=None, reach=reach_of(viewer))

    def computed(self) -> Self:
        return self.exclude(computed_at=None)

    def with_subject(self) -> Self:
        return self.select_related("cycle", "org_unit")


class ReadinessAudit(models.Model):
    """One audit of one cycle. `figures` holds numbers by question, from which every verdict is worked out when it is read,
    `reach` of whom, where no unit was named. Computed in the background: empty until then.
    """

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    reach = models.TextField(default=ALL)
    job_id = models.BigIntegerField(null=True, editable=False)
    figures = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)

    objects = ReadinessAuditQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="readiness_audit_latest")]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.asked_at:%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        return reverse("calibration:readiness_detail", args=[self.pk])
