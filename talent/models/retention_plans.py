"""Retention plans: what is done so that somebody stays, by whom and by when."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import RetentionKind, RetentionState
from talent.models.retention_sight import READ, retention_sight


class RetentionPlanQuerySet(models.QuerySet["RetentionPlan"]):
    def visible_to(self, user: Principal) -> Self:
        """Those for others in one's sight."""
        return self.filter(retention_sight(user))

    def open(self) -> Self:
        return self.filter(state=RetentionState.OPEN)

    def with_content(self) -> Self:
        """With people and actions, what is due first."""
        actions = RetentionAction.objects.select_related("owner").order_by("done_at", "due_on", "id")
        people = self.select_related("employee__job", "employee__org_unit", "owner", "opened_by")
        return people.prefetch_related(models.Prefetch("actions", queryset=actions))


class RetentionPlan(models.Model):
    """One open plan for a person, never two."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="retention_plans")
    kinds = models.JSONField(_("kinds"), default=list)
    aim = models.TextField(_("what shall be reached"))
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RetentionState, default=RetentionState.OPEN)
    closing_note = models.TextField(_("what came of it"), blank=True)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_on = models.DateField(_("opened"))
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    rested_on_stale = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RetentionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(state="open"),
                name="one_open_retention_plan",
                violation_error_message=_("There is an open retention plan for this person."),
            ),
            models.CheckConstraint(
                condition=~Q(owner=models.F("employee")),
                name="nobody_owns_their_own_retention_plan",
                violation_error_message=_("Nobody owns the retention plan for themselves."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="closed_retention_plan_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}"

    def get_absolute_url(self) -> str:
        return reverse("talent:retention_plan_detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == RetentionState.OPEN

    @property
    def kind_words(self) -> list[str]:
        return [str(RetentionKind(value).label) for value in self.kinds]


class RetentionActionQuerySet(models.QuerySet["RetentionAction"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of plans one may see, and those one has to do oneself; never of a plan about oneself."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        own = Q(owner_id=viewer.employee_id) if viewer.employee_id else Q(pk__in=[])
        others = viewer.others("plan__employee__")
        return self.filter(retention_sight(user, "plan__employee__") | own & others)

    def waiting(self) -> Self:
        """Not done, in open plans."""
        return self.filter(done_at=None, plan__state=RetentionState.OPEN)


class RetentionAction(models.Model):
    """Something somebody does. Its owner reads this line and its day, and nothing else of the plan unless they may."""

    plan = models.ForeignKey(RetentionPlan, on_delete=models.PROTECT, related_name="actions")
    kind = models.CharField(_("kind"), max_length=12, choices=RetentionKind)
    title = models.CharField(_("action"), max_length=300)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_on = models.DateField(_("due"))
    done_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("what came of it"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = RetentionActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("talent:retention_action_complete", args=[self.pk])
