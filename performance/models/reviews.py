"""Reviews. What the employee and the manager write are two parts with rules of their own, so that one never leaks with the other."""

import datetime
from typing import Self

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Competency, Employee, Job, OrgUnit, Position
from hrportal.people.models.competencies import HIGHEST, LOWEST, level_field
from hrportal.people.viewer import Principal, Viewer
from performance.enums import (
    BEING_WRITTEN,
    FINISHED,
    SEEN_BY_EMPLOYEE,
    RemarkKind,
    ReviewerChangeState,
    ReviewState,
    SeenBy,
    Side,
    VersionCause,
)
from performance.models.cycles import ReviewCycle
from performance.models.templates import RatingLevel, TemplateQuestion


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Principal) -> Self:
        """Reviews one may know of: one's own, those below, one's units, all for an HR leader, those asked to write.

        That a review is visible does not open its parts: see `ReviewPart.objects.visible_to` and `may_see_rating`.
        """
        viewer = user.viewer
        if viewer.is_client:
            return self.filter(viewer.client_rows()) if viewer.may_use("reviews:read") else self.none()
        if not viewer.may_use("reviews:read"):
            return self.none()
        return self.filter(viewer.oneself() | self.worked_on_by(viewer))

    @staticmethod
    def worked_on_by(viewer: Viewer) -> Q:
        """Reviews of other people that this viewer reads in full: who writes them, in the chain above, or as HR."""
        return (ReviewQuerySet.written_by(viewer) | viewer.chain_below() | viewer.hr()) & viewer.others()

    @staticmethod
    def written_by(viewer: Viewer) -> Q:
        """Reviews whose manager's part is this viewer's to write: as reviewer, or for the reviewer for a while."""
        if not viewer.employee_id:
            return Q(pk__in=[])
        delegated = ReviewDelegation.objects.current().filter(delegate=viewer.employee_id)
        # The few ids are asked for first: with a subquery behind the "or" the database reads all reviews there are.
        ids = viewer.once("delegated reviews", lambda: list(delegated.values_list("review", flat=True)))
        return Q(reviewer_id=viewer.employee_id) | Q(pk__in=ids)

    def with_people(self) -> Self:
        """With all that a line of a list shows."""
        return self.select_related(
            "employee", "reviewer", "org_unit", "job", "cycle", "proposed_rating", "final_rating"
        )

    def with_ratings_for(self, user: Principal) -> Self:
        """Each row then answers `shown_proposed` and `shown_final`: its ratings, or None where they are not this reader's."""
        viewer = user.viewer
        if not viewer.may_use("ratings:read"):
            return self.annotate(may_see_proposed=Value(False), may_see_final=Value(False))
        if viewer.is_client:
            return self.annotate(may_see_proposed=Value(True), may_see_final=Value(True))
        works_on_it = self.worked_on_by(viewer)
        own_and_shared = viewer.oneself() & Q(state__in=SEEN_BY_EMPLOYEE)
        return self.annotate(
            may_see_proposed=_whether(works_on_it), may_see_final=_whether(works_on_it | own_and_shared)
        )

    def being_written(self) -> Self:
        return self.filter(state__in=BEING_WRITTEN)

    def without_writer(self) -> Self:
        """Still to be written, by nobody or by somebody who has left: HR has to name a reviewer."""
        nobody = Q(reviewer=None) | Q(reviewer__status=EmploymentStatus.LEFT)
        return self.being_written().filter(nobody)

    def finished(self) -> Self:
        return self.filter(state__in=FINISHED)


