"""Talent reviews: a meeting over a population, who sits at its table, who is talked about, every note and every move.

A box is where a card lies during one meeting. What lasts is a placement: dated, of one session, never a standing label.
"""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import any_of, at_or_below
from hrportal.people.models import Employee, Job, OrgUnit
from hrportal.people.viewer import EVERYONE, NOBODY, Principal, Viewer
from talent.enums import Band, OpenTopic, TalentReviewState
from talent.models.sight import others_talent

READ = "potential:read"
LEADERS = ("owner", "facilitator")
# What others than the table read: what was decided, not how a meeting that goes on stands.
DECIDED = (TalentReviewState.CONCLUDED, TalentReviewState.ARCHIVED)
LOWEST_BOX, HIGHEST_BOX = 1, 9
BOX = [MinValueValidator(LOWEST_BOX), MaxValueValidator(HIGHEST_BOX)]
LEVEL = [MinValueValidator(1.0), MaxValueValidator(5.0)]


class TalentReviewQuerySet(models.QuerySet["TalentReview"]):
    def visible_to(self, user: Principal) -> Self:
        """Those one runs or sits at; of the decided ones also those that placed somebody whom one reads about."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        read = ReviewMember.objects.filter(others_talent(user, OpenTopic.POTENTIAL, READ))
        decided = Q(state__in=DECIDED, pk__in=read.exclude(ReviewMember.objects.recused(viewer)).values("review"))
        return self.filter(self._around(viewer) | decided)

    @classmethod
    def _around(cls, viewer: Viewer) -> Q:
        """Those this viewer looks after as a partner, or takes part in."""
        return viewer.seats(viewer.partner_units, "") | cls.at_table(viewer)

    @staticmethod
    def at_table(viewer: Viewer) -> Q:
        """Those this viewer leads, or takes part in until the review is put away."""
        if not viewer.employee_id:
            return NOBODY
        seated = ReviewSeat.objects.filter(employee_id=viewer.employee_id).values("review")
        here = any_of(Q(**{f"{role}_id": viewer.employee_id}) for role in LEADERS) | Q(pk__in=seated)
        return here & ~Q(state=TalentReviewState.ARCHIVED)

    def around(self, user: Principal) -> Self:
        """Those in which one sees everybody but whom one stays out of talking about: HR of the review, and its table."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        return self.filter(self._around(viewer))

    def run_by(self, viewer: Viewer) -> Self:
        """Those this viewer prepares as HR, or leads."""
        if viewer.is_over_all:
            return self
        if viewer.is_client:
            return self.filter(viewer.client_rows(""))
        led = any_of(Q(**{f"{role}_id": viewer.employee_id}) for role in LEADERS) if viewer.employee_id else NOBODY
        return self.filter(viewer.seats(viewer.partner_units, "") | led)

    def with_people(self) -> Self:
        return self.select_related("org_unit", "owner", "facilitator")

    def with_counts(self, user: Principal) -> Self:
        """With the number of people this reader sees in it; a count must not tell them of anybody else."""
        members = ReviewMember.objects.visible_to(user).filter(review=OuterRef("pk")).order_by().values("review")
        return self.annotate(member_count=Coalesce(Subquery(members.annotate(n=Count("pk")).values("n")), 0))


