"""What a bench held on the day it was endorsed. A snapshot is written once and never changed."""

from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Readiness, SuccessorState
from talent.models.succession import SuccessionPlan, own_circle


class Written(Exception):
    """Somebody tried to change what was written once."""


class BenchSnapshotQuerySet(models.QuerySet["BenchSnapshot"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of benches one may see, but none that said something about oneself or, for a partner, those above."""
        seen = self.filter(plan__in=SuccessionPlan.objects.visible_to(user).values("pk"))
        circle = own_circle(user.viewer)
        told = SnapshotSeat.objects.filter(employee__in=circle).values("snapshot")
        return seen.exclude(incumbent__in=circle).exclude(pk__in=told)

    def update(self, **changes: Any) -> int:
        raise Written("a snapshot stays as it was endorsed")


class BenchSnapshot(models.Model):
    """A bench as it was endorsed. `content` holds what was said of the role, the seats who stood on it."""

    plan = models.ForeignKey(SuccessionPlan, on_delete=models.PROTECT, related_name="snapshots")
    plan_version = models.PositiveIntegerField()
    taken_at = models.DateTimeField(_("endorsed"), default=timezone.now)
    endorsed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incumbent = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict)
    rested_on_stale = models.JSONField(default=list, blank=True)

    objects = BenchSnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["-taken_at", "-id"]
        indexes = [models.Index(fields=["plan", "-taken_at"], name="snapshot_of_plan")]

    def __str__(self) -> str:
        return f"{self.plan} ({self.taken_at:%Y-%m-%d})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Written("a snapshot stays as it was endorsed")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("talent:snapshot_detail", args=[self.pk])


class SnapshotSeatQuerySet(models.QuerySet["SnapshotSeat"]):
    def update(self, **changes: Any) -> int:
        raise Written("a snapshot stays as it was endorsed")


class SnapshotSeat(models.Model):
    """One successor as the snapshot found them."""

    snapshot = models.ForeignKey(BenchSnapshot, on_delete=models.PROTECT, related_name="seats")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    readiness = models.CharField(max_length=20, choices=Readiness)
    emergency_cover = models.BooleanField(default=False)
    rank = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=10, choices=SuccessorState)
    assessed_on = models.DateField()

    objects = SnapshotSeatQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "employee"], name="once_in_a_snapshot")]

    def __str__(self) -> str:
        return f"{self.snapshot}: {self.employee}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Written("a snapshot stays as it was endorsed")
        super().save(*args, **kwargs)
