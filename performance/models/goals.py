"""Goals: objectives with key results, aligned in a cascade; progress is computed from check-ins, never typed in."""

import datetime
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import PathField, ids_of
from hrportal.people.models import Competency, Employee, OrgUnit
from hrportal.people.viewer import Principal, Viewer
from performance.enums import (
    STILL_OPEN,
    Confidence,
    Frequency,
    GoalKind,
    GoalLevel,
    GoalState,
    Measure,
    ProgressFrom,
)
from performance.goals.progress import clamped, interpolated

STALE_AFTER = datetime.timedelta(days=30)


class GoalPeriodQuerySet(models.QuerySet["GoalPeriod"]):
    def visible_to(self, user: Principal) -> Self:
        """The calendar of goals is everyone's."""
        return self if user.is_authenticated and user.viewer.may_use("goals:read") else self.none()

    def open(self) -> Self:
        return self.filter(closed_at=None)


class GoalPeriod(models.Model):
    """A stretch of time that goals belong to. Once closed, nothing in it changes any more."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    starts_on = models.DateField(_("starts"))
    ends_on = models.DateField(_("ends"))
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = GoalPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="goal_period_ends_after_start",
                violation_error_message=_("A period cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, user: Principal) -> Self:
        """Company, unit and team goals are everyone's; a person's goals are theirs, their chain's and HR's."""
        viewer = user.viewer
        if not user.is_authenticated or not viewer.may_use("goals:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(Q(level=GoalLevel.COMPANY) | viewer.client_rows("owner__") | self._of_units(viewer))
        personal = viewer.oneself("owner__") | viewer.chain_below("owner__") | viewer.hr("owner__")
        return self.filter(~Q(level=GoalLevel.INDIVIDUAL) | personal)

    @staticmethod
    def _of_units(viewer: Viewer) -> Q:
        """Goals of the units a client may have to do with, that are nobody's own."""
        return ~Q(level=GoalLevel.INDIVIDUAL) & viewer.client_rows("")

    def active(self) -> Self:
        return self.filter(state=GoalState.ACTIVE)

    def changeable(self) -> Self:
        """Those that are not over: neither ended themselves nor in a period that was closed."""
        return self.filter(Q(period=None) | Q(period__closed_at=None), state__in=STILL_OPEN)

    def stale(self, today: datetime.date | None = None) -> Self:
        """Active goals nobody measured for 30 days. What only sums up others, or waits for its next measurement, is not."""
        since = (today or timezone.localdate()) - STALE_AFTER
        return self.active().filter(
            ~_heard_of_since(since),
            ~Q(progress_from=ProgressFrom.CHILDREN),
            Q(period=None) | Q(period__closed_at=None),
            starts_on__lt=since,
            created_at__date__lt=since,
        )

    def with_staleness(self) -> Self:
        """With `is_stale`, for the badge in lists."""
        return self.annotate(is_stale=Exists(Objective.objects.stale().filter(pk=OuterRef("pk"))))

    def with_contributors(self, user: Principal) -> Self:
        """With `contributors`: how many goals contribute directly, counting only those the reader may see."""
        visible = Objective.objects.visible_to(user).filter(parent=OuterRef("pk")).exclude(state=GoalState.CANCELLED)
        counted = visible.order_by().values("parent").annotate(count=Count("pk")).values("count")
        return self.annotate(contributors=models.Subquery(counted, output_field=models.IntegerField()))

    def with_results(self) -> Self:
        """With all that a line about them shows."""
        return self.select_related("owner", "org_unit", "parent", "period").prefetch_related("key_results")


