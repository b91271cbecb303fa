"""What the figures say about managers' ratings and single ones: stored with what they rest on, never applied by themselves."""

from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from calibration.enums import LeniencyBasis, SuggestionAnswer, SuggestionReason
from calibration.evidence import words
from calibration.evidence.gather import COUNTED
from calibration.models.cards import Card
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal, Viewer
from performance.enums import RemarkKind
from performance.models import RatingLevel, Review, ReviewCycle
from performance.models.reviews import ReviewQuerySet

# So many ratings that a reader does not know may lie in a sum without one of them showing through.
FEWEST_HIDDEN = 5


class CycleEvidence(models.Model):
    """Whether the figures of a cycle are shown at all, and whether what they rest on changed since they were computed."""

    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    is_shown = models.BooleanField(_("figures are shown"), default=True)
    switch_reason = models.CharField(_("why"), max_length=300, blank=True)
    switched_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    switched_at = models.DateTimeField(null=True)
    stale_since = models.DateTimeField(null=True)
    job_id = models.BigIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.cycle}"


class EvidenceRun(models.Model):
    """One computation for one cycle. A new one is made only when method or inputs changed; the latest counts.

    `pooled` are the cycles whose ratings went in; `inputs` is a digest of every number that did; `summary` what the
    whole organisation's data say (variance components, means of the cycles), as the pages show it.
    """

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    method = models.CharField(max_length=20)
    inputs = models.CharField(max_length=64)
    pooled = models.ManyToManyField(ReviewCycle, related_name="+")
    ratings = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)
    managers = models.PositiveIntegerField(default=0)
    threshold = models.FloatField(default=0.75)
    summary = models.JSONField(default=dict)
    computed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["cycle", "-id"], name="evidence_run_latest")]

    def __str__(self) -> str:
        return f"{self.cycle} ({self.computed_at:%Y-%m-%d %H:%M})"


@dataclass(frozen=True)
class Interval:
    """An estimate on a line of 200 by 20: zero in the middle, two points to either side. All whole numbers."""

    low: int
    point: int
    high: int
    tone: str
    label: str

    @classmethod
    def of(cls, point: float, low: float, high: float, is_flagged: bool) -> "Interval":
        left, middle, right = (round(100 + 50 * max(-2.0, min(2.0, value))) for value in (low, point, high))
        told = {"point": words.signed(point, 2), "low": words.signed(low, 1), "high": words.signed(high, 1)}
        tone = "care" if is_flagged else "info" if low > 0 or high < 0 else "mute"
        return cls(left, middle, right, tone, gettext("%(point)s (between %(low)s and %(high)s)") % told)


def _kept_from(viewer: Viewer) -> Q:
    """Reviews of whoever's rating this viewer must not learn in any cycle: their own, those of the people they report to,
    and those about whom they ever declared a conflict."""
    from calibration.models.table import Recusal  # noqa: PLC0415  (a recusal is about a session with cards)

    if not viewer.employee_id:
        return Q(pk__in=[])
    declared = Recusal.objects.filter(employee=viewer.employee_id, about=OuterRef("employee"))
    return Q(employee__in=[viewer.employee_id, *viewer.superiors()]) | Q(Exists(declared))


