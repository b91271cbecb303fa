"""Goals that many people get: templates, and their assignment to a unit, a job, a family or everyone."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Competency, Employee, Job, OrgUnit
from hrportal.people.viewer import Principal
from performance.enums import GoalKind
from performance.models.goals import GoalPeriod, Measured, Objective, measured_constraints


class GoalTemplateQuerySet(models.QuerySet["GoalTemplate"]):
    def visible_to(self, user: Principal) -> Self:
        """HR writes them; whoever leads people may choose from them."""
        viewer = user.viewer
        may_read = viewer.may_use("goals:read") and (viewer.is_hr or viewer.has(Role.MANAGER) or viewer.is_client)
        return self if user.is_authenticated and may_read else self.none()

    def current(self) -> Self:
        return self.filter(archived_at=None)


class GoalTemplate(models.Model):
    """A goal as many people get it. Assigning copies it, so a later edit reaches nobody's goal."""

    title = models.CharField(_("objective"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=GoalKind, default=GoalKind.BUSINESS)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GoalTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(competency=None) | Q(kind=GoalKind.DEVELOPMENT),
                name="only_development_templates_name_a_competency",
                violation_error_message=_("Only a development goal names a competency."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class TemplateResult(Measured):
    """A key result of a template."""

    template = models.ForeignKey(GoalTemplate, on_delete=models.CASCADE, related_name="key_results")

    class Meta:
        ordering = ["id"]
        constraints = measured_constraints("template_")


class GoalAssignmentQuerySet(models.QuerySet["GoalAssignment"]):
    def visible_to(self, user: Principal) -> Self:
        """Whoever assigned it, HR leaders, and the partner of its unit."""
        viewer = user.viewer
        if not user.is_authenticated or not viewer.may_use("goals:read"):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        mine = Q(assigned_by=viewer.employee_id) if viewer.employee_id else Q(pk__in=[])
        return self.filter(mine | viewer.seats(viewer.partner_units, "")) if viewer.partner_units else self.filter(mine)

    def with_names(self) -> Self:
        return self.select_related("template", "org_unit", "job", "period", "assigned_by", "parent")


class GoalAssignment(models.Model):
    """One template given to everyone the filter names: a unit with all below it, a job, a family; all of them together.

    `content` is the template as it was on that day.
    """

    template = models.ForeignKey(GoalTemplate, on_delete=models.PROTECT, related_name="assignments")
    content = models.JSONField(default=dict, editable=False)
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(
        Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    job_family = models.CharField(_("job family"), max_length=100, blank=True)
    period = models.ForeignKey(
        GoalPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("period")
    )
    parent = models.ForeignKey(Objective, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("starts"))
    due_on = models.DateField(_("due"))
    assigned_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = GoalAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="assignment_due_after_start",
                violation_error_message=_("A goal cannot be due before it starts."),
            )
        ]

    def __str__(self) -> str:
        return str(self.template)
