"""Potential: rounds, one assessment for a person and a day, and a form for each rater."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.models import Job as BackgroundJob
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import NOBODY, Principal
from talent.enums import AssessmentState, OpenTopic, PotentialRoundState, RaterKind, RaterState
from talent.models.sight import others_talent

SCOPE = "potential:read"


class PotentialRoundQuerySet(models.QuerySet["PotentialRound"]):
    def visible_to(self, user: Principal) -> Self:
        """Rounds are HR's: a leader sees all, a partner those they launched. Whom they are about is asked of the assessments."""
        viewer = user.viewer
        if viewer.is_client or not viewer.may_use(SCOPE) or not viewer.is_hr:
            return self.none()
        return self if viewer.has(Role.HR_LEADER) else self.filter(launched_by=viewer.employee_id)


class PotentialRound(models.Model):
    """Many people assessed at once, as of one day. `scope` keeps what the population was narrowed by (ids and codes)."""

    name = models.CharField(_("name"), max_length=100)
    as_of = models.DateField(_("as of"))
    due_on = models.DateField(_("due on"))
    scope = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PotentialRoundState, default=PotentialRoundState.OPEN)
    launched_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    launched_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(BackgroundJob, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PotentialRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-launched_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on__gte=F("as_of")),
                name="round_due_after_its_day",
                violation_error_message=_("The forms cannot be due before the day the round is as of."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AssessmentQuerySet(models.QuerySet["PotentialAssessment"]):
    def visible_to(self, user: Principal) -> Self:
        """HR for others, executives for their part, managers where HR opened it; never one's own."""
        return self.filter(others_talent(user, OpenTopic.POTENTIAL, SCOPE, "employee__"))

    def known(self) -> Self:
        """Those with enough raters for a level."""
        return self.filter(level__isnull=False)

    def open(self) -> Self:
        return self.filter(state=AssessmentState.OPEN)

    def unbiased_for(self, user: Principal) -> Self:
        """Without those this reader is still writing a form for: raters do not see each other before they have submitted."""
        me = user.viewer.employee_id
        if me is None:
            return self
        writing = PotentialForm.objects.filter(rater=me, state=RaterState.ASKED, assessment__state=AssessmentState.OPEN)
        return self.exclude(pk__in=writing.values("assessment"))

    def with_progress(self) -> Self:
        """With how many were asked (`asked`) and how many of them submitted (`submitted`)."""
        return self.annotate(
            asked=Count("forms", filter=~Q(forms__state=RaterState.WITHDRAWN)),
            submitted=Count("forms", filter=Q(forms__state=RaterState.SUBMITTED)),
        )


class PotentialAssessment(models.Model):
    """One person's potential as of one day. A later one is a new row: nothing of this one ever changes again.

    `level`, `low` and `high` are Q and its interval as of the last form submitted (`talent.scores.potential`); null is
    "not enough raters". They are kept so that lists need not read every form; the page computes them anew from the forms.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="potential_assessments")
    round = models.ForeignKey(
        PotentialRound, on_delete=models.PROTECT, null=True, blank=True, related_name="assessments"
    )
    as_of = models.DateField(_("as of"))
    due_on = models.DateField(_("due on"))
    state = models.CharField(_("state"), max_length=10, choices=AssessmentState, default=AssessmentState.OPEN)
    questionnaire = models.CharField(max_length=20)
    level = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    raters = models.PositiveSmallIntegerField(default=0)
    opened_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    asked: int  # of rows read `with_progress`
    submitted: int

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["-as_of", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(state="open"),
                name="one_open_assessment_per_person",
                violation_error_message=_("This person’s potential is being assessed already."),
            ),
        ]
        indexes = [models.Index(fields=["employee", "-as_of"], name="potential_newest")]

    def __str__(self) -> str:
        return f"{self.employee} ({self.as_of})"


class PotentialFormQuerySet(models.QuerySet["PotentialForm"]):
    def visible_to(self, user: Principal) -> Self:
        """One's own as its rater; others' once submitted, with the assessment, unless one is still writing about the same."""
        assessments = PotentialAssessment.objects.visible_to(user).unbiased_for(user)
        submitted = Q(state=RaterState.SUBMITTED, assessment__in=assessments.values("pk"))
        return self.filter(self._own(user) | submitted)

    def own(self, user: Principal) -> Self:
        """The reader's own forms."""
        return self.filter(self._own(user))

    def to_write(self) -> Self:
        """Those still to be submitted."""
        return self.filter(state=RaterState.ASKED, assessment__state=AssessmentState.OPEN)

    @staticmethod
    def _own(user: Principal) -> Q:
        viewer = user.viewer
        if viewer.is_client or not viewer.may_use(SCOPE) or viewer.employee_id is None:
            return NOBODY
        # Whoever was made a rater of themselves by a merged record still sees nothing.
        mine = Q(rater=viewer.employee_id) & ~Q(state=RaterState.WITHDRAWN)
        return mine & ~Q(assessment__employee=viewer.employee_id)

    def with_people(self) -> Self:
        return self.select_related("assessment__employee__job", "assessment__employee__org_unit", "rater")


class PotentialForm(models.Model):
    """One rater's answers: behaviour to 1–5, or null for "not observed"; one not there was not answered yet.

    `evidence` is what the rater has seen, a text for each dimension. Once submitted it never changes.
    """

    assessment = models.ForeignKey(PotentialAssessment, on_delete=models.PROTECT, related_name="forms")
    rater = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("knows the person as"), max_length=10, choices=RaterKind)
    state = models.CharField(_("state"), max_length=10, choices=RaterState, default=RaterState.ASKED)
    answers = models.JSONField(default=dict, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)
    asked_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = PotentialFormQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "rater"],
                name="potential_rater_once",
                violation_error_message=_("This person is a rater already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.rater}"

    @property
    def is_to_write(self) -> bool:
        return self.state == RaterState.ASKED and self.assessment.state == AssessmentState.OPEN
