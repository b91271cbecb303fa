"""A plan of ninety days for a successor: what is developed is in their development plan, why it is there only here."""

import uuid
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models.succession import Successor


class NinetyDayPlanQuerySet(models.QuerySet["NinetyDayPlan"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of successors one may see."""
        return self.filter(successor__in=Successor.objects.visible_to(user).values("pk"))


class NinetyDayPlan(models.Model):
    """Opened once for a place on a bench. Its items are found by their source, which tells nobody anything."""

    successor = models.ForeignKey(Successor, on_delete=models.PROTECT, related_name="ninety_day_plans")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("starts on"))
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = NinetyDayPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]

    def __str__(self) -> str:
        return f"{self.successor}"

    @property
    def source_stem(self) -> str:
        """What the sources of its items begin with."""
        return f"talent.plan:{self.token.hex}:"