class Review(models.Model):
    """One person in one cycle. `revision` counts how often it was opened again after it was handed in, finished or
    withdrawn; place and manager are as they were at launch."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="reviews")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_to_write"
    )
    manager_at_launch = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=20, choices=ReviewState, default=ReviewState.SELF_ASSESSMENT)
    revision = models.PositiveSmallIntegerField(default=1)
    self_due_on = models.DateField(_("self-assessment due"), null=True, blank=True)
    manager_due_on = models.DateField(_("manager review due"), null=True, blank=True)
    acknowledge_due_on = models.DateField(_("answer to the review due"), null=True, blank=True)
    goals_agreed_at = models.DateTimeField(null=True, blank=True)
    proposed_rating = models.ForeignKey(
        RatingLevel,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("proposed rating"),
    )
    final_rating = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("final rating")
    )
    final_is_calibrated = models.BooleanField(default=False)
    completed_without_calibration_reason = models.TextField(blank=True)
    computed_score = models.DecimalField(_("computed score"), max_digits=5, decimal_places=2, null=True, blank=True)
    score_inputs = models.JSONField(default=dict, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledgement_comment = models.TextField(_("comment"), blank=True)
    disputed_at = models.DateTimeField(null=True, blank=True)
    dispute_reason = models.TextField(_("reason for the dispute"), blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    # asked for by `with_ratings_for`
    may_see_proposed: bool
    may_see_final: bool

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "employee"], name="one_review_per_cycle"),
            models.CheckConstraint(condition=Q(revision__gte=1), name="revisions_count_from_one"),
            models.CheckConstraint(
                condition=~Q(state__in=["completed", "shared", "disputed", "acknowledged"])
                | Q(completed_at__isnull=False),
                name="finished_review_has_a_date",
            ),
        ]
        indexes = [
            models.Index(fields=["cycle", "state"], name="review_cycle_state"),
            models.Index(fields=["reviewer", "state"], name="review_reviewer_state"),
        ]

    def __str__(self) -> str:
        return f"{self.employee}, {self.cycle}"

    def get_absolute_url(self) -> str:
        return reverse("performance:review_detail", args=[self.pk])

    @property
    def is_being_written(self) -> bool:
        return self.state in BEING_WRITTEN

    @property
    def due_on(self) -> datetime.date | None:
        """The day by which whoever is at work on it should be done."""
        return self.self_due_on if self.state == ReviewState.SELF_ASSESSMENT else self.manager_due_on

    @cached_property
    def current_delegation(self) -> "ReviewDelegation | None":
        """Who writes it for the reviewer today, if anybody does."""
        return ReviewDelegation.objects.current().filter(review=self.pk).select_related("delegate").first()

    @property
    def is_finished(self) -> bool:
        return self.state in FINISHED

    @property
    def is_seen_by_employee(self) -> bool:
        return self.state in SEEN_BY_EMPLOYEE

    @property
    def shown_proposed(self) -> RatingLevel | None:
        """The proposed rating, if the reader of this row may see it (asked through `with_ratings_for`)."""
        return self.proposed_rating if self.may_see_proposed else None

    @property
    def shown_final(self) -> RatingLevel | None:
        """The final rating, if the reader of this row may see it (asked through `with_ratings_for`)."""
        return self.final_rating if self.may_see_final else None


class ReviewRemark(models.Model):
    """Why a review was sent back, moved, taken out or reopened; a reopening also keeps what the review said before."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=20, choices=RemarkKind)
    revision = models.PositiveSmallIntegerField()
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    content = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.review}: {self.get_kind_display()}"


