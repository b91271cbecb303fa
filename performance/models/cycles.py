"""Review cycles: a period, a population, a template, a scale, steps with due dates."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from performance.enums import CycleKind, CycleState, ManagerChangeRule, UnratedParts
from performance.models.templates import RatingScale, ReviewTemplate


class CycleQuerySet(models.QuerySet["ReviewCycle"]):
    def visible_to(self, user: Principal) -> Self:
        """HR sees every cycle; others those under way or past, which their reviews belong to."""
        if user.viewer.is_client:
            return self if user.viewer.may_use("reviews:read") else self.none()
        if not user.is_authenticated or not user.viewer.may_use("reviews:read"):
            return self.none()
        return self if user.viewer.is_hr else self.exclude(state=CycleState.DRAFT)


class ReviewCycle(models.Model):
    """One round of reviews. After launch `template` and `scale` are copies of its own."""

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("calendar"), max_length=20, choices=CycleKind, default=CycleKind.PERIOD)
    starts_on = models.DateField(_("period starts"))
    ends_on = models.DateField(_("period ends"))
    state = models.CharField(_("state"), max_length=20, choices=CycleState, default=CycleState.DRAFT)
    template = models.ForeignKey(ReviewTemplate, on_delete=models.PROTECT, related_name="cycles")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="cycles")
    org_units = models.ManyToManyField(
        OrgUnit, blank=True, related_name="+", verbose_name=_("units"), help_text=_("Leave empty for everyone.")
    )
    excluded_units = models.ManyToManyField(OrgUnit, blank=True, related_name="+", verbose_name=_("units left out"))
    included_people = models.ManyToManyField(Employee, blank=True, related_name="+", verbose_name=_("people added"))
    excluded_people = models.ManyToManyField(Employee, blank=True, related_name="+", verbose_name=_("people left out"))
    job_families = models.JSONField(
        _("job families"), default=list, blank=True, help_text=_("Leave empty for all jobs.")
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
    manager_change_rule = models.CharField(
        _("when the manager changes"), max_length=10, choices=ManagerChangeRule, default=ManagerChangeRule.ASK
    )
    unrated_parts = models.CharField(
        _("parts without a rating"), max_length=10, choices=UnratedParts, default=UnratedParts.LEAVE_OUT
    )
    skips_late_self_assessments = models.BooleanField(
        _("go on without late self-assessments"),
        default=False,
        help_text=_("The day after they were due, the managers can submit without them."),
    )
    goals_due_on = models.DateField(
        _("goals agreed by"),
        null=True,
        blank=True,
        help_text=_("Gives the cycle a goal-setting phase before the writing."),
    )
    writing_opens_on = models.DateField(_("writing begins"), null=True, blank=True)
    self_due_on = models.DateField(_("self-assessments due"), null=True, blank=True)
    manager_due_on = models.DateField(_("manager reviews due"), null=True, blank=True)
    approval_due_on = models.DateField(_("second approvals due"), null=True, blank=True)
    calibration_due_on = models.DateField(_("calibration due"), null=True, blank=True)
    share_on = models.DateField(_("shared on"), null=True, blank=True)
    acknowledgement_days = models.PositiveSmallIntegerField(_("days to acknowledge or dispute"), default=14)
    remind_days_before = models.PositiveSmallIntegerField(_("days before a due date to remind"), default=3)
    escalate_days_after = models.PositiveSmallIntegerField(_("days after a due date to tell the next above"), default=3)
    months_after_hire = models.PositiveSmallIntegerField(
        _("months after hire"), null=True, blank=True, help_text=_("When probation ends; for cycles that follow it.")
    )
    opens_days_before = models.PositiveSmallIntegerField(
        _("days before a person’s day to open"),
        default=30,
        help_text=_("For cycles that follow each person’s calendar."),
    )
    days_for_self = models.PositiveSmallIntegerField(_("days for the self-assessment"), default=14)
    days_for_manager = models.PositiveSmallIntegerField(_("days for the manager’s review after it"), default=14)
    repeats = models.BooleanField(
        _("repeat"),
        default=False,
        help_text=_("When its period ends, the next one is launched with the same settings."),
    )
    cloned_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="clones"
    )
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

    @property
    def is_personal(self) -> bool:
        """Whether it follows each person's calendar: reviews open one by one, with due dates of their own."""
        return self.kind != CycleKind.PERIOD

    @property
    def sets_goals(self) -> bool:
        """Whether goals are being agreed now, before anybody writes."""
        writes = self.writing_opens_on is not None and self.writing_opens_on <= timezone.localdate()
        return self.goals_due_on is not None and not writes


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


class CycleExtension(models.Model):
    """Later dates for a cycle under way, and why: `dates` maps a field to the day it was and the day it became."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.CASCADE, related_name="extensions")
    dates = models.JSONField(default=dict)
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.reason}"


class ExemptionQuerySet(models.QuerySet["ReviewExemption"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of the people HR looks after; nobody else learns who is in no cycle."""
        viewer = user.viewer
        if viewer.is_client:
            return self.filter(viewer.client_rows()) if viewer.may_use("cycles:write") else self.none()
        return self.filter(viewer.hr()) if viewer.is_hr and viewer.may_use("reviews:read") else self.none()

    def current(self) -> Self:
        """Those that hold today."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


class ReviewExemption(models.Model):
    """Somebody who is in no cycle's population, until a day (included) or until further notice."""

    employee = models.OneToOneField(Employee, on_delete=models.PROTECT, related_name="review_exemption")
    reason = models.CharField(_("reason"), max_length=200)
    until = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ExemptionQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]

    def __str__(self) -> str:
        return f"{self.employee}: {self.reason}"
