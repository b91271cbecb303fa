"""What came in from an HRIS, and when."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role


class EmployeeImportQuerySet(models.QuerySet["EmployeeImport"]):
    def visible_to(self, user: Any) -> Self:
        """Imports are read by those who look after the data: system administrators and HR leaders."""
        return self if user.viewer.has(Role.ADMIN, Role.HR_LEADER) else self.none()


class EmployeeImport(models.Model):
    """One file of employees taken in, and how many people it concerned. It holds counts, not contents."""

    source = models.CharField(_("source system"), max_length=50, blank=True)
    file_name = models.CharField(_("file"), max_length=255)
    effective_on = models.DateField(_("effective on"))
    created = models.PositiveIntegerField(_("hired"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    ended = models.PositiveIntegerField(_("left"), default=0)
    refused = models.PositiveIntegerField(_("rows refused"), default=0)
    finished_at = models.DateTimeField(_("finished"), default=timezone.now)

    objects = EmployeeImportQuerySet.as_manager()

    class Meta:
        ordering = ["-finished_at", "-id"]
        verbose_name = _("employee import")
        verbose_name_plural = _("employee imports")

    def __str__(self) -> str:
        return self.file_name
