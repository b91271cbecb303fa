"""Talent pools: what each is for, who was nominated and became a member, its programme, and the audit before publication."""

import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic, PoolKind, PoolMemberState
from talent.models.sight import others_talent

SCOPE = "potential:read"
LONGEST_VALIDITY = 36
STANDING = [PoolMemberState.NOMINATED, PoolMemberState.APPROVED, PoolMemberState.MEMBER]


class PoolQuerySet(models.QuerySet["TalentPool"]):
    def visible_to(self, user: Principal) -> Self:
        """HR and executives know the pools there are, and managers of people for whom HR opened potential."""
        viewer = user.viewer
        if not viewer.may_use(SCOPE):
            return self.none()
        if viewer.is_client or viewer.is_hr or viewer.has(Role.EXECUTIVE):
            return self
        read = Employee.objects.filter(others_talent(user, OpenTopic.POTENTIAL, SCOPE, ""))
        return self if read.exists() else self.none()

    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_counts(self, user: Principal) -> Self:
        """With how many members, nominated and approved people this reader may see."""
        seen = Q(members__in=PoolMember.objects.visible_to(user).values("pk"))
        return self.annotate(
            **{
                f"{state.value}_count": Count("members", filter=seen & Q(members__state=state), distinct=True)
                for state in STANDING
            }
        )


class TalentPool(models.Model):
    """Who is meant, in writing; who looks after it; how long a membership holds before it is looked at anew."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=PoolKind)
    definition = models.TextField(_("definition"), help_text=_("What somebody in this pool is meant to become."))
    criteria = models.TextField(_("criteria"), help_text=_("What evidence a nomination needs; the same for everyone."))
    org_unit = models.ForeignKey(
        OrgUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
        help_text=_("From where people are nominated; empty: from everywhere."),
    )
    owner = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    validity_months = models.PositiveSmallIntegerField(
        _("valid for, in months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_VALIDITY)],
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(default=timezone.now)

    nominated_count: int  # of rows read `with_counts`
    approved_count: int
    member_count: int

    objects = PoolQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class PoolStepQuerySet(models.QuerySet["PoolStep"]):
    def visible_to(self, user: Principal) -> Self:
        """With the pool."""
        return self.filter(pool__in=TalentPool.objects.visible_to(user).values("pk"))


class PoolStep(models.Model):
    """One step of a pool's programme."""

    pool = models.ForeignKey(TalentPool, on_delete=models.PROTECT, related_name="steps")
    title = models.CharField(_("step"), max_length=200)
    held_on = models.DateField(_("day"))

    objects = PoolStepQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "id"]

    def __str__(self) -> str:
        return self.title


class PoolMemberQuerySet(models.QuerySet["PoolMember"]):
    def visible_to(self, user: Principal) -> Self:
        """HR for others, executives for their part, managers where HR opened it; never one's own."""
        return self.filter(others_talent(user, OpenTopic.POTENTIAL, SCOPE, "employee__"))

    def standing(self) -> Self:
        """Nominated, approved or member; not declined and not over."""
        return self.filter(state__in=STANDING)

    def with_people(self) -> Self:
        return self.select_related("pool", "employee__job", "employee__org_unit", "nominated_by", "decided_by")


class PoolMember(models.Model):
    """One nomination and what became of it. Status is never for good: it expires, and renewing is nominating anew.

    `evidence` is what the page showed when the person was nominated (levels, intervals and days), `rested_on_stale` what
    was out of date when it was decided.
    """

    pool = models.ForeignKey(TalentPool, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="pool_memberships")
    state = models.CharField(_("state"), max_length=10, choices=PoolMemberState, default=PoolMemberState.NOMINATED)
    rationale = models.TextField(_("why"))
    evidence = models.JSONField(default=dict, blank=True)
    rested_on_stale = models.JSONField(default=list, blank=True)
    nominated_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    nominated_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("reason of the decision"), blank=True)
    member_since = models.DateField(_("member since"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    ended_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.TextField(_("why it ended"), blank=True)

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "employee"],
                condition=Q(state__in=["nominated", "approved"]),
                name="one_nomination_at_a_time",
                violation_error_message=_("This person is nominated for the pool already."),
            ),
            models.UniqueConstraint(
                fields=["pool", "employee"], condition=Q(state="member"), name="member_once_per_pool"
            ),
            models.CheckConstraint(
                condition=~Q(state="member") | Q(member_since__isnull=False, expires_on__isnull=False),
                name="membership_expires",
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], condition=Q(state="member"), name="pool_expiry")]

    def __str__(self) -> str:
        return f"{self.pool}: {self.employee}"

    def expires_within(self, days: int, today: datetime.date) -> bool:
        """Whether the membership ends so soon that somebody should look at it."""
        return self.expires_on is not None and self.expires_on <= today + datetime.timedelta(days=days)


class PoolAttendance(models.Model):
    """Whether a member took part in a step of the programme. Read with the member."""

    step = models.ForeignKey(PoolStep, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey(PoolMember, on_delete=models.PROTECT, related_name="attendances")
    took_part = models.BooleanField(default=True)
    noted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.step}"


class GroupAuditQuerySet(models.QuerySet["GroupAudit"]):
    def visible_to(self, user: Principal) -> Self:
        """HR leaders alone: even sums about groups are restricted data."""
        viewer = user.viewer
        return self if viewer.has(Role.HR_LEADER) and not viewer.is_client and viewer.may_use(SCOPE) else self.none()

    def unanswered(self) -> Self:
        """Those that ask why, and nobody has said."""
        return self.filter(asks_why=True, answered_at=None)


class GroupAudit(models.Model):
    """How a pool round falls on groups, stored with it: sums only. Where it asks why, a person must answer; it blocks nothing."""

    pool = models.ForeignKey(TalentPool, on_delete=models.PROTECT, related_name="audits")
    population = models.PositiveIntegerField()
    chosen = models.PositiveIntegerField()
    lines = models.JSONField(default=list)
    asks_why = models.BooleanField(default=False)
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = GroupAuditQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.pool} ({self.made_at:%Y-%m-%d})"