class Objective(models.Model):
    """A goal. `progress` (0 to 100) and `raw_progress` are what its parts come to; None while none was measured."""

    title = models.CharField(_("objective"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    level = models.CharField(_("level"), max_length=20, choices=GoalLevel, default=GoalLevel.INDIVIDUAL)
    kind = models.CharField(_("kind"), max_length=20, choices=GoalKind, default=GoalKind.BUSINESS)
    state = models.CharField(_("state"), max_length=20, choices=GoalState, default=GoalState.ACTIVE)
    owner = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    path = PathField()
    period = models.ForeignKey(
        GoalPeriod, on_delete=models.PROTECT, null=True, blank=True, related_name="objectives", verbose_name=_("period")
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    progress_from = models.CharField(
        _("progress comes from"), max_length=20, choices=ProgressFrom, default=ProgressFrom.RESULTS
    )
    progress = models.DecimalField(max_digits=5, decimal_places=2, null=True, editable=False)
    raw_progress = models.DecimalField(max_digits=22, decimal_places=2, null=True, editable=False)
    parts_measured = models.PositiveIntegerField(default=0, editable=False)
    parts_count = models.PositiveIntegerField(default=0, editable=False)
    starts_on = models.DateField(_("starts"))
    due_on = models.DateField(_("due"))
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="carried_to"
    )
    assignment = models.ForeignKey(
        "performance.GoalAssignment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="objectives",
    )
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
            models.UniqueConstraint(fields=["assignment", "owner"], name="one_goal_per_assignment_and_person"),
            models.CheckConstraint(
                condition=Q(competency=None) | Q(kind=GoalKind.DEVELOPMENT),
                name="only_development_goals_name_a_competency",
                violation_error_message=_("Only a development goal names a competency."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_changeable(self) -> bool:
        """Whether it can still be edited, measured and closed."""
        return self.state in STILL_OPEN and (self.period is None or self.period.is_open)

    @property
    def above(self) -> list[int]:
        """The ids of the goals it contributes to, topmost first."""
        return ids_of(self.path)[:-1]

    @property
    def shows_parts(self) -> bool:
        """Whether everyone who reads the goal reads all it rests on; contributing goals may be kept from them, and their number too."""
        return self.progress_from == ProgressFrom.RESULTS

    @property
    def has_unmeasured_parts(self) -> bool:
        return 0 < self.parts_measured < self.parts_count

    @property
    def differs_from_raw(self) -> bool:
        """Whether the clamped progress hides an overshoot or a step back."""
        return self.raw_progress is not None and self.raw_progress != self.progress


def measured_constraints(prefix: str = "") -> list[models.BaseConstraint]:
    """What a start, a target and a stretch have to do with one another; `prefix` keeps the names of a table apart."""
    return [
        models.CheckConstraint(
            condition=~Q(baseline=F("target")),
            name=f"{prefix}target_differs_from_start",
            violation_error_message=_("The target must differ from the start, or nothing could be measured."),
        ),
        models.CheckConstraint(
            condition=Q(stretch=None)
            | Q(target__gt=F("baseline"), stretch__gt=F("target"))
            | Q(target__lt=F("baseline"), stretch__lt=F("target")),
            name=f"{prefix}stretch_lies_beyond_target",
            violation_error_message=_("The stretch lies beyond the target, in the same direction."),
        ),
    ]


class Measured(models.Model):
    """What is measured, from where to where, and how often: of a goal, and of a template for goals."""

    title = models.CharField(_("key result"), max_length=200)
    measure = models.CharField(_("measure"), max_length=20, choices=Measure, default=Measure.NUMBER)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    baseline = models.DecimalField(_("start"), max_digits=16, decimal_places=2, default=0)
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2, default=1)
    stretch = models.DecimalField(_("stretch"), max_digits=16, decimal_places=2, null=True, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    frequency = models.CharField(_("measured again"), max_length=20, choices=Frequency, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class KeyResult(Measured):
    """Something measurable. `current` is empty until the first check-in, then the value of the latest day measured."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="key_results")
    current = models.DecimalField(_("current"), max_digits=16, decimal_places=2, null=True, blank=True)
    measured_on = models.DateField(null=True, blank=True, editable=False)
    next_due_on = models.DateField(null=True, blank=True, editable=False)
    due_on = models.DateField(_("due"), null=True, blank=True)
    last_check_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = measured_constraints()
        indexes = [models.Index(fields=["next_due_on"], name="key_result_due", condition=Q(next_due_on__isnull=False))]

    @property
    def raw_progress(self) -> Decimal | None:
        """How far from start to target, in per cent, rising or falling targets alike; may lie outside 0 to 100."""
        return interpolated(self.baseline, self.target, self.current)

    @property
    def progress(self) -> Decimal | None:
        """`raw_progress` within 0 to 100."""
        raw = self.raw_progress
        return None if raw is None else clamped(raw)

    @property
    def is_reached(self) -> bool:
        return self.progress == 100

    @property
    def reached_stretch(self) -> bool:
        """Whether the stretch beyond the target was reached too."""
        raw = None if self.stretch is None else interpolated(self.baseline, self.stretch, self.current)
        return raw is not None and raw >= 100


class CheckIn(models.Model):
    """One measurement. The history is only ever added to; of two for one day the later entry counts."""

    key_result = models.ForeignKey(KeyResult, on_delete=models.CASCADE, related_name="check_ins")
    value = models.DecimalField(_("value"), max_digits=16, decimal_places=2)
    confidence = models.CharField(_("confidence"), max_length=20, choices=Confidence, default=Confidence.ON_TRACK)
    note = models.TextField(_("note"), blank=True)
    measured_on = models.DateField(_("measured on"), default=timezone.localdate)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-measured_on", "-made_at", "-id"]
        indexes = [models.Index(fields=["key_result", "-measured_on"], name="check_in_latest")]

    def __str__(self) -> str:
        return f"{self.key_result}: {self.value}"


def _heard_of_since(since: datetime.date) -> Exists:
    """Goals with a result that was measured lately, or whose next measurement is still to come."""
    lately = Q(last_check_in_at__date__gte=since) | Q(next_due_on__gte=since + STALE_AFTER)
    return Exists(KeyResult.objects.filter(lately, objective=OuterRef("pk")))
