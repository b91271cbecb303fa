"""What talent management came to, as it was for one reader on one day."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from hrportal.people.models import OrgUnit, User
from hrportal.people.viewer import EVERYONE, Principal, Viewer, asked_by

ALL = "*"


def reach_of(viewer: Viewer) -> str:
    """The part of the company somebody reads talent data of, as figures without a unit remember it."""
    if viewer.is_over_all:
        return ALL
    return ",".join([*sorted({*viewer.given_units, *viewer.executive_units}), f"below:{viewer.path}"])


class TalentMetricsQuerySet(models.QuerySet["TalentMetrics"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, as long as one reads what they are about: the figures hold what their reader saw, and nobody else."""
        viewer = user.viewer
        if not viewer.may_use("talent:read"):
            return self.none()
        return self.filter(self.in_reach(viewer), **asked_by(user))

    @staticmethod
    def in_reach(viewer: Viewer) -> Q:
        """About units this viewer reads talent data of; without a unit, about all of those."""
        if viewer.is_over_all:
            return EVERYONE
        units = (*viewer.given_units, *viewer.executive_units)
        return viewer.seats(units, "") | Q(org_unit=None, reach=reach_of(viewer))

    def computed(self) -> Self:
        return self.exclude(computed_at=None)

    def with_subject(self) -> Self:
        return self.select_related("org_unit")


class TalentMetrics(models.Model):
    """The figures of one unit and all below it, or of all its reader reads talent data of. `figures` holds counts, from which
    every share and interval is worked out when it is read. Computed in the background: empty until then.
    """

    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    reach = models.TextField(default=ALL)
    job_id = models.BigIntegerField(null=True, editable=False)
    figures = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)

    objects = TalentMetricsQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "talent metrics"
        indexes = [models.Index(fields=["user", "-id"], name="talent_metrics_latest")]

    def __str__(self) -> str:
        return f"{self.org_unit or ALL} ({self.asked_at:%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        return reverse("talent:metrics_detail", args=[self.pk])
