"""What a client gets every night, and what it got: whole tables for a data warehouse."""

from hashlib import sha256
from typing import Any, Self

from allauth.idp.oidc.models import Client
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.models import StoredFile
from hrportal.integrations.feeds.enums import RunState, TableFormat
from hrportal.people.enums import Role

LONGEST_KEPT = 60
# Raised when what a column means changes; a column more is no change.
SCHEMA_VERSION = 1


def reach_of(units: tuple[str, ...] | None) -> str:
    """How far a client reached, as one word: files made when it reached elsewhere are not for it any more."""
    return "all" if units is None else sha256("\n".join(units).encode()).hexdigest()


class BiExportQuerySet(models.QuerySet["BiExport"]):
    def visible_to(self, user: Any) -> Self:
        """Set up by system administrators, in person."""
        viewer = user.viewer
        is_admin = user.is_authenticated and viewer.scopes is None and viewer.has(Role.ADMIN)
        return self if is_admin else self.none()

    def due(self) -> Self:
        """Those that are on, of clients that were not revoked."""
        return self.filter(is_on=True, client__api_client__revoked_at=None, client__api_client__isnull=False)


class BiExport(models.Model):
    """The nightly export of one client: which tables, how, and for how many days a night is kept."""

    client = models.OneToOneField(Client, on_delete=models.CASCADE, related_name="+", verbose_name=_("client"))
    tables = models.JSONField(_("tables"), default=list)
    format = models.CharField(_("format"), max_length=10, choices=TableFormat, default=TableFormat.NDJSON)
    kept_days = models.PositiveSmallIntegerField(
        _("days a night is kept"), default=7, validators=[MinValueValidator(1), MaxValueValidator(LONGEST_KEPT)]
    )
    is_on = models.BooleanField(_("made every night"), default=True)
    version = models.PositiveIntegerField(default=1)

    objects = BiExportQuerySet.as_manager()

    class Meta:
        ordering = ["client__name", "id"]

    def __str__(self) -> str:
        return self.client.name

    def get_absolute_url(self) -> str:
        return reverse("bi_exports:export_detail", args=[self.pk])


class BiRunQuerySet(models.QuerySet["BiRun"]):
    def visible_to(self, user: Any) -> Self:
        """A client's own, by itself, made when it reached exactly as far as now; administrators see them without files."""
        viewer = user.viewer
        if viewer.is_client:
            return self.filter(export__client_id=user.client_id, reach=reach_of(viewer.client_units))
        return self.filter(export__in=BiExport.objects.visible_to(user).values("pk"))

    def done(self) -> Self:
        return self.filter(state=RunState.DONE)

    def with_files(self) -> Self:
        return self.prefetch_related(Prefetch("files", BiFile.objects.select_related("stored").order_by("table")))


class BiRun(models.Model):
    """One night. `as_of` is the position of the change feed up to which everything is in it."""

    export = models.ForeignKey(BiExport, on_delete=models.CASCADE, related_name="runs")
    job_id = models.BigIntegerField(null=True)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.RUNNING)
    reach = models.CharField(max_length=64)
    scopes = models.JSONField(default=list, help_text="What it was read with: fields of a row depend on them.")
    format = models.CharField(max_length=10, choices=TableFormat)
    schema_version = models.PositiveSmallIntegerField(default=SCHEMA_VERSION)
    as_of = models.BigIntegerField(null=True)
    left_out = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True)

    objects = BiRunQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.export}, {self.started_at:%Y-%m-%d}"


class BiFile(models.Model):
    """One table of one night, compressed."""

    run = models.ForeignKey(BiRun, on_delete=models.CASCADE, related_name="files")
    table = models.CharField(max_length=60)
    rows = models.PositiveIntegerField()
    columns = models.JSONField(default=list)
    stored = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "table"], name="one_file_per_table_and_night")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.table}.{self.run.format}.gz"
