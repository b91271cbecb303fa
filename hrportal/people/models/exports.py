"""Lists that somebody took away, and the files of those that were too long to wait for."""

import datetime
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone

from hrportal.common.models import StoredFile
from hrportal.people.models.accounts import User
from hrportal.people.viewer import Principal

KEPT = datetime.timedelta(days=7)


class ListExportQuerySet(models.QuerySet["ListExport"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own; a client only what it asked for itself, whoever it acts for: its scopes may be fewer than others'."""
        viewer = user.viewer
        if viewer.scopes is not None:
            return self.filter(client_id=user.journal_identity.client_id, user_id=viewer.user_id)
        return self.filter(user_id=viewer.user_id) if viewer.user_id else self.none()

    def with_file(self) -> Self:
        """Those whose file is still kept."""
        return self.exclude(file=None).filter(made_at__gte=timezone.now() - KEPT)


class ListExport(models.Model):
    """Who took which list away, how long it was and in which format. `file` only of those made in the background."""

    list_name = models.CharField(max_length=60)
    format = models.CharField(max_length=5)
    rows = models.PositiveIntegerField(null=True)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    job_id = models.BigIntegerField(null=True)
    file = models.OneToOneField(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ListExportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("home:export_file", args=[self.pk])

    @property
    def file_name(self) -> str:
        return f"{self.list_name}.{self.format}"
