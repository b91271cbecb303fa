"""Career paths: from which job people usually go on to which."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.people.models import Job
from hrportal.people.viewer import Principal
from talent.enums import StepKind

MOST_MONTHS = 240


class CareerStepQuerySet(models.QuerySet["CareerStep"]):
    def visible_to(self, user: Principal) -> Self:
        """Where a career may lead is everybody's to read."""
        return self if user.is_authenticated and user.viewer.may_use("mobility:read") else self.none()

    def with_jobs(self) -> Self:
        return self.select_related("from_job", "to_job")


class CareerStep(models.Model):
    """A step that is usual, or wished by the company. It promises nothing and rests on nobody's data."""

    from_job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="steps_onward", verbose_name=_("from"))
    to_job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="steps_here", verbose_name=_("to"))
    kind = models.CharField(_("kind"), max_length=10, choices=StepKind, default=StepKind.UP)
    months = models.PositiveSmallIntegerField(
        _("usual time in months"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MONTHS)],
        help_text=_("How long people usually hold the first job before this step; empty if nobody knows."),
    )
    note = models.TextField(
        _("note"), blank=True, help_text=_("What usually makes the step possible. All can read it.")
    )
    updated_at = models.DateTimeField(auto_now=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CareerStepQuerySet.as_manager()

    class Meta:
        ordering = ["from_job__family", "from_job__level", "from_job__name", "to_job__level", "to_job__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["from_job", "to_job"],
                name="one_career_step_between_two_jobs",
                violation_error_message=_("This step is there already."),
            ),
            models.CheckConstraint(
                condition=~Q(from_job=F("to_job")),
                name="career_step_leads_elsewhere",
                violation_error_message=_("A step leads to another job."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_job} → {self.to_job}"
