"""What was said of role profiles over time."""

from typing import Self

from django.db import models
from django.utils import timezone

from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal


class RevisionQuerySet(models.QuerySet["RoleProfileRevision"]):
    def visible_to(self, user: Principal) -> Self:
        """What jobs ask for is everybody's to read."""
        return self if user.is_authenticated and user.viewer.may_use("talent:read") else self.none()


class RoleProfileRevision(models.Model):
    """What one job asked for from one moment on, whole: `lines` are competency, level_today, level_in_24_months and importance.

    The newest is what stands in the profile, as long as it was changed here; it is what two people who edit at once meet on.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="profile_revisions")
    version = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    changed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["job", "version"], name="one_profile_revision_per_version")]

    def __str__(self) -> str:
        return f"{self.job} {self.version}"
