"""Managers who were named before they were known."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import EmploymentStatus, ManagerKey
from hrportal.people.models.employees import Employee
from hrportal.people.models.imports import sees_imports
from hrportal.people.viewer import Principal


class PendingManagerQuerySet(models.QuerySet["PendingManager"]):
    def visible_to(self, user: Principal) -> Self:
        """Who waits for whom concerns those who take people in."""
        return self.filter(employee__in=Employee.objects.visible_to(user)) if sees_imports(user) else self.none()

    def of_those_here(self) -> Self:
        """Of people who have not left meanwhile."""
        return self.exclude(employee__status=EmploymentStatus.LEFT)


class PendingManager(models.Model):
    """Somebody's manager, named by a key that nobody has yet. They are joined as soon as somebody has it."""

    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="pending_manager")
    key = models.CharField(_("named by"), max_length=20, choices=ManagerKey)
    source = models.CharField(_("source system"), max_length=50, blank=True)
    value = models.CharField(_("named as"), max_length=254)
    starts_on = models.DateField(_("from"), help_text="From this day on they report to whoever it is.")
    # Why it could not be, if somebody has the key by now: they would stand above themselves, say.
    problem = models.TextField(_("problem"), blank=True)
    noted_at = models.DateTimeField(default=timezone.now)

    objects = PendingManagerQuerySet.as_manager()

    class Meta:
        verbose_name = _("pending manager")
        verbose_name_plural = _("pending managers")
        indexes = [models.Index(fields=["key", "value"], name="pending_manager_key")]

    def __str__(self) -> str:
        return f"{self.employee_id} waits for {self.value}"
