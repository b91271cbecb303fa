"""The cards on a board, who sees which of them, and every move made."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from calibration.enums import Reason, SessionState
from calibration.models.sessions import CalibrationSession
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal, Viewer
from performance.enums import ReviewState
from performance.models import RatingLevel, Review


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, user: Principal) -> Self:
        """The cards of a visible session that one is not recused from; before it opens, for those at the table only
        from the moment they are asked what they think. A card is a rating: words and places tell of it too."""
        viewer = user.viewer
        if not viewer.may_use("ratings:read"):
            return self.none()
        cards = self.filter(session__in=CalibrationSession.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return cards.filter(viewer.client_rows("review__employee__"))
        begun = ~Q(session__state=SessionState.PREPARING) | Q(session__pre_read_opened_at__isnull=False)
        run = CalibrationSession.objects.run_by(viewer)
        return cards.exclude(self.recused(viewer)).filter(begun | Q(session__in=run.values("pk")))

    @staticmethod
    def recused(viewer: Viewer) -> Q:
        """Cards that are kept from this viewer whatever their role: their own, those of the people they report to, and
        those about whom they have declared a conflict in this cycle."""
        from calibration.models.table import Recusal  # noqa: PLC0415  (a recusal is about a session with cards)

        if not viewer.employee_id:
            return Q(pk__in=[])
        declared = Recusal.objects.filter(
            employee=viewer.employee_id,
            about=OuterRef("review__employee"),
            session__cycle=OuterRef("session__cycle"),
        )
        return Q(review__employee__in=[viewer.employee_id, *viewer.superiors()]) | Q(Exists(declared))

    def at_table_of(self, session: CalibrationSession) -> Self:
        """Those of a session and of the sessions under it."""
        return self.filter(Q(session=session.pk) | Q(session__parent=session.pk))

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
    """One review on the board. `proposed_rating` is captured when the session opens and never changes after that.

    `version` counts moves: a move names the version it saw. `changes` counts whatever a board shows of the card, so that
    a board can ask whether anything changed among the cards its reader sees.
    """

    session = models.ForeignKey(CalibrationSession, on_delete=models.PROTECT, related_name="cards")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    review_revision = models.PositiveSmallIntegerField(default=1)
    proposed_rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    rationale = models.TextField(_("rationale"), blank=True)
    is_discussed = models.BooleanField(_("discussed"), default=False)
    agenda_place = models.PositiveIntegerField(_("place on the agenda"), null=True, blank=True)
    agenda_note = models.CharField(_("why it is to be discussed"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changes = models.PositiveIntegerField(default=1, editable=False)

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