class PartQuerySet(models.QuerySet["ReviewPart"]):
    def visible_to(self, user: Principal) -> Self:
        """The self-assessment: its writer always, its reader once it was handed in. The manager's part: never the
        employee before sharing, otherwise whoever works on the review."""
        viewer = user.viewer
        if not viewer.may_use("reviews:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows("review__employee__"), submitted_at__isnull=False)
        own = viewer.oneself("review__employee__") & (
            Q(side=Side.SELF) | Q(side=Side.MANAGER, review__state__in=SEEN_BY_EMPLOYEE)
        )
        others = Q(review__in=Review.objects.filter(ReviewQuerySet.worked_on_by(viewer)).values("pk"))
        return self.filter(own | others & (Q(side=Side.MANAGER) | Q(submitted_at__isnull=False)))


class ReviewPart(models.Model):
    """One side's half of a review. `version` rises with every save, so that two tabs never overwrite each other."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="parts")
    side = models.CharField(max_length=10, choices=Side)
    version = models.PositiveIntegerField(default=1)
    overall_rating = models.ForeignKey(
        RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("overall rating")
    )
    override_reason = models.TextField(_("why the rating differs from the computed one"), blank=True)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "side"], name="one_part_per_side")]

    def __str__(self) -> str:
        return f"{self.review}: {self.get_side_display()}"

    def rating_for(self, viewer: Viewer) -> RatingLevel | None:
        """The rating given in this half, if the reader may know it: what a manager proposed is kept from the employee."""
        is_proposed_for_them = self.side == Side.MANAGER and self.review.employee_id == viewer.employee_id
        return None if is_proposed_for_them else self.overall_rating


class PartVersionQuerySet(models.QuerySet["PartVersion"]):
    def visible_to(self, user: Principal) -> Self:
        """Drafts of a self-assessment are its writer's own; those of a manager's part are for those who work on the review."""
        viewer = user.viewer
        if viewer.is_client or not viewer.may_use("reviews:read"):
            return self.none()
        own = viewer.oneself("part__review__employee__") & Q(part__side=Side.SELF)
        worked_on = Review.objects.filter(ReviewQuerySet.worked_on_by(viewer))
        return self.filter(own | Q(part__side=Side.MANAGER, part__review__in=worked_on.values("pk")))


class PartVersion(models.Model):
    """What a part held at one moment, by whom. Kept whenever writing would be replaced, moved or handed in."""

    part = models.ForeignKey(ReviewPart, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    revision = models.PositiveSmallIntegerField(default=1)
    cause = models.CharField(max_length=10, choices=VersionCause, default=VersionCause.SAVED)
    content = models.JSONField(default=dict)
    author = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = PartVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.part} {self.version}"


class DelegationQuerySet(models.QuerySet["ReviewDelegation"]):
    def current(self) -> Self:
        """Those in force today: neither ended nor past their day."""
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()), ended_at=None)


class ReviewDelegation(models.Model):
    """Somebody writes for the reviewer for a while. The reviewer stays accountable; nobody delegates further."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="delegations")
    delegate = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="delegated_reviews")
    reviewer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"))
    until = models.DateField(_("until"), null=True, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["review"], condition=Q(ended_at=None), name="one_delegate_at_a_time"),
            models.CheckConstraint(condition=~Q(delegate=F("reviewer")), name="delegate_is_somebody_else"),
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.delegate}"


class ReviewerChange(models.Model):
    """The employee of a review under way has a new manager: stay, or move? One open question for a review."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="reviewer_changes")
    reviewer = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    new_manager = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ReviewerChangeState, default=ReviewerChangeState.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["review"], condition=Q(state="open"), name="one_open_reviewer_change")
        ]

    def __str__(self) -> str:
        return f"{self.review}: {self.new_manager}"


class AnswerQuerySet(models.QuerySet["Answer"]):
    def visible_to(self, user: Principal) -> Self:
        """Answers in the parts one reads, as far as their question says; one's own writing always."""
        viewer = user.viewer
        readable = self.filter(part__in=ReviewPart.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return readable.exclude(question__seen_by=SeenBy.HR)
        written = Review.objects.filter(ReviewQuerySet.written_by(viewer) & viewer.others())
        own = viewer.oneself("part__review__employee__") & Q(part__side=Side.SELF)
        own |= Q(part__side=Side.MANAGER, part__review__in=written.values("pk"))
        for_manager = viewer.others("part__review__employee__") & Q(question__seen_by=SeenBy.MANAGER)
        for_hr = viewer.hr("part__review__employee__") & Q(question__seen_by=SeenBy.HR)
        return readable.filter(own | Q(question__seen_by=SeenBy.EMPLOYEE) | for_manager | for_hr)


class Answer(models.Model):
    part = models.ForeignKey(ReviewPart, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(TemplateQuestion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    rating = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    choice = models.CharField(max_length=200, blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "question"], name="one_answer_per_question")]

    def __str__(self) -> str:
        return f"{self.part}: {self.question}"


class CompetencyRating(models.Model):
    """How one side sees one competency; `level` empty means not assessed."""

    part = models.ForeignKey(ReviewPart, on_delete=models.CASCADE, related_name="competency_ratings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = level_field(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "competency"], name="one_rating_per_competency"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(LOWEST, HIGHEST)), name="competency_level_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.competency}"


class DevelopmentNeed(models.Model):
    """A gap the manager's part names; the development plan opens with an item for each."""

    part = models.ForeignKey(ReviewPart, on_delete=models.CASCADE, related_name="development_needs")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    description = models.CharField(_("what to develop"), max_length=300)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.description
