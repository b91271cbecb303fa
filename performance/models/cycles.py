"""Review cycles: a period, a population, a template, a scale, steps with due dates."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import OrgUnit
from performance.enums import CycleState
from performance.models.templates import RatingScale, ReviewTemplate


class CycleQuerySet(models.QuerySet["ReviewCycle"]):
    def visible_to(self, user: Any) -> Self:
        """HR sees every cycle; others those under way or past, which their reviews belong to."""
        if user.viewer.is_client:
            return self if user.viewer.may_use("reviews:read") else self.none()
        if not user.is_authenticated or not user.viewer.may_use("reviews:read"):
            return self.none()
        return self if user.viewer.is_hr else self.exclude(state=CycleState.DRAFT)


class ReviewCycle(models.Model):
    """One round of reviews. After launch `template` and `scale` are copies of its own."""

    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("period starts"))
    ends_on = models.DateField(_("period ends"))
    state = models.CharField(_("state"), max_length=20, choices=CycleState, default=CycleState.DRAFT)
    template = models.ForeignKey(ReviewTemplate, on_delete=models.PROTECT, related_name="cycles")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="cycles")
    org_units = models.ManyToManyField(
        OrgUnit, blank=True, related_name="+", verbose_name=_("units"), help_text=_("Leave empty for everyone.")
    )
    hired_until = models.DateField(
        _("hired until"), null=True, blank=True, help_text=_("Who joined later is not reviewed in this cycle.")
    )
    is_calibrated = models.BooleanField(
        _("calibrated"), default=True, help_text=_("Ratings are calibrated across managers before they are final.")
    )
    needs_second_approval = models.BooleanField(_("second approval"), default=False)
    shares_on_completion = models.BooleanField(
        _("share on completion"), default=True, help_text=_("Employees see their review as soon as it is completed.")
    )
    self_due_on = models.DateField(_("self-assessments due"), null=True, blank=True)
    manager_due_on = models.DateField(_("manager reviews due"), null=True, blank=True)
    calibration_due_on = models.DateField(_("calibration due"), null=True, blank=True)
    share_on = models.DateField(_("shared on"), null=True, blank=True)
    launched_at = models.DateTimeField(null=True, blank=True, editable=False)
    launch_job_id = models.BigIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cycle_ends_after_start",
                violation_error_message=_("The period cannot end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["name"], name="one_cycle_per_name", violation_error_message=_("Another cycle has this name.")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GuidelineShare(models.Model):
    """The share of ratings a guideline expects at one value: a guide on the calibration board, never a quota."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE, related_name="guideline")
    value = models.SmallIntegerField()
    percent = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "value"], name="one_share_per_value"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="share_at_most_all"),
        ]

    def __str__(self) -> str:
        return f"{self.value}: {self.percent} %"