class ManagerEvidenceQuerySet(models.QuerySet["ManagerEvidence"]):
    def visible_to(self, user: Principal) -> Self:
        """Figures about the managers of cards one sees, as far as no rating can be worked out of them that one does not see.

        A team's mean beside all ratings but one gives that one away. So a figure is shown only to those who see every
        rating of this cycle in it; of earlier cycles all or all but at least five, since those do not change any more.
        Whoever is rated in it themselves, reports to somebody who is, or stays out of talking about somebody who is, never
        sees it, whatever their role.
        """
        viewer = user.viewer
        if not viewer.may_use("ratings:read"):
            return self.none()
        cards = Card.objects.visible_to(user)
        on_table = cards.filter(review__reviewer=OuterRef("manager"), review__cycle=OuterRef("run__cycle"))
        shown = self.filter(Exists(on_table.order_by())).exclude(self.switched_off())
        if viewer.is_client and viewer.is_over_all:
            return shown
        unseen = self._unseen(user)
        now = unseen.filter(cycle=OuterRef("run__cycle"))
        before = unseen.exclude(cycle=OuterRef("run__cycle")).order_by().values("reviewer")
        in_it = before.annotate(n=Count("pk", filter=Q(state__in=COUNTED)))  # withdrawn ones hide nobody
        counted = shown.annotate(unseen_before=Subquery(in_it.values("n"), output_field=models.IntegerField()))
        kept_back = self.gives_away(viewer) | Q(Exists(now)) | Q(run__in=self._outdated(user))
        return counted.exclude(kept_back).filter(Q(unseen_before=None) | Q(unseen_before__gte=FEWEST_HIDDEN))

    @staticmethod
    def switched_off() -> Q:
        """Figures of cycles in which none are shown."""
        return Q(Exists(CycleEvidence.objects.filter(cycle=OuterRef("run__cycle"), is_shown=False)))

    @staticmethod
    def gives_away(viewer: Viewer) -> Q:
        """Figures that hold a rating which this viewer must not learn."""
        return Q(Exists(Review.objects.filter(_kept_from(viewer), reviewer=OuterRef("manager"))))

    @staticmethod
    def _outdated(user: Principal) -> models.QuerySet:
        """Runs since which a rating that this reader does not see was given to another reviewer: it still lies in the figure
        of the one before, whoever that was, until the figures are computed anew."""
        on_card = _cards_of_today(user)
        given = Review.objects.filter(remarks__kind=RemarkKind.REASSIGNED, proposed_rating__isnull=False)
        hidden = given.exclude(Exists(on_card)).exclude(
            ReviewQuerySet.worked_on_by(user.viewer) & ~_kept_from(user.viewer)
        )
        since = EvidenceRun.objects.filter(
            cycle__reviews__in=hidden.order_by().values("pk"),
            cycle__reviews__remarks__kind=RemarkKind.REASSIGNED,
            cycle__reviews__remarks__made_at__gte=F("computed_at"),
        )
        return since.order_by().values("pk")

    @staticmethod
    def _unseen(user: Principal) -> ReviewQuerySet:
        """Rated reviews behind a figure that lie on no card this reader sees, and that they do not work on either."""
        pooled = EvidenceRun.pooled.through.objects.filter(
            evidencerun=OuterRef(OuterRef("run")), reviewcycle=OuterRef("cycle")
        )
        on_card = _cards_of_today(user)
        rated = Review.objects.filter(Exists(pooled), reviewer=OuterRef("manager"), proposed_rating__isnull=False)
        return rated.exclude(ReviewQuerySet.worked_on_by(user.viewer)).exclude(Exists(on_card))

    def newest(self) -> Self:
        """Those of the latest run of each cycle."""
        newest = EvidenceRun.objects.filter(cycle=OuterRef("run__cycle")).order_by("-pk")
        return self.filter(run=Subquery(newest.values("pk")[:1]))


def _cards_of_today(user: Principal) -> models.QuerySet[Card]:
    """The cards this reader sees that show what a review proposes now: an earlier revision's shows another rating."""
    cards = Card.objects.visible_to(user).filter(review=OuterRef("pk"), review_revision=OuterRef("revision"))
    return cards.order_by()


