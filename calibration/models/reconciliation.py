"""What a comparison of both sides of the bridge found: how much it covered, and each difference."""

import datetime
from typing import Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calibration.enums import DifferenceKind, HandOverKind, Mismatch, Outcome
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import Review

KEPT_FOR = datetime.timedelta(days=30)


class ReconciliationQuerySet(models.QuerySet["Reconciliation"]):
    def visible_to(self, user: Principal) -> Self:
        """HR, and clients that read calibration; of the differences each sees their own people's."""
        viewer = user.viewer
        may_read = viewer.may_use("calibration:read") and (viewer.is_client or viewer.is_hr)
        return self if may_read else self.none()

    def finished(self) -> Self:
        return self.exclude(outcome=Outcome.RUNNING)

    def past(self) -> Self:
        """Those too old to be kept."""
        return self.filter(started_at__lt=timezone.now() - KEPT_FOR)

    def with_found(self, user: Principal) -> Self:
        """With the number of differences this reader sees, as `found`, and what it came to for them, as `told`: who sees no
        difference must not read from the outcome that there is one about themselves."""
        seen = Difference.objects.visible_to(user).standing().filter(reconciliation=OuterRef("pk"))
        count = seen.order_by().values("reconciliation").annotate(n=Count("pk")).values("n")
        none = When(outcome=Outcome.DIFFERENT, found=0, then=Value(Outcome.CLEAN))
        told = Case(none, default=F("outcome"), output_field=models.CharField())
        return self.annotate(found=Coalesce(Subquery(count), 0)).annotate(told=told)


class Reconciliation(models.Model):
    """One comparison of what completed reviews should have set off with what is there, over the whole organisation.

    `counts` says by `HandOverKind` how many reviews were covered and right, and of how many something is missing, wrong,
    too much, parked or on its way.
    """

    job_id = models.BigIntegerField(null=True, unique=True, editable=False)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    completed = models.PositiveIntegerField(default=0, help_text=_("Completed reviews there were."))
    covered = models.PositiveIntegerField(default=0, help_text=_("Completed reviews that were compared."))
    counts = models.JSONField(default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.RUNNING)

    objects = ReconciliationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.get_outcome_display()}"

    @property
    def by_effect(self) -> list[tuple[HandOverKind, dict[str, int]]]:
        """The counts in the order in which people read them; a database need not keep one."""
        names = ["covered", "right", *DifferenceKind.values]
        return [(kind, {n: self.counts[kind][n] for n in names}) for kind in HandOverKind if kind in self.counts]

    @property
    def why_nothing(self) -> str:
        """What to say of one that covered nothing."""
        if not self.completed:
            return gettext("There is nothing to compare: no review is completed yet.")
        return gettext("None of the completed reviews was compared. This is a fault of the portal.")


class DifferenceQuerySet(models.QuerySet["Difference"]):
    def visible_to(self, user: Principal) -> Self:
        """As the hand-over itself: HR sees what concerns the people it looks after; nobody what concerns themselves."""
        viewer = user.viewer
        if not viewer.may_use("calibration:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        return self.filter(viewer.hr()) if viewer.is_hr else self.none()

    def standing(self) -> Self:
        """Without what has only not arrived yet."""
        return self.exclude(kind__in=[DifferenceKind.PENDING, DifferenceKind.PARKED])

    def to_hand_over(self) -> Self:
        """Those that carrying their review over again may settle, and for which nobody has asked that yet."""
        return self.filter(review__isnull=False, handed_over_at=None).exclude(kind=DifferenceKind.PENDING)

    def with_people(self) -> Self:
        return self.select_related("employee__job", "employee__org_unit", "review__cycle")


class Difference(models.Model):
    """Where the two sides differ about one effect of one review. `review` is empty where none is named that exists and is
    about this person.
    """

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.CASCADE, related_name="differences")
    effect = models.CharField(_("what"), max_length=100, help_text=_("One of `HandOverKind`."))
    kind = models.CharField(_("difference"), max_length=10, choices=DifferenceKind)
    mismatch = models.CharField(max_length=20, choices=Mismatch)
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="+")
    handed_over_at = models.DateTimeField(null=True, help_text=_("When its review was handed over again."))

    objects = DifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(review__isnull=False) | Q(handed_over_at=None), name="handed_over_again_has_a_review"
            )
        ]
        indexes = [models.Index(fields=["reconciliation", "kind"], name="difference_run_kind")]

    def __str__(self) -> str:
        return f"{self.effect_label}: {self.get_mismatch_display()}"

    @property
    def effect_label(self) -> str:
        return str(HandOverKind(self.effect).label)

    @property
    def can_be_handed_over(self) -> bool:
        """The sentence of `to_hand_over` about one row."""
        return bool(self.review_id) and self.handed_over_at is None and self.kind != DifferenceKind.PENDING

    @property
    def help_text(self) -> str:
        """What helps where handing over again cannot."""
        if self.review_id is None:
            return gettext("Handing over again does not help: have your administrator look at it.")
        if self.mismatch in {Mismatch.OTHER_VALUE, Mismatch.OTHER_PERSON, Mismatch.TOO_EARLY}:
            return gettext("If handing over again does not help, reopen the review and complete it again.")
        return ""
