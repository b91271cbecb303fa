"""Pay, and merit recommendations that rest on calibrated ratings."""

from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import Role
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.viewer import NOBODY, Principal
from talent.enums import LeftOut, PayPosition, RewardState
from talent.models.profiles import CalibratedRating
from talent.scores.merit import PayBand, raise_of

READ = "rewards:read"
MOST_PERCENT = Decimal(50)


def reads_rewards(user: Principal) -> bool:
    """HR leaders, and clients that were given the scope; to everybody else rewards do not exist."""
    viewer = user.viewer
    return viewer.may_use(READ) and (viewer.is_client or viewer.has(Role.HR_LEADER))


def others_pay(user: Principal, prefix: str = "employee__") -> Q:
    """Rows about the pay of people this user reads: never one's own."""
    if not reads_rewards(user):
        return NOBODY
    return user.viewer.client_rows(prefix) if user.viewer.is_client else user.viewer.others(prefix)


def amount_field(words: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A yearly amount in whole currency with cents."""
    return models.DecimalField(words, max_digits=14, decimal_places=2, validators=[MinValueValidator(0)], **options)


def percent_field(words: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """A percentage of pay."""
    limits = [MinValueValidator(0), MaxValueValidator(MOST_PERCENT)]
    return models.DecimalField(words, max_digits=5, decimal_places=2, validators=limits, **options)


def currency_field() -> "models.CharField[Any, Any]":
    is_code = RegexValidator(r"^[A-Z]{3}$", _("A currency has three capital letters, as in EUR."))
    return models.CharField(_("currency"), max_length=3, validators=[is_code])


class PayRangeQuerySet(models.QuerySet["PayRange"]):
    def visible_to(self, user: Principal) -> Self:
        """Ranges are as restricted as pay: they tell it of whoever holds a job alone."""
        return self if reads_rewards(user) else self.none()

    def in_force(self, day: Any) -> Self:
        """The range of each job that counts on a day."""
        newer = PayRange.objects.filter(job=OuterRef("job"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=day)
        return self.filter(~Exists(newer), valid_from__lte=day)


class PayRange(models.Model):
    """What a job pays from a day on, until a later range of the job begins."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="+", verbose_name=_("job"))
    currency = currency_field()
    minimum = amount_field(_("minimum"))
    midpoint = amount_field(_("midpoint"))
    maximum = amount_field(_("maximum"))
    valid_from = models.DateField(_("valid from"))
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PayRangeQuerySet.as_manager()

    class Meta:
        ordering = ["job__name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["job", "valid_from"], name="one_pay_range_per_day"),
            models.CheckConstraint(
                condition=Q(minimum__gt=0, midpoint__gt=F("minimum"), maximum__gt=F("midpoint")),
                name="pay_range_in_order",
                violation_error_message=_("A range goes from its minimum over its midpoint to its maximum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job} ({self.currency})"

    @property
    def band(self) -> PayBand:
        return PayBand(self.minimum, self.midpoint, self.maximum)


class PayRecordQuerySet(models.QuerySet["PayRecord"]):
    def visible_to(self, user: Principal) -> Self:
        """Others' pay, for those who work on rewards."""
        return self.filter(others_pay(user))

    def in_force(self, day: Any) -> Self:
        """The pay of each person that counts on a day."""
        later = Q(employee=OuterRef("employee"), valid_from__gt=OuterRef("valid_from"), valid_from__lte=day)
        return self.filter(~Exists(PayRecord.objects.filter(later)), valid_from__lte=day)


class PayRecord(models.Model):
    """Somebody's yearly base pay from a day on, until a later one begins. The same day brought again corrects it."""

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    yearly_base = amount_field(_("yearly base pay"))
    currency = currency_field()
    valid_from = models.DateField(_("valid from"))
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = PayRecordQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["employee", "valid_from"], name="one_pay_per_day"),
            models.CheckConstraint(condition=Q(yearly_base__gt=0), name="pay_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.employee} ({self.valid_from})"


class RewardCycleQuerySet(models.QuerySet["RewardCycle"]):
    def visible_to(self, user: Principal) -> Self:
        """For those who work on rewards; a client, of its units."""
        return self.filter(user.viewer.client_rows("")) if reads_rewards(user) else self.none()


class RewardCycle(models.Model):
    """One round of merit increases, resting on the calibrated ratings of one period."""

    name = models.CharField(_("name"), max_length=200)
    period = models.CharField(_("rating period"), max_length=100)
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    effective_on = models.DateField(_("effective on"))
    budget_percent = percent_field(_("budget in % of pay"))
    tolerance = percent_field(_("room around the guideline, in percentage points"), default=Decimal(1))
    state = models.CharField(_("state"), max_length=12, choices=RewardState, default=RewardState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, editable=False)
    exported_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = RewardCycleQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("talent:reward_cycle_detail", args=[self.pk])

    @property
    def guideline(self) -> dict[tuple[int, str], Decimal]:
        """The matrix as the arithmetic takes it."""
        return {(cell.rating, cell.position): cell.percent for cell in self.cells.all()}


class MeritCell(models.Model):
    """What the guideline gives to one rating at one position in the range."""

    cycle = models.ForeignKey(RewardCycle, on_delete=models.CASCADE, related_name="cells")
    rating = models.SmallIntegerField(_("rating"))
    position = models.CharField(_("position in the range"), max_length=10, choices=PayPosition)
    percent = percent_field(_("increase in %"))

    class Meta:
        ordering = ["-rating", "position"]
        constraints = [models.UniqueConstraint(fields=["cycle", "rating", "position"], name="one_merit_cell")]

    def __str__(self) -> str:
        return f"{self.rating} {self.position}: {self.percent} %"


class RecommendationQuerySet(models.QuerySet["MeritRecommendation"]):
    def visible_to(self, user: Principal) -> Self:
        """Others', for those who work on rewards and read ratings: a percentage says by the guideline which rating it follows from."""
        return self.filter(others_pay(user)) if user.viewer.may_use("ratings:read") else self.none()

    def with_people(self) -> Self:
        return self.select_related("employee__org_unit", "employee__job", "rating", "decided_by", "approved_by")

    def payable(self) -> Self:
        """Those for whom there is an amount."""
        return self.filter(left_out="")

    def to_approve_by(self, cycle: RewardCycle, employee_id: int | None) -> Self:
        """What this person may approve: not their own, and nothing they set themselves. Whoever started the cycle approves
        only for those who approved the others, so that two people stand behind every amount."""
        waiting = self.payable().filter(cycle=cycle, approved_at=None).exclude(employee_id=employee_id)
        waiting = waiting.exclude(decided_by_id=employee_id, decided_by__isnull=False)
        if cycle.created_by_id != employee_id:
            return waiting
        approvers = MeritRecommendation.objects.filter(cycle=cycle).exclude(approved_by=None).values("approved_by")
        return waiting.filter(employee__in=approvers)


class MeritRecommendation(models.Model):
    """What is recommended for one person, with all it follows from, as it was when it was computed.

    `left_out` says why there is none: then there is no percentage, which is not one of 0. `decided_percent` is a person's
    decision in place of `percent`; both are kept.
    """

    cycle = models.ForeignKey(RewardCycle, on_delete=models.CASCADE, related_name="recommendations")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    rating = models.ForeignKey(CalibratedRating, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pay = amount_field(_("pay"), null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    minimum = amount_field(_("minimum"), null=True, blank=True)
    midpoint = amount_field(_("midpoint"), null=True, blank=True)
    maximum = amount_field(_("maximum"), null=True, blank=True)
    place = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    compa_ratio = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    position = models.CharField(max_length=10, choices=PayPosition, blank=True)
    percent = percent_field(_("recommended"), null=True, blank=True)
    low = percent_field(_("from"), null=True, blank=True)
    high = models.DecimalField(_("to"), max_digits=6, decimal_places=2, null=True, blank=True)
    left_out = models.CharField(max_length=20, choices=LeftOut, blank=True)
    rested_on_stale = models.JSONField(default=list, blank=True)
    decided_percent = percent_field(_("decided"), null=True, blank=True)
    decided_because = models.TextField(_("why"), blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee"], name="one_recommendation_per_cycle"),
            models.CheckConstraint(
                condition=~Q(left_out="") | Q(rating__isnull=False, percent__isnull=False, pay__isnull=False),
                name="no_amount_without_a_rating",
            ),
            models.CheckConstraint(
                condition=Q(decided_percent=None) | Q(left_out="") & ~Q(decided_because=""),
                name="decided_with_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["cycle", "left_out"], name="recommendation_left_out")]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.employee}"

    @property
    def final_percent(self) -> Decimal | None:
        """What counts: a person's decision before the guideline's."""
        return self.percent if self.decided_percent is None else self.decided_percent

    @property
    def amount(self) -> Decimal | None:
        """The yearly increase."""
        if self.pay is None or self.final_percent is None:
            return None
        return raise_of(self.pay, self.final_percent)

    @property
    def new_pay(self) -> Decimal | None:
        return None if self.pay is None or self.amount is None else self.pay + self.amount

    @property
    def is_outside(self) -> bool:
        """Whether a person decided on more or less than the guideline leaves room for."""
        final = self.decided_percent
        return (
            final is not None and self.low is not None and self.high is not None and not self.low <= final <= self.high
        )