class ManagerEvidence(models.Model):
    """What one run says about one manager, in rating points; empty is unknown, and `basis` says why.

    `evidence` is the mean of what goals and peers say of the `with_evidence` ratings they speak of, in standard deviations; `explained` is
    `slope` times that, `remaining` the rest of the difference to `organisation`, `leniency` the rest shrunk by `weight` for few ratings, between `low` and `high` about nine times in ten. `mean_q` and `spread_q` are
    the chances of a false alarm over all managers (Benjamini-Hochberg); `spread` is what the ratings differ by. Halo: how alike one person's competencies are
    rated; recency: the share of dated evidence from the last quarter of the period.
    """

    run = models.ForeignKey(EvidenceRun, on_delete=models.CASCADE, related_name="findings")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=20, choices=LeniencyBasis)
    ratings = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    mean = models.FloatField(null=True)
    organisation = models.FloatField(null=True)
    explained = models.FloatField(null=True)
    remaining = models.FloatField(null=True)
    by_chance = models.FloatField(null=True)
    evidence = models.FloatField(null=True)
    slope = models.FloatField(null=True)
    with_evidence = models.PositiveIntegerField(default=0)
    weight = models.FloatField(null=True)
    leniency = models.FloatField(null=True)
    sd = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    mean_q = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    spread_q = models.FloatField(null=True)
    is_mean_flagged = models.BooleanField(default=False)
    is_spread_flagged = models.BooleanField(default=False)
    halo = models.FloatField(null=True)
    halo_p = models.FloatField(null=True)
    recent_share = models.FloatField(null=True)
    dated_pieces = models.PositiveIntegerField(default=0)

    objects = ManagerEvidenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "manager"], name="one_finding_per_manager")]

    def __str__(self) -> str:
        return f"{self.manager}: {self.get_basis_display()}"

    @property
    def is_flagged(self) -> bool:
        """Whether the manager is asked to explain something."""
        return self.is_mean_flagged or self.is_spread_flagged

    @property
    def words(self) -> str:
        return words.finding_in_words(self)

    @property
    def questions(self) -> list[str]:
        return words.questions_in_words(self)

    @property
    def untested(self) -> str:
        return words.untested_in_words(self)

    @property
    def notes(self) -> list[str]:
        return words.notes_in_words(self)

    @property
    def interval(self) -> "Interval | None":
        """The estimate as a picture, or None where there is none."""
        if self.leniency is None or self.low is None or self.high is None:
            return None
        return Interval.of(self.leniency, self.low, self.high, self.is_flagged)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: Principal) -> Self:
        """Those on cards one sees, where one sees the figure they rest on: given and calibrated rating tell it."""
        cards = Card.objects.visible_to(user).filter(
            review=OuterRef("review"), review_revision=OuterRef("review_revision")
        )
        figures = ManagerEvidence.objects.visible_to(user).order_by().values("pk")
        return self.filter(Exists(cards.order_by()), finding__in=figures)

    def current(self) -> Self:
        """Those that no later run took back, about the revision a review is at."""
        return self.filter(replaced_at=None, review_revision=F("review__revision"))

    def with_words(self) -> Self:
        """With all that the words of each need."""
        return self.select_related(
            "review__employee",
            "review__reviewer",
            "given",
            "proposed",
            "finding__manager",
            "finding__run",
            "answered_by",
        )

    def open(self) -> Self:
        """Those nobody has answered for good."""
        return self.current().filter(answer__in=["", SuggestionAnswer.DISCUSS])


class Suggestion(models.Model):
    """One level up or down for one rating, with its reason; a person accepts, rejects with a reason, or wants to talk."""

    run = models.ForeignKey(EvidenceRun, on_delete=models.PROTECT, related_name="suggestions")
    finding = models.ForeignKey(ManagerEvidence, on_delete=models.PROTECT, related_name="suggestions")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    review_revision = models.PositiveSmallIntegerField(default=1)
    given = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    proposed = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    calibrated = models.FloatField()
    reason = models.CharField(max_length=20, choices=SuggestionReason)
    probability = models.FloatField()
    answer = models.CharField(max_length=10, choices=SuggestionAnswer, blank=True)
    answer_reason = models.TextField(_("why"), blank=True)
    answered_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    # filled in for whoever reads it (`calibration.evidence.shown`)
    may_answer = False

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "review_revision"],
                condition=Q(replaced_at=None),
                name="one_current_suggestion_per_review",
            ),
            models.CheckConstraint(
                condition=~Q(answer=SuggestionAnswer.REJECTED) | ~Q(answer_reason=""),
                name="rejection_has_a_reason",
                violation_error_message=_("Say why the suggestion is rejected."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.proposed}"

    @cached_property
    def card(self) -> Card | None:
        """Where it lies on a board, if it still does."""
        cards = Card.objects.on_board().filter(review=self.review_id, review_revision=self.review_revision)
        return cards.select_related("session__org_unit", "session__parent", "review").first()

    @property
    def is_upwards(self) -> bool:
        """Whether a better rating is suggested."""
        return self.reason == SuggestionReason.SEVERE

    @property
    def words(self) -> str:
        return words.suggestion_in_words(self)

    @property
    def is_open(self) -> bool:
        """Whether somebody has yet to accept or reject it."""
        return self.replaced_at is None and self.answer in ("", SuggestionAnswer.DISCUSS)


class ExplanationQuerySet(models.QuerySet["Explanation"]):
    def visible_to(self, user: Principal) -> Self:
        """Explanations of figures one sees."""
        figures = ManagerEvidence.objects.visible_to(user).filter(
            manager=OuterRef("manager"), run__cycle=OuterRef("cycle")
        )
        return self.filter(Exists(figures.order_by()))


class Explanation(models.Model):
    """What the manager, or the table, says to a figure; only ever added to, and kept when figures are computed anew."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="+")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("explanation"), max_length=2000)
    written_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = ExplanationQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.manager}: {self.written_at:%Y-%m-%d}"
