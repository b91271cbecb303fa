"""Decisions: what a locked session (or HR, correcting one review later) decided. Never edited."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calibration.enums import Reason
from calibration.models.cards import Card
from calibration.models.sessions import CalibrationSession
from calibration.models.table import Recusal
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal, Viewer
from performance.enums import ReviewState
from performance.models import RatingLevel, Review
from performance.models.reviews import ReviewQuerySet


def in_no_session() -> Q:
    """Submitted reviews that lie on no board and were decided on none."""
    on_a_board = Card.objects.filter(review=OuterRef("pk"), review_revision=OuterRef("revision"))
    decided = Decision.objects.filter(review=OuterRef("pk"))
    return Q(~Exists(on_a_board), ~Exists(decided), state=ReviewState.SUBMITTED)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: Principal) -> Self:
        """Whoever reads the review as its manager or as HR reads what was decided and why; never the person itself, nor
        who stays out of talking about them. The reviewing manager always learns what became of their own proposal."""
        viewer = user.viewer
        if not (viewer.may_use("calibration:read") and viewer.may_use("ratings:read")):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("review__employee__"))
        read = self.filter(review__in=Review.objects.filter(ReviewQuerySet.worked_on_by(viewer)).values("pk"))
        return read.filter(~self.recused(viewer) | Q(review__reviewer_id=viewer.employee_id))

    @staticmethod
    def recused(viewer: Viewer) -> Q:
        """Decisions about those this viewer reports to, or about whom they have declared a conflict in that cycle."""
        declared = Recusal.objects.filter(
            employee=viewer.employee_id, about=OuterRef("review__employee"), session__cycle=OuterRef("review__cycle")
        )
        return Q(review__employee__in=viewer.superiors()) | Q(Exists(declared))

    def kept_from(self, viewer: Viewer) -> Self:
        """Those that are kept from this viewer at every table: about themselves, those above them, declared conflicts."""
        return self.filter(self.recused(viewer) | viewer.oneself("review__employee__"))

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

    @property
    def person(self) -> Employee:
        return self.review.employee

    @property
    def is_moved(self) -> bool:
        """Whether the rating differs from the proposed one."""
        return self.rating_id != self.proposed_rating_id

    @property
    def is_standing(self) -> bool:
        """Whether it is about the revision the review is at."""
        return self.review_revision == self.review.revision

    @property
    def review_words(self) -> str:
        """Where the review is by now."""
        return self.review.get_state_display() if self.is_standing else gettext("reopened since")


class DecisionRemarkQuerySet(models.QuerySet["DecisionRemark"]):
    def visible_to(self, user: Principal) -> Self:
        """Those about the decisions one reads."""
        return self.filter(decision__in=Decision.objects.visible_to(user).values("pk"))

    def waiting(self) -> Self:
        """Requests to look again that HR has not answered."""
        return self.filter(is_request=True, answered_at=None)


class DecisionRemark(models.Model):
    """What a manager has to say to a decision. With `is_request` HR is asked to look again, and answers; the decision itself
    stays: a correction reopens the review."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="remarks")
    is_request = models.BooleanField(default=False)
    text = models.TextField(_("remark"))
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = DecisionRemarkQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision"],
                condition=Q(is_request=True, answered_at=None),
                name="one_open_request_about_a_decision",
                violation_error_message=_("HR was asked already to look at this decision again."),
            ),
            models.CheckConstraint(condition=Q(answered_at=None) | ~Q(answer=""), name="answer_to_a_remark_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.made_by}"
