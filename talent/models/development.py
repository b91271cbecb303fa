"""Development plans: one for a person, for both disciplines."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import level_field
from hrportal.people.viewer import Principal, Viewer
from talent.enums import ActionKind, ClosedBy, ItemOrigin, ItemPurpose, ItemState, PlanState

MOST_PROGRESS = 100


def progress_field() -> models.PositiveSmallIntegerField:
    """How far something is, in percent as somebody judged it; empty means nobody said, never zero."""
    return models.PositiveSmallIntegerField(
        _("progress"), null=True, blank=True, validators=[MaxValueValidator(MOST_PROGRESS)]
    )


# Origins that are not everybody's to know, with the scope that lets a client know.
CONFIDENTIAL_ORIGINS = {ItemOrigin.SUCCESSION: "succession:read", ItemOrigin.TALENT_REVIEW: "potential:read"}


def work_on(viewer: Viewer, prefix: str) -> Q:
    """Plans of other people that this viewer works with: those below them and those HR looks after."""
    return (viewer.chain_below(prefix) | viewer.hr(prefix)) & viewer.others(prefix)


class PlanQuerySet(models.QuerySet["DevelopmentPlan"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own once something in it was shared; those below; those HR looks after."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        shared = PlanItem.objects.filter(shared_at__isnull=False).values("plan")
        return self.filter(viewer.oneself() & Q(pk__in=shared) | work_on(viewer, "employee__"))

    def open(self) -> Self:
        return self.filter(state=PlanState.OPEN)

    def with_items(self, user: Principal) -> Self:
        """With the person's place and, as `seen`, the items this user may see with their actions, open ones first."""
        open_first = models.Case(models.When(state=ItemState.OPEN, then=0), default=1)
        items = PlanItem.objects.visible_to(user).order_by(open_first, "id")
        items = items.select_related("competency", "owner")
        items = items.prefetch_related("actions__owner", "actions__learning_item", "check_ins__by")
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
    def visible_to(self, user: Principal) -> Self:
        """Of one's own plan the shared items; of others' plans all."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("plan__employee__"))
        own = viewer.oneself("plan__employee__") & Q(shared_at__isnull=False)
        return self.filter(own | work_on(viewer, "plan__employee__"))


class PlanItem(models.Model):
    """A gap to close, or something to build.

    `source` is an opaque reference to what asked for it, unique in the plan, so that asking twice adds nothing. `from_level`
    is what the person was known to have when it was written down, `reached_level` what the latest assessment for it found
    (`assessment`): it is done when that reaches `target_level`. Who reads where it comes from is `origin_for`.
    """

    plan = models.ForeignKey(DevelopmentPlan, on_delete=models.PROTECT, related_name="items")
    title = models.CharField(_("what to develop"), max_length=300)
    why = models.CharField(_("why"), max_length=300, blank=True)
    purpose = models.CharField(_("purpose"), max_length=20, choices=ItemPurpose, blank=True)
    origin = models.CharField(_("where it comes from"), max_length=20, choices=ItemOrigin, blank=True)
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    from_level = level_field(null=True, blank=True)
    target_level = level_field(null=True, blank=True)
    reached_level = level_field(null=True, blank=True)
    assessment = models.ForeignKey(
        "talent.SkillAssessment", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=ItemState, default=ItemState.OPEN)
    source = models.CharField(max_length=100, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text=_("From when the employee sees it."))
    created_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=20, choices=ClosedBy, blank=True)
    closing_words = models.TextField(_("what shows it, or why it was given up"), blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "source"], condition=~Q(source=""), name="one_item_per_source"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_below_target(self) -> bool:
        """Assessed again, and not there yet."""
        return self.reached_level is not None and self.reached_level < (self.target_level or 0)

    def origin_for(self, user: Principal) -> str:
        """Where it comes from, in words, as this reader may know it: whoever may not read benches and talent reviews of the
        person, the person above all, reads the same as if a manager had written it."""
        told = ItemOrigin.MANAGER if self._hides_origin_from(user) else self.origin
        return str(ItemOrigin(told).label) if told else ""

    def source_for(self, user: Principal) -> str:
        """The reference to what asked for it, unless that is not this reader's to know."""
        return "" if self._hides_origin_from(user) else self.source

    def _hides_origin_from(self, user: Principal) -> bool:
        if self.origin not in CONFIDENTIAL_ORIGINS:
            return False
        viewer = user.viewer
        if viewer.is_client:
            return not viewer.may_use(CONFIDENTIAL_ORIGINS[ItemOrigin(self.origin)])
        return not viewer.looks_after(self.plan.employee)


class ActionQuerySet(models.QuerySet["PlanAction"]):
    def visible_to(self, user: Principal) -> Self:
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
    progress = progress_field()
    evidence = models.TextField(_("evidence"), blank=True)
    evidence_url = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    learning_item = models.ForeignKey(
        "talent.LearningItem",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("from the catalogue"),
    )
    source = models.CharField(max_length=100, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["source"], condition=~Q(source=""), name="one_plan_action_per_source"),
        ]

    def __str__(self) -> str:
        return self.title


class CheckInQuerySet(models.QuerySet["PlanCheckIn"]):
    def visible_to(self, user: Principal) -> Self:
        """Those of items one may see."""
        return self.filter(item__in=PlanItem.objects.visible_to(user).values("pk"))


class PlanCheckIn(models.Model):
    """What somebody noted about an item on a day. Never edited: the newest tells how it stands, the others how it went."""

    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="check_ins")
    by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField(_("day"))
    progress = progress_field()
    note = models.TextField(_("note"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(note="") | Q(progress__isnull=False),
                name="check_in_says_something",
                violation_error_message=_("Write a note, or say how far it is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.on}"
