"""One library of competencies for both disciplines, and what each job asks for today and in 24 months."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hrportal.people.enums import CompetencyKind
from hrportal.people.models.organisation import Job, Named

LOWEST, HIGHEST = 1, 5
MEDIUM_IMPORTANCE = 3


def level_field(**options: Any) -> models.PositiveSmallIntegerField:
    """A proficiency level from 1 to 5; empty means not assessed, never zero."""
    return models.PositiveSmallIntegerField(
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)], **options
    )


class Competency(Named):
    kind = models.CharField(_("kind"), max_length=20, choices=CompetencyKind, default=CompetencyKind.SKILL)
    description = models.TextField(_("description"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta(Named.Meta):
        verbose_name = _("competency")
        verbose_name_plural = _("competencies")


class CompetencyLevel(models.Model):
    """What one level of one competency looks like."""

    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="levels")
    level = level_field()
    description = models.TextField(_("description"))

    class Meta:
        ordering = ["competency_id", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_description_per_level"),
            models.CheckConstraint(condition=Q(level__range=(LOWEST, HIGHEST)), name="level_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.competency} {self.level}"


class RoleProfileEntry(models.Model):
    """The level of one competency that a job asks for today, and the level it will ask for in 24 months."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="profile")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level_today = level_field(null=True, blank=True)
    level_in_24_months = level_field(null=True, blank=True)
    importance = models.PositiveSmallIntegerField(
        _("importance"),
        default=MEDIUM_IMPORTANCE,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
        help_text=_("How much the role depends on it, from 1 to 5: its weight in every comparison with a person."),
    )

    class Meta:
        verbose_name_plural = "role profile entries"
        constraints = [
            models.UniqueConstraint(fields=["job", "competency"], name="one_entry_per_competency"),
            models.CheckConstraint(condition=Q(importance__range=(LOWEST, HIGHEST)), name="importance_in_range"),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.competency}"
