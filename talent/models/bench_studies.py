"""All benches of one reader looked at together, on one day. Computed in the background and kept."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from hrportal.people.models import User
from hrportal.people.viewer import Principal, asked_by


class BenchStudyQuerySet(models.QuerySet["BenchStudy"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own: the figures hold what their reader saw, and nobody else. Whether they still may see all of it is asked
        when it is read (`talent.succession.together.read_study`)."""
        if not user.viewer.may_use("succession:read"):
            return self.none()
        return self.filter(**asked_by(user))

    def computed(self) -> Self:
        return self.exclude(computed_at=None)


class BenchStudy(models.Model):
    """`figures` hold ids and numbers only; names are read again with the rights of the day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    job_id = models.BigIntegerField(null=True, editable=False)
    figures = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)

    objects = BenchStudyQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "bench studies"
        indexes = [models.Index(fields=["user", "-id"], name="bench_study_latest")]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("talent:benches_together")
