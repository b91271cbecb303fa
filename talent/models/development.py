"""Development plans: one for a person, for both disciplines."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import level_field
from talent.enums import ActionKind, ItemState, PlanState


def work_on(viewer: Any, prefix: str) -> Q:
    """Plans of other people that this viewer works with: those below them and those HR looks after."""
    return (viewer.chain_below(prefix) | viewer.hr(prefix)) & viewer.others(prefix)


class PlanQuerySet(models.QuerySet["DevelopmentPlan"]):
    def visible_to(self, user: Any) -> Self:
        """One's own once something in it was shared; those below; those HR looks after."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self
        shared = PlanItem.objects.filter(shared_at__isnull=False).values("plan")
        return self.filter(viewer.oneself() & Q(pk__in=shared) | work_on(viewer, "employee__"))

    def open(self) -> Self:
        return self.filter(state=PlanState.OPEN)

    def with_items(self, user: Any) -> Self:
        """With the person's place and, as `seen`, the items this user may see with their actions, open ones first."""
        open_first = models.Case(models.When(state=ItemState.OPEN, then=0), default=1)
        items = PlanItem.objects.visible_to(user).order_by(open_first, "id")
        items = items.select_related("competency", "owner").prefetch_related("actions__owner")
        return self.select_related("employee__job", "employee__org_unit").prefetch_related(
            models.Prefetch("items", queryset=items, to_attr="seen")
        )


class DevelopmentPlan(models.Model):
    """The open plan gains items; a second open one cannot exist."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="development_plans")
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    seen: "list[PlanItem]"  # of rows read `with_items`

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["employee"], condition=Q(state=PlanState.OPEN), name="one_open_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}"


class ItemQuerySet(models.QuerySet["PlanItem"]):
    def visible_to(self, user: Any) -> Self:
        """Of one's own plan the shared items; of others' plans all."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self
        own = viewer.oneself("plan__employee__") & Q(shared_at__isnull=False)
        return self.filter(own | work_on(viewer, "plan__employee__"))


class PlanItem(models.Model):
    """A gap to close. `source` is an opaque reference to what asked for it, unique in the plan, so that asking twice adds nothing."""

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(_("what to develop"), max_length=300)
    why = models.CharField(_("why"), max_length=300, blank=True)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    target_level = level_field(null=True, blank=True)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.OPEN)
    source = models.CharField(max_length=100, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text=_("From when the employee sees it."))
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "source"], condition=~Q(source=""), name="one_item_per_source"),
        ]

    def __str__(self) -> str:
        return self.title


class ActionQuerySet(models.QuerySet["PlanAction"]):
    def visible_to(self, user: Any) -> Self:
        """Those of items one may see."""
        return self.filter(item__in=PlanItem.objects.visible_to(user).values("pk"))


class PlanAction(models.Model):
    """Something somebody does about an item by a day."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="actions")
    kind = models.CharField(_("kind"), max_length=20, choices=ActionKind, default=ActionKind.TRAINING)
    title = models.CharField(_("action"), max_length=300)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.title
