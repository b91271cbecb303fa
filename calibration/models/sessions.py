"""Calibration sessions: whose reviews lie on the board, who sits around it, and every move made."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import Reason, SessionState
from hrportal.common.paths import at_or_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee, OrgUnit
from performance.enums import ReviewState
from performance.models import RatingLevel, Review, ReviewCycle
from performance.models.reviews import ReviewQuerySet


class SessionQuerySet(models.QuerySet["CalibrationSession"]):
    def visible_to(self, user: Any) -> Self:
        """Sessions one leads or takes part in, those of one's units, all for an HR leader."""
        viewer = user.viewer
        if not viewer.may_use("calibration:read"):
            return self.none()
        if viewer.is_client:
            return self
        if viewer.has(Role.HR_LEADER):
            return self
        takes_part = Q(pk__in=Participant.objects.filter(employee_id=viewer.employee_id).values("session"))
        return self.filter(takes_part | viewer.oneself("facilitator__") | viewer.seats(viewer.partner_units, ""))

    def with_counts(self) -> Self:
        """With the number of cards, without the viewer having to see them."""
        cards = Card.objects.on_board().filter(session=OuterRef("pk")).order_by().values("session")
        return self.annotate(card_count=Coalesce(Subquery(cards.annotate(n=Count("pk")).values("n")), 0))

    def with_cycle(self) -> Self:
        return self.select_related("cycle__scale", "org_unit", "facilitator")


class CalibrationSession(models.Model):
    """Reviews of one cycle, looked at together. Preparing, open, locked; a locked session is never unlocked."""

    name = models.CharField(_("name"), max_length=120)
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    facilitator = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("facilitator")
    )
    state = models.CharField(_("state"), max_length=10, choices=SessionState, default=SessionState.PREPARING)
    due_on = models.DateField(_("due"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False, help_text="Rises with every move on the board.")
    opened_at = models.DateTimeField(null=True, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    completion_job_id = models.BigIntegerField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return self.name

    def reviews(self) -> ReviewQuerySet:
        """The reviews of the cycle in the session's unit and below it, wherever they are."""
        inside = at_or_below(self.org_unit.path, field="org_unit__path") if self.org_unit else Q()
        return Review.objects.filter(inside, cycle=self.cycle_id)

    def waiting_reviews(self) -> ReviewQuerySet:
        """Submitted ones that never lay in a session. One that did and was reopened is decided again by HR, singly."""
        taken = Card.objects.filter(review=OuterRef("pk"))
        return self.reviews().filter(~Exists(taken), state=ReviewState.SUBMITTED)

    def reviewer_ids(self) -> list[int]:
        """Who writes the reviews: the table's default."""
        written = self.reviews().exclude(state=ReviewState.WITHDRAWN).exclude(reviewer=None)
        return list(written.order_by().values_list("reviewer", flat=True).distinct())


class Participant(models.Model):
    """Somebody at the table."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.CASCADE, related_name="participants")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "employee"], name="once_at_the_table")]

    def __str__(self) -> str:
        return f"{self.employee}"


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, user: Any) -> Self:
        """The cards of a visible session without one's own, and for a partner without those they report to."""
        viewer = user.viewer
        cards = self.filter(session__in=CalibrationSession.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return cards if viewer.may_use("ratings:read") else self.none()
        cards = cards.filter(viewer.others("review__employee__"))
        if viewer.has(Role.HR_LEADER) or not viewer.has(Role.HRBP):
            return cards
        return cards.exclude(review__employee_id__in=viewer.superiors())

    def on_board(self, *states: str) -> Self:
        """Without reviews that were withdrawn or reopened since; with `states`, only those whose review is there."""
        current = self.filter(review_revision=F("review__revision")).exclude(review__state=ReviewState.WITHDRAWN)
        return current.filter(review__state__in=states) if states else current

    def moved(self) -> Self:
        """Those whose rating is not the proposed one."""
        return self.exclude(rating=F("proposed_rating"))

    def with_people(self) -> Self:
        return self.select_related(
            "review__employee", "review__reviewer", "review__job", "review__org_unit", "proposed_rating", "rating"
        )

    def for_board(self) -> Self:
        """With what a board shows but the ratings: each manager, job and unit read once, however many cards share it."""
        return self.select_related("review__employee").prefetch_related(
            "review__reviewer", "review__job", "review__org_unit"
        )


class Card(models.Model):
    """One review on the board. `proposed_rating` is captured when the session opens and never changes after that."""

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="cards")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    review_revision = models.PositiveSmallIntegerField(default=1)
    proposed_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    is_discussed = models.BooleanField(_("discussed"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = CardQuerySet.as_manager()

    class Meta:
        ordering = ["review__employee__last_name", "review__employee__first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "review_revision"], name="one_card_per_review"),
        ]

    def __str__(self) -> str:
        return f"{self.review.employee}"

    @property
    def is_moved(self) -> bool:
        """Whether the rating differs from the proposed one."""
        return self.rating_id != self.proposed_rating_id


class CardMove(models.Model):
    """One move of one card; the history is only ever added to."""

    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="moves")
    from_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    to_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    rationale = models.TextField(blank=True)
    moved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-moved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.card}: {self.from_rating} to {self.to_rating}"
