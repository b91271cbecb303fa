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
