"""Stay interviews: what keeps somebody here, asked before it is too late. The person takes part; the record is HR's."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Employee, OrgUnit
from hrportal.people.viewer import Principal
from talent.enums import Driver, StayInterviewState
from talent.models.retention_sight import READ


class StayTemplateQuerySet(models.QuerySet["StayInterviewTemplate"]):
    def visible_to(self, user: Principal) -> Self:
        """HR's, and clients' that read retention."""
        viewer = user.viewer
        return self if viewer.may_use(READ) and (viewer.is_client or viewer.is_hr) else self.none()

    def active(self) -> Self:
        return self.filter(is_active=True)


class StayInterviewTemplate(models.Model):
    """Questions that HR asks. An interview takes them over when it is planned, so a change here changes no interview."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    questions = models.JSONField(_("questions"), default=list)
    is_active = models.BooleanField(_("in use"), default=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = StayTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class StayInterviewQuerySet(models.QuerySet["StayInterview"]):
    def visible_to(self, user: Principal) -> Self:
        """Those one leads and those about people HR looks after; never about oneself, nor for anybody else."""
        viewer = user.viewer
        if not viewer.may_use(READ):
            return self.none()
        if viewer.is_client:
            return self.filter(viewer.client_rows())
        leads = Q(interviewer_id=viewer.employee_id) if viewer.employee_id else Q(pk__in=[])
        return self.filter((leads | viewer.hr()) & viewer.others())

    def with_people(self) -> Self:
        return self.select_related("employee__job", "employee__org_unit", "interviewer")


class StayInterview(models.Model):
    """One talk. `answers` has one text for each of `questions`; `revision` counts what was saved.

    When it is held it keeps the unit the person was in, so that figures made of it never change.
    """

    employee = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="stay_interviews")
    interviewer = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+", verbose_name=_("interviewer"))
    template = models.ForeignKey(
        StayInterviewTemplate, on_delete=models.PROTECT, related_name="+", verbose_name=_("questions")
    )
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=list, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    themes = models.JSONField(_("themes"), default=list, blank=True)
    planned_on = models.DateField(_("planned for"))
    state = models.CharField(_("state"), max_length=10, choices=StayInterviewState, default=StayInterviewState.PLANNED)
    revision = models.PositiveIntegerField(default=1)
    org_unit = models.ForeignKey(OrgUnit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    finished_on = models.DateField(_("held"), null=True, blank=True)
    planned_by = models.ForeignKey(Employee, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = StayInterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(interviewer=models.F("employee")),
                name="nobody_interviews_themselves",
                violation_error_message=_("Nobody interviews themselves."),
            ),
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(state="planned"),
                name="one_planned_stay_interview",
                violation_error_message=_("A stay interview with this person is planned already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(finished_on__isnull=False), name="held_stay_interview_has_a_day"
            ),
        ]
        indexes = [models.Index(fields=["state", "finished_on"], name="stay_interview_held")]

    def __str__(self) -> str:
        return f"{self.employee}"

    def get_absolute_url(self) -> str:
        return reverse("talent:stay_interview_detail", args=[self.pk])

    @property
    def is_planned(self) -> bool:
        return self.state == StayInterviewState.PLANNED

    @property
    def theme_words(self) -> list[str]:
        return [str(Driver(value).label) for value in self.themes]

    @property
    def said(self) -> list[tuple[str, str]]:
        """Each question with what was noted."""
        answers = [*self.answers, *[""] * (len(self.questions) - len(self.answers))]
        return list(zip(self.questions, answers, strict=False))
