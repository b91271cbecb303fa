"""States and kinds of succession."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Readiness(models.TextChoices):
    READY_NOW = "ready_now", _("Ready now")
    SOON = "soon", _("1–2 years")
    LATER = "later", _("3–5 years")
    EMERGENCY = "emergency", _("Emergency cover")


class VacancyRisk(models.TextChoices):
    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class SuccessorState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved")
    REMOVED = "removed", _("Removed")


class BenchHealth(models.TextChoices):
    """How well a critical role is covered; what makes which is said in `talent.bench`."""

    COVERED = "covered", _("Covered")
    THIN = "thin", _("Thin")
    EMPTY = "empty", _("Empty")
    STALE = "stale", _("Stale")
