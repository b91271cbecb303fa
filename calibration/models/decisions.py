"""Decisions: what a locked session (or HR, correcting one review later) decided. Never edited."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import Reason
from calibration.models.sessions import CalibrationSession
from hrportal.people.models import Employee
from performance.enums import ReviewState
from performance.models import RatingLevel, Review
from performance.models.reviews import ReviewQuerySet


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever reads the review as its manager or as HR reads what was decided and why; never the person itself."""
        viewer = user.viewer
        if not viewer.may_use("calibration:read"):
            return self.none()
        if viewer.is_client:
            return self if viewer.may_use("ratings:read") else self.none()
        return self.filter(review__in=Review.objects.filter(ReviewQuerySet.worked_on_by(viewer)).values("pk"))

    def standing(self) -> Self:
        """Those about the revision a review is at; a reopened review's older ones no longer stand."""
        return self.filter(review_revision=F("review__revision"))

    def to_complete(self) -> Self:
        """Those whose review still waits to be completed with them."""
        return self.standing().filter(review__state=ReviewState.CALIBRATED)

    def to_share(self) -> Self:
        """Those whose review is completed and not yet seen by its person."""
        return self.standing().filter(review__state=ReviewState.COMPLETED)

    def with_people(self) -> Self:
        return self.select_related(
            "review__employee",
            "review__reviewer",
            "review__org_unit",
            "review__job",
            "proposed_rating",
            "rating",
            "decided_by",
        )


class Decision(models.Model):
    """The final rating of one revision of one review, moved or not, with who decided and why."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    review_revision = models.PositiveSmallIntegerField(default=1)
    session = models.ForeignKey(
        CalibrationSession, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    proposed_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "review_revision"], name="one_decision_per_revision"),
            models.CheckConstraint(
                condition=Q(rating=F("proposed_rating")) | ~Q(rationale=""),
                name="difference_has_a_rationale",
                violation_error_message=_("Say why the rating differs from the proposed one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.rating}"
