"""Improvement plans. What different people may read lies in different rows: the plan, HR's remarks on it, the record of its steps."""

import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal, Viewer
from performance.enums import (
    SEEN_AND_OPEN,
    CheckInRhythm,
    ImprovementEntryKind,
    ImprovementOutcome,
    ImprovementState,
    MilestoneResult,
    RemarkReaders,
    SupportKind,
)

NOTHING = Q(pk__in=[])


def runs_it(viewer: Viewer, prefix: str = "") -> Q:
    """Plans of other people this viewer works on: as owner, in the chain above the employee, or as the employee's HR."""
    owner = Q(**{f"{prefix}owner_id": viewer.employee_id}) if viewer.employee_id else NOTHING
    employee = f"{prefix}employee__"
    return (owner | viewer.chain_below(employee) | viewer.hr(employee)) & viewer.others(employee)


def is_ones_own(viewer: Viewer, prefix: str = "") -> Q:
    """Plans about the viewer, from the day they were opened: a draft is nobody's news."""
    return viewer.oneself(f"{prefix}employee__") & Q(**{f"{prefix}opened_at__isnull": False})


class ImprovementPlanQuerySet(models.QuerySet["ImprovementPlan"]):
    def visible_to(self, user: Principal) -> Self:
        """The employee's own once opened; those of the owner, the chain above and HR. No client, not even for a person."""
        viewer = user.viewer
        if viewer.scopes is not None:
            return self.none()
        return self.filter(runs_it(viewer) | is_ones_own(viewer))

    def under_way(self) -> Self:
        """Opened and not closed."""
        return self.filter(state__in=SEEN_AND_OPEN)

    def not_closed(self) -> Self:
        return self.exclude(state=ImprovementState.CLOSED)

    def with_people(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related("employee__job", "employee__org_unit", "owner")

    def with_content(self) -> Self:
        """With all that was agreed."""
        return self.with_people().prefetch_related("milestones", "support", "extensions")


class ImprovementPlan(models.Model):
    """One plan for one person. `version` counts changes of what is agreed; `acknowledged_version` is what the employee has read."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="improvement_plans")
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("manager"))
    state = models.CharField(_("state"), max_length=20, choices=ImprovementState, default=ImprovementState.DRAFT)
    outcome = models.CharField(_("outcome"), max_length=20, choices=ImprovementOutcome, blank=True)
    version = models.PositiveIntegerField(default=1)
    acknowledged_version = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, help_text=_("What happened, when, and what it led to."))
    expectations = models.TextField(
        _("expectations"), blank=True, help_text=_("What good work looks like from now on.")
    )
    starts_on = models.DateField(_("starts"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    rhythm = models.PositiveSmallIntegerField(_("check-ins"), choices=CheckInRhythm, default=CheckInRhythm.FORTNIGHTLY)
    next_check_in_on = models.DateField(null=True, blank=True)
    created_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    submitted_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ImprovementPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=~Q(state="closed"),
                name="one_improvement_plan_under_way",
                violation_error_message=_("There is an improvement plan under way for this person."),
            ),
            models.CheckConstraint(
                condition=~Q(owner=F("employee")),
                name="nobody_owns_their_own_improvement_plan",
                violation_error_message=_("Nobody runs their own improvement plan."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gt=F("starts_on")),
                name="improvement_plan_ends_after_start",
                violation_error_message=_("The plan must end after it starts."),
            ),
            models.CheckConstraint(
                condition=(Q(state="closed") & ~Q(outcome="") & Q(closed_at__isnull=False))
                | (~Q(state="closed") & Q(outcome="") & Q(closed_at=None)),
                name="closed_improvement_plan_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "acknowledged", "paused"]) | Q(opened_at__isnull=False),
                name="seen_improvement_plan_was_opened",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state"], name="improvement_plan_owner_state")]

    def __str__(self) -> str:
        return str(_("Improvement plan of %s") % self.employee)

    def get_absolute_url(self) -> str:
        return reverse("performance:improvement_plan_detail", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.state == ImprovementState.CLOSED

    @property
    def was_seen(self) -> bool:
        """Whether the employee can read it; from then on nothing of it is removed."""
        return self.opened_at is not None

    @property
    def is_read_as_it_is(self) -> bool:
        """Whether the employee acknowledged what it says now."""
        return self.acknowledged_version == self.version


class ImprovementMilestone(models.Model):
    """Something to reach by a day, and how it will be seen. One that is given up after the employee saw it stays, marked."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    measure = models.CharField(_("measure of success"), max_length=500, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=MilestoneResult, default=MilestoneResult.NOT_YET)
    note = models.TextField(_("note"), blank=True)
    judged_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_late(self) -> bool:
        waits = self.result == MilestoneResult.NOT_YET and self.dropped_at is None
        return waits and self.due_on is not None and self.due_on < timezone.localdate()


class ImprovementSupport(models.Model):
    """Help that is given: training, a mentor, time."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="support")
    kind = models.CharField(_("kind"), max_length=10, choices=SupportKind, default=SupportKind.TRAINING)
    description = models.CharField(_("what is given"), max_length=500)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description


class ImprovementEntry(models.Model):
    """A check-in, a piece of evidence or the employee's response. Only ever added."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=ImprovementEntryKind)
    held_on = models.DateField(_("day"), default=timezone.localdate)
    text = models.TextField(_("what was said"))
    link = models.URLField(_("link"), max_length=500, blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.held_on}"


class ImprovementExtension(models.Model):
    """More time, and why."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="extensions")
    ended_on = models.DateField()
    ends_on = models.DateField(_("new end"))
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("ended_on")), name="extension_gives_more_time"),
        ]

    def __str__(self) -> str:
        return f"{self.ended_on} → {self.ends_on}"


class ImprovementRemarkQuerySet(models.QuerySet["ImprovementRemark"]):
    def visible_to(self, user: Principal) -> Self:
        """HR's own are HR's; the others are also the managers'. Never the employee's, whatever else they are."""
        viewer = user.viewer
        if viewer.scopes is not None:
            return self.none()
        for_managers = Q(readers=RemarkReaders.HR_AND_MANAGERS) & runs_it(viewer, "plan__")
        return self.filter(viewer.hr("plan__employee__") | for_managers)


class ImprovementRemark(models.Model):
    """What HR notes on a plan beside it."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="remarks")
    readers = models.CharField(_("who reads it"), max_length=20, choices=RemarkReaders, default=RemarkReaders.HR)
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ImprovementRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.plan}, {self.made_at:%Y-%m-%d}"


class ImprovementStepQuerySet(models.QuerySet["ImprovementStep"]):
    def visible_to(self, user: Principal) -> Self:
        """All of it to those who run the plan; to the employee from its opening on."""
        viewer = user.viewer
        if viewer.scopes is not None:
            return self.none()
        own = is_ones_own(viewer, "plan__") & Q(is_for_employee=True)
        return self.filter(runs_it(viewer, "plan__") | own)


class ImprovementStep(models.Model):
    """One thing that happened to a plan: who, when, why, and what the plan said afterwards."""

    plan = models.ForeignKey(ImprovementPlan, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=ImprovementState)
    version = models.PositiveIntegerField()
    reason = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    is_for_employee = models.BooleanField(default=False)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = ImprovementStepQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.name}"


def next_check_in_day(plan: ImprovementPlan, *, after: datetime.date) -> datetime.date:
    """When the next check-in is due, counted from the last one."""
    return after + datetime.timedelta(days=plan.rhythm)
