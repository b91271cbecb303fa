"""Goals: objectives with key results, aligned in a cascade; progress is computed from check-ins, never typed in."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit
from performance.enums import Confidence, GoalKind, GoalLevel, GoalState, Measure


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: Any) -> Self:
        """Company, unit and team goals are everyone's; a person's goals are theirs, their chain's and HR's."""
        viewer = user.viewer
        if not user.is_authenticated or not viewer.may_use("goals:read"):
            return self.none()
        if viewer.is_client:
            return self
        personal = viewer.oneself("owner__") | viewer.chain_below("owner__") | viewer.hr("owner__")
        return self.filter(~Q(level=GoalLevel.INDIVIDUAL) | personal)

    def active(self) -> Self:
        return self.filter(state=GoalState.ACTIVE)

    def with_results(self) -> Self:
        """With their key results, from which progress is computed without another query."""
        return self.select_related("owner", "org_unit", "parent").prefetch_related("key_results")


class Objective(models.Model):
    title = models.CharField(_("objective"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    level = models.CharField(_("level"), max_length=20, choices=GoalLevel, default=GoalLevel.INDIVIDUAL)
    kind = models.CharField(_("kind"), max_length=20, choices=GoalKind, default=GoalKind.BUSINESS)
    state = models.CharField(_("state"), max_length=20, choices=GoalState, default=GoalState.ACTIVE)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    starts_on = models.DateField(_("starts"))
    due_on = models.DateField(_("due"))
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="objective_due_after_start",
                violation_error_message=_("A goal cannot be due before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(level=GoalLevel.INDIVIDUAL) | Q(owner__isnull=False),
                name="individual_goal_has_owner",
                violation_error_message=_("An individual goal needs its person."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def progress(self) -> Decimal | None:
        """Weighted mean progress of the measured key results, 0 to 100; None while none was measured."""
        measured = [
            (result.progress, result.weight) for result in self.key_results.all() if result.progress is not None
        ]
        weights = sum(weight for _, weight in measured)
        if not weights:
            return None
        return sum((value * weight for value, weight in measured), Decimal(0)) / weights


class KeyResult(models.Model):
    """Something measurable. `current` is empty until the first check-in."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    title = models.CharField(_("key result"), max_length=200)
    measure = models.CharField(_("measure"), max_length=20, choices=Measure, default=Measure.NUMBER)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    baseline = models.DecimalField(_("start"), max_digits=16, decimal_places=2, default=0)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2, default=1)
    current = models.DecimalField(_("current"), max_digits=16, decimal_places=2, null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    due_on = models.DateField(_("due"), null=True, blank=True)
    last_check_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(baseline=F("target")),
                name="target_differs_from_start",
                violation_error_message=_("The target must differ from the start, or nothing could be measured."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def raw_progress(self) -> Decimal | None:
        """How far from start to target, in per cent, rising or falling targets alike; may lie outside 0 to 100."""
        if self.current is None:
            return None
        return (self.current - self.baseline) / (self.target - self.baseline) * 100

    @property
    def progress(self) -> Decimal | None:
        """`raw_progress` within 0 to 100."""
        raw = self.raw_progress
        return None if raw is None else max(Decimal(0), min(Decimal(100), raw))


class CheckIn(models.Model):
    """One measurement. The history is only ever added to."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence, default=Confidence.ON_TRACK)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.value}"
