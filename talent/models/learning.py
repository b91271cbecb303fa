"""What there is to learn, and who takes part in it."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Competency, Employee
from hrportal.people.models.competencies import level_field
from hrportal.people.viewer import Principal
from talent.enums import UNDER_WAY, EnrolmentState, LearningKind, Proof
from talent.models.development import PlanAction, work_on

FULL_SCORE = 100


class LearningItemQuerySet(models.QuerySet["LearningItem"]):
    def visible_to(self, user: Principal) -> Self:
        """Everybody with a place here reads the catalogue."""
        viewer = user.viewer
        reads = viewer.may_use("development:read") and (viewer.is_client or viewer.employee_id or viewer.is_hr)
        return self.all() if reads else self.none()

    def active(self) -> Self:
        """What one can still enrol for."""
        return self.filter(is_active=True)


class LearningItem(models.Model):
    """Something to learn from. `proof` says what finishing it tells about a level; `external_key` is its name in the system
    it came from, so that it is imported once."""

    title = models.CharField(_("title"), max_length=200)
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=LearningKind, default=LearningKind.COURSE)
    description = models.TextField(_("description"), blank=True)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("competency")
    )
    level = level_field(verbose_name=_("builds up to level"), null=True, blank=True)
    proof = models.CharField(_("what finishing says"), max_length=20, choices=Proof, default=Proof.NONE)
    pass_score = models.PositiveSmallIntegerField(
        _("score to pass"), null=True, blank=True, validators=[MaxValueValidator(FULL_SCORE)]
    )
    hours = models.DecimalField(
        _("hours"), max_digits=6, decimal_places=1, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    cost = models.DecimalField(
        _("cost"), max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    needs_approval = models.BooleanField(_("needs approval"), default=False)
    url = models.URLField(_("link"), max_length=500, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    external_key = models.CharField(_("key in its own system"), max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = LearningItemQuerySet.as_manager()

    class Meta:
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_key"],
                condition=~Q(external_key=""),
                name="one_learning_item_per_key",
                violation_error_message=_("Another entry has this key."),
            ),
            models.CheckConstraint(
                condition=Q(proof=Proof.NONE) | Q(competency__isnull=False, level__isnull=False),
                name="proof_names_its_level",
                violation_error_message=_("What gives a level names the competency and the level."),
            ),
        ]
        indexes = [models.Index(fields=["competency", "level"], name="learning_builds")]

    def __str__(self) -> str:
        return self.title

    @property
    def asks_approval(self) -> bool:
        """Somebody above says yes first: it costs something, or HR wants it so."""
        return self.needs_approval or bool(self.cost)


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own, those of people below, those HR looks after."""
        viewer = user.viewer
        if not viewer.may_use("development:read"):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        return self.filter(viewer.oneself() | work_on(viewer, "employee__"))

    def under_way(self) -> Self:
        return self.filter(state__in=UNDER_WAY)

    def with_names(self) -> Self:
        """With what a line about it shows."""
        return self.select_related(
            "learning_item__competency", "employee__job", "employee__org_unit", "action__item", "verified_by"
        )


class Enrolment(models.Model):
    """One person's taking part in one thing. `action` is the plan's action it serves; `verified_at` is when somebody other
    than the person confirmed that it was completed: only then it may give a level."""

    learning_item = models.ForeignKey(LearningItem, on_delete=models.PROTECT, related_name="enrolments")
    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="enrolments")
    action = models.ForeignKey(PlanAction, on_delete=models.SET_NULL, null=True, blank=True, related_name="enrolments")
    state = models.CharField(_("state"), max_length=20, choices=EnrolmentState, default=EnrolmentState.REQUESTED)
    requested_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(_("why it was refused or cancelled"), blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    score = models.PositiveSmallIntegerField(
        _("score"), null=True, blank=True, validators=[MaxValueValidator(FULL_SCORE)]
    )
    evidence = models.TextField(_("evidence"), blank=True)
    evidence_url = models.URLField(_("link to the evidence"), max_length=500, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    external_key = models.CharField(max_length=100, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["learning_item", "employee"],
                condition=Q(state__in=["requested", "enrolled"]),
                name="one_enrolment_under_way",
                violation_error_message=_("This person is enrolled already."),
            ),
            models.UniqueConstraint(
                fields=["external_key"], condition=~Q(external_key=""), name="one_enrolment_per_key"
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_on__isnull=False), name="completion_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee}: {self.learning_item}"

    @property
    def is_passed(self) -> bool:
        """Completed, and with the score it takes where one is asked for."""
        needed = self.learning_item.pass_score
        if self.state != EnrolmentState.COMPLETED:
            return False
        return needed is None or (self.score is not None and self.score >= needed)
