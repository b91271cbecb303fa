"""What the organisation will need: how many people in which job, and analyses that hold it against the skills there are."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Job, OrgUnit, User
from hrportal.people.viewer import NOBODY, Principal, Viewer, asked_by
from talent.enums import GapGrouping, ProfileDay

ALL = "*"


class ForecastQuerySet(models.QuerySet["HeadcountForecast"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of units one looks after as HR or as an executive, and those for the whole company."""
        viewer = user.viewer
        if not viewer.may_use("talent:read"):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows("") | Q(org_unit=None))
        units = units_of(viewer)
        return self.filter(viewer.seats(units, "") | Q(org_unit=None)) if units else self.filter(NOBODY)

    def with_names(self) -> Self:
        return self.select_related("job", "org_unit")


def units_of(viewer: Viewer) -> tuple[str, ...]:
    """The paths of the units a partner, an executive or a client limited to units answers for."""
    return tuple(sorted({*viewer.given_units, *viewer.executive_units}))


class HeadcountForecast(models.Model):
    """So many people will be needed in a job by a day: in one unit and all below it, or in the whole company."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", verbose_name=_("job"))
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    on = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("people needed"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        ordering = ["job__name", "on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "org_unit", "on"],
                name="one_forecast_per_unit_and_day",
                violation_error_message=_("There is a forecast for this job, unit and day already."),
            ),
            models.UniqueConstraint(
                fields=["job", "on"],
                condition=Q(org_unit=None),
                name="one_forecast_for_all_per_day",
                violation_error_message=_("There is a forecast for this job and day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.number} ({self.on})"


def reach_of(viewer: Viewer) -> str:
    """The part of the company a viewer answers for, as an analysis of it remembers it."""
    if viewer.is_over_all:
        return ALL
    line = (viewer.path,) if viewer.has(Role.EXECUTIVE) else ()
    return ",".join((*units_of(viewer), *line))


class GapAnalysisQuerySet(models.QuerySet["GapAnalysis"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, as long as one answers for what it is about: the figures hold what their reader saw, and nobody else."""
        viewer = user.viewer
        if not (viewer.may_use("talent:read") and viewer.may_use("ratings:read")):
            return self.none()
        return self.filter(reach=reach_of(viewer), **asked_by(user))

    def computed(self) -> Self:
        return self.exclude(computed_at=None)

    def with_subject(self) -> Self:
        return self.select_related("org_unit")


class GapAnalysis(models.Model):
    """The skills needed on a day beside the skills there are. `figures` holds what was counted, from which every number of
    the page is worked out when it is read; computed in the background, and empty until then.
    """

    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    until = models.DateField(_("needed on"))
    profile = models.CharField(_("role profiles"), max_length=20, choices=ProfileDay, default=ProfileDay.IN_24_MONTHS)
    group_by = models.CharField(_("by"), max_length=10, choices=GapGrouping, default=GapGrouping.UNIT)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    client_id = models.CharField(max_length=100, blank=True)
    reach = models.TextField(default=ALL)
    job_id = models.BigIntegerField(null=True, editable=False)
    figures = models.JSONField(default=dict)
    asked_at = models.DateTimeField(default=timezone.now)
    computed_at = models.DateTimeField(null=True)

    objects = GapAnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "gap analyses"
        indexes = [models.Index(fields=["user", "-id"], name="gap_analysis_latest")]

    def __str__(self) -> str:
        return f"{self.until} ({self.asked_at:%Y-%m-%d %H:%M})"

    def get_absolute_url(self) -> str:
        return reverse("talent:gap_analysis_detail", args=[self.pk])
