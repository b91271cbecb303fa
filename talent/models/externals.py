"""People outside of the organisation who could take a critical role: a name and what is known, no account and no file."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models.succession import SuccessionPlan


class ExternalQuerySet(models.QuerySet["ExternalSuccessor"]):
    def visible_to(self, user: Principal) -> Self:
        """Those on benches one may see."""
        return self.filter(plan__in=SuccessionPlan.objects.visible_to(user).values("pk"))

    def standing(self) -> Self:
        return self.filter(removed_at=None)


class ExternalSuccessor(models.Model):
    """Somebody from outside. They are shown beside the bench and never counted as part of it."""

    plan = models.ForeignKey(SuccessionPlan, on_delete=models.PROTECT, related_name="externals")
    name = models.CharField(_("name"), max_length=200)
    note = models.TextField(_("what is known"), blank=True)
    named_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    named_on = models.DateField(_("named on"))
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_because = models.TextField(_("why removed"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ExternalQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