class TalentReview(models.Model):
    """A meeting over a population. Preparing, open, concluded, archived; a concluded one is never opened again.

    Whom it is about: those of a unit, a job family, a job level; what is left empty does not narrow. The cut points divide
    both axes (1 to 5) into three; `boxes` holds the nine labels with what each means, lowest first (box 1 is lower left,
    9 upper right, as on a number pad). `cycle_source` names the performance cycle it follows, opaque to talent.
    """

    name = models.CharField(_("name"), max_length=120)
    org_unit = models.ForeignKey(
        OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    job_family = models.CharField(_("job family"), max_length=100, blank=True)
    job_level = models.PositiveSmallIntegerField(_("job level"), null=True, blank=True)
    owner = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    facilitator = models.ForeignKey(
        Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("facilitator")
    )
    held_on = models.DateField(_("day of the meeting"), null=True, blank=True)
    prepare_until = models.DateField(_("notes before the meeting until"), null=True, blank=True)
    cycle_source = models.CharField(max_length=100, blank=True)
    cycle_name = models.CharField(_("performance cycle"), max_length=120, blank=True)
    performance_low = models.FloatField(_("performance: middle from"), default=2.5, validators=LEVEL)
    performance_high = models.FloatField(_("performance: higher from"), default=3.5, validators=LEVEL)
    potential_low = models.FloatField(_("potential: middle from"), default=2.5, validators=LEVEL)
    potential_high = models.FloatField(_("potential: higher from"), default=3.5, validators=LEVEL)
    boxes = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=TalentReviewState, default=TalentReviewState.PREPARING)
    job_id = models.BigIntegerField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    prepared_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    member_count: int  # of rows read `with_counts`

    objects = TalentReviewQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(performance_low__lt=F("performance_high")),
                name="performance_cuts_rise",
                violation_error_message=_("“Higher” begins above “middle”."),
            ),
            models.CheckConstraint(
                condition=Q(potential_low__lt=F("potential_high")),
                name="potential_cuts_rise",
                violation_error_message=_("“Higher” begins above “middle”."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("talent:talent_review_detail", args=[self.pk])

    @property
    def leader_ids(self) -> set[int]:
        """The people who lead the conversation."""
        return {pk for role in LEADERS if (pk := getattr(self, f"{role}_id"))}

    @property
    def is_open(self) -> bool:
        return self.state == TalentReviewState.OPEN

    @property
    def is_decided(self) -> bool:
        return self.state in DECIDED

    @property
    def takes_notes(self) -> bool:
        """Whether notes before the meeting can still be written."""
        if self.state != TalentReviewState.PREPARING or self.prepared_at is None:
            return False
        return self.prepare_until is None or timezone.localdate() <= self.prepare_until

    def about(self) -> Q:
        """The people it is about, among those employed."""
        inside = at_or_below(self.org_unit.path, field="org_unit__path") if self.org_unit else EVERYONE
        if self.job_family:
            inside &= Q(job__family=self.job_family)
        if self.job_level is not None:
            inside &= Q(job__level=self.job_level)
        return inside

    def seats_at(self, employee_id: int | None) -> bool:
        """Whether somebody leads or takes part."""
        if employee_id is None or self.state == TalentReviewState.ARCHIVED:
            return False
        return employee_id in self.leader_ids or self.seats.filter(employee=employee_id).exists()

    def performance_band(self, value: float) -> Band:
        """The third of the performance axis a level lies in."""
        return _band(value, self.performance_low, self.performance_high)

    def potential_band(self, value: float) -> Band:
        """The third of the potential axis a level lies in."""
        return _band(value, self.potential_low, self.potential_high)


def _band(value: float, low: float, high: float) -> Band:
    return Band.LOW if value < low else Band.MIDDLE if value < high else Band.HIGH


class ReviewSeat(models.Model):
    """Somebody at the table: sees its people, but for those they stay out of talking about, as long as they sit there."""

    review = models.ForeignKey(TalentReview, on_delete=models.CASCADE, related_name="seats")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "employee"], name="once_at_a_talent_review")]

    def __str__(self) -> str:
        return f"{self.employee}"


