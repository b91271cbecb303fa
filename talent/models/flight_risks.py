"""Flight risk: how likely somebody leaves and what that would cost, as somebody judged it on a day."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Driver, RiskLevel, RiskSource
from talent.freshness import RISK_BUDGET, Freshness, freshness
from talent.models.retention_sight import retention_sight, turned_off


class FlightRiskQuerySet(models.QuerySet["FlightRisk"]):
    def visible_to(self, user: Principal) -> Self:
        """Those about others in one's sight, except where flight risk is turned off."""
        return self.filter(retention_sight(user) & ~turned_off())

    def current(self) -> Self:
        """The one that counts for each person; earlier ones are its history."""
        return self.filter(replaced_at=None)

    def of_people_here(self) -> Self:
        """Those about people who work here now: nobody can be kept who is gone."""
        return self.filter(employee__status__in=[EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE])

    def with_people(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related("employee__job", "employee__org_unit", "assessed_by")


class FlightRisk(models.Model):
    """One assessment. It is never edited: a new one replaces it and keeps it as history.

    The fields of a computed score stay empty while a person judges. A person who judges otherwise than a score keeps
    it beside the judgement: `overrides` is the computed one, `override_reason` says why.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="flight_risks")
    version = models.PositiveSmallIntegerField(default=1)
    likelihood = models.CharField(_("likelihood of leaving"), max_length=10, choices=RiskLevel)
    impact = models.CharField(_("impact of the loss"), max_length=10, choices=RiskLevel)
    drivers = models.JSONField(_("reasons"), default=list, blank=True)
    note = models.TextField(_("what it rests on"), blank=True)
    source = models.CharField(max_length=10, choices=RiskSource, default=RiskSource.HUMAN)
    assessed_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    assessed_on = models.DateField(_("assessed on"))
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    interval_low = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    interval_high = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    method = models.CharField(max_length=60, blank=True)
    computed_on = models.DateField(null=True, blank=True)
    overrides = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    override_reason = models.TextField(_("why otherwise than computed"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = FlightRiskQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["employee"], condition=Q(replaced_at=None), name="one_current_flight_risk"),
            models.UniqueConstraint(fields=["employee", "version"], name="one_flight_risk_per_version"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__gte=0, score__lte=1), name="flight_risk_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(overrides=None) | (Q(source="human") & ~Q(override_reason="")),
                name="override_of_a_flight_risk_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(interval_low=None) | Q(interval_low__lte=F("interval_high")),
                name="flight_risk_interval_is_ordered",
            ),
        ]
        indexes = [models.Index(fields=["employee", "-assessed_on"], name="flight_risk_by_day")]

    def __str__(self) -> str:
        return f"{self.employee}"

    def get_absolute_url(self) -> str:
        return reverse("talent:retention_person", args=[self.employee_id])

    @property
    def expires_on(self) -> datetime.date:
        """The last day on which it is fresh."""
        return self.assessed_on + RISK_BUDGET

    @property
    def freshness(self) -> Freshness:
        return freshness(self.assessed_on, RISK_BUDGET, timezone.localdate())

    @property
    def is_stale(self) -> bool:
        return self.freshness == Freshness.STALE

    @property
    def reasons(self) -> list[str]:
        """The drivers, in words."""
        return [str(Driver(value).label) for value in self.drivers]
