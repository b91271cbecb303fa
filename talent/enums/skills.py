"""Who says which level a person has."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillSource(models.TextChoices):
    """Who says which level a person has. Each keeps a line of its own: one never overwrites the other."""

    SELF = "self", _("The person")
    MANAGER = "manager", _("Their manager")
    REVIEW = "review", _("Review")
    ASSESSOR = "assessor", _("Assessor")
    CERTIFICATE = "certificate", _("Certificate")


class ProfileDay(models.TextChoices):
    """Which of the two levels of a role profile is asked for."""

    TODAY = "today", _("As of today")
    IN_24_MONTHS = "in_24_months", _("In 24 months")


class GapGrouping(models.TextChoices):
    """What a column of the organisation's heat map is."""

    UNIT = "unit", _("Unit")
    FAMILY = "family", _("Job family")