class MemberQuerySet(models.QuerySet["ReviewMember"]):
    def visible_to(self, user: Principal) -> Self:
        """At the table and to its HR: everybody it is about. To others, once it is decided: whom they read about anyway.
        Never oneself, nor anybody above."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        around = Q(review__in=TalentReview.objects.around(user).values("pk"))
        others = others_talent(user, OpenTopic.POTENTIAL, READ) & Q(review__state__in=DECIDED)
        return self.filter(around | others).exclude(self.recused(viewer))

    @staticmethod
    def recused(viewer: Viewer) -> Q:
        """Those kept from this viewer whatever their role: themselves and the people they report to."""
        if not viewer.employee_id:
            return NOBODY
        return Q(employee__in=[viewer.employee_id, *viewer.superiors()])

    def held(self) -> Self:
        """Those in the holding area: in no box."""
        return self.filter(box=None)

    def with_people(self) -> Self:
        return self.select_related("employee", "job", "org_unit", "manager")

    def for_board(self) -> Self:
        """With what the grid shows; each job, unit and manager is read once, however many cards share it."""
        return self.select_related("employee").prefetch_related("job", "org_unit", "manager")


class ReviewMember(models.Model):
    """One person a meeting talks about, with the figures as they were taken and where the card lies now.

    `performance` and `potential` are levels from 1 to 5 with interval, day and parts, as they were on `figures_on`; job,
    unit and manager too are those of that day. `box` is 1 to 9, or None in the holding area. `version` counts moves: a move
    names the version it saw. `changes` counts whatever the grid shows of the card.
    """

    review = models.ForeignKey(TalentReview, on_delete=models.PROTECT, related_name="members")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, related_name="+")
    manager = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    performance = models.FloatField(_("performance"), null=True)
    performance_on = models.DateField(null=True)
    performance_parts = models.JSONField(default=dict)
    potential = models.FloatField(_("potential"), null=True)
    potential_on = models.DateField(null=True)
    potential_parts = models.JSONField(default=dict)
    figures_on = models.DateField(null=True)
    box = models.PositiveSmallIntegerField(_("box"), null=True, validators=BOX)
    figures_box = models.PositiveSmallIntegerField(null=True, validators=BOX)
    rationale = models.TextField(_("why"), blank=True)
    is_discussed = models.BooleanField(_("discussed"), default=False)
    version = models.PositiveIntegerField(default=1)
    changes = models.PositiveIntegerField(default=1, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["employee__last_name", "employee__first_name", "id"]
        constraints = [models.UniqueConstraint(fields=["review", "employee"], name="once_in_a_talent_review")]

    def __str__(self) -> str:
        return f"{self.employee}"

    @property
    def is_moved(self) -> bool:
        """Whether the card lies elsewhere than the figures say."""
        return self.box != self.figures_box


class AboutMemberQuerySet(models.QuerySet[Any]):
    """Rows about members: seen by whoever sees the member."""

    def visible_to(self, user: Principal) -> Self:
        return self.filter(member__in=ReviewMember.objects.visible_to(user).values("pk"))


class BoxMove(models.Model):
    """One move of one card; the history is only ever added to."""

    member = models.ForeignKey(ReviewMember, on_delete=models.PROTECT, related_name="moves")
    from_box = models.PositiveSmallIntegerField(null=True, validators=BOX)
    to_box = models.PositiveSmallIntegerField(null=True, validators=BOX)
    rationale = models.TextField()
    moved_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    objects = AboutMemberQuerySet.as_manager()

    class Meta:
        ordering = ["-moved_at", "-id"]

    def __str__(self) -> str:
        return f"{self.member}: {self.from_box} to {self.to_box}"


class MemberNoteQuerySet(models.QuerySet["MemberNote"]):
    def visible_to(self, user: Principal) -> Self:
        """While the meeting is prepared: one's own, and all for who runs it. Then whoever sits at the table reads them."""
        viewer = user.viewer
        rows = self.filter(member__in=ReviewMember.objects.visible_to(user).values("pk"))
        if viewer.is_client:
            return rows
        run = TalentReview.objects.run_by(viewer).values("pk")
        begun = ~Q(member__review__state=TalentReviewState.PREPARING)
        around = Q(member__review__in=TalentReview.objects.around(user).values("pk"))
        return rows.filter(viewer.oneself() | Q(member__review__in=run) | (begun & around))


class MemberNote(models.Model):
    """What one person wrote about one of their people before the meeting, and the box they would propose."""

    member = models.ForeignKey(ReviewMember, on_delete=models.CASCADE, related_name="notes")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    box = models.PositiveSmallIntegerField(_("proposed box"), null=True, blank=True, validators=BOX)
    note = models.TextField(_("note"), blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    objects = MemberNoteQuerySet.as_manager()

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [models.UniqueConstraint(fields=["member", "employee"], name="one_note_before_a_talent_review")]

    def __str__(self) -> str:
        return f"{self.member}: {self.employee}"
