"""Exits: whoever left, once for each leaving, with what was known before and what HR makes of it."""

from typing import Self

from django.db import models
from django.db.models import BooleanField, Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import LeaveReason
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import Driver
from talent.models.flight_risks import FlightRisk
from talent.models.retention_plans import RetentionPlan
from talent.models.retention_sight import retention_sight, turned_off


class ExitQuerySet(models.QuerySet["Exit"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of others in one's sight. Whether they were seen coming is unknown where flight risk is turned off."""
        return self.filter(retention_sight(user)).with_foresight()

    def with_foresight(self) -> Self:
        """With `foreseen`: what was found when they left, None where flight risk is turned off."""
        unknown = When(turned_off(), then=None)
        return self.annotate(foreseen=Case(unknown, default=F("seen_coming"), output_field=BooleanField(null=True)))

    def with_people(self) -> Self:
        return self.select_related(
            "employee__job", "employee__org_unit", "org_unit", "manager", "reviewed_by", "risk", "plan"
        )


class Exit(models.Model):
    """One leaving. What was known is found on the day the record is made and kept; HR reviews it afterwards.

    `was_strong` None: no calibrated rating was known. `seen_coming` None: flight risk was turned off for the person.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="exits")
    left_on = models.DateField(_("last day"))
    leave_reason = models.CharField(_("reason for leaving"), max_length=20, choices=LeaveReason, blank=True)
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    was_strong = models.BooleanField(null=True, blank=True)
    seen_coming = models.BooleanField(null=True, blank=True)
    risk = models.ForeignKey(FlightRisk, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    had_plan = models.BooleanField(default=False)
    plan = models.ForeignKey(RetentionPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_regretted = models.BooleanField(_("regretted"), null=True, blank=True)
    themes = models.JSONField(_("reasons"), default=list, blank=True)
    review_note = models.TextField(_("what we learn from it"), blank=True)
    reviewed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    foreseen: bool | None  # of rows read `with_foresight`

    objects = ExitQuerySet.as_manager()

    class Meta:
        ordering = ["-left_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "left_on"], name="one_exit_per_leaving"),
            models.CheckConstraint(
                condition=Q(reviewed_on=None, is_regretted=None)
                | Q(reviewed_on__isnull=False, is_regretted__isnull=False),
                name="reviewed_exit_says_whether_it_is_regretted",
            ),
        ]
        indexes = [models.Index(fields=["left_on"], name="exit_by_day")]

    def __str__(self) -> str:
        return f"{self.employee}"

    def get_absolute_url(self) -> str:
        return reverse("talent:exit_detail", args=[self.pk])

    @property
    def theme_words(self) -> list[str]:
        return [str(Driver(value).label) for value in self.themes]
