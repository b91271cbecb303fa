"""Data that somebody is asked to look at again."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Datum, OpenTopic
from talent.models.retention_sight import retention_sight, turned_off
from talent.models.sight import others_talent
from talent.models.succession import SuccessionPlan


class RefreshTaskQuerySet(models.QuerySet["RefreshTask"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own and HR's for whom HR looks after, as long as one may read the datum itself; never one about oneself."""
        viewer = user.viewer
        plans = SuccessionPlan.objects.visible_to(user).order_by().values("pk")
        seen = Q(kind=Datum.SUCCESSION, plan__in=plans)
        seen |= Q(kind=Datum.POTENTIAL) & others_talent(user, OpenTopic.POTENTIAL, "potential:read")
        seen |= Q(kind=Datum.FLIGHT_RISK) & retention_sight(user) & ~turned_off()
        if viewer.is_client or viewer.is_hr:
            return self.filter(seen)
        return self.filter(seen, owner=viewer.employee_id) if viewer.employee_id else self.none()

    def open(self) -> Self:
        return self.filter(done_at=None)

    def with_subject(self) -> Self:
        """With all that a line shows."""
        return self.select_related("employee__org_unit", "plan__position__org_unit", "owner")


class RefreshTask(models.Model):
    """One datum past its budget, about a person or a bench, and who is asked to look at it again. Closed by itself once it
    is fresh again."""

    kind = models.CharField(_("what"), max_length=20, choices=Datum)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    plan = models.ForeignKey(SuccessionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who is asked")
    )
    data_from = models.DateField(_("last looked at"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RefreshTaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "employee"], condition=Q(done_at=None, plan=None), name="one_open_refresh_per_datum"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(done_at=None, plan__isnull=False), name="one_open_refresh_per_bench"
            ),
            models.CheckConstraint(
                condition=Q(employee=None, plan__isnull=False) | Q(employee__isnull=False, plan=None),
                name="refresh_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(owner=models.F("employee")) | Q(owner=None) | Q(employee=None),
                name="nobody_refreshes_themselves",
            ),
        ]
        indexes = [models.Index(fields=["owner", "done_at"], name="refresh_owner")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.employee or self.plan}"
