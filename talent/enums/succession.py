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


class CriticalBecause(models.TextChoices):
    """Why a role is one the organisation cannot do without."""

    SCARCE_SKILLS = "scarce_skills", _("Scarce skills")
    KEY_CUSTOMERS = "key_customers", _("Key customers")
    LONG_TO_REPLACE = "long_to_replace", _("Long to replace")
    REGULATORY = "regulatory", _("Required by regulation")
    STRATEGY = "strategy", _("Carries the strategy")
    KNOWLEDGE = "knowledge", _("Knowledge nobody else has")


class VacancyBecause(models.TextChoices):
    """What makes it likely that a seat falls vacant."""

    RETIREMENT = "retirement", _("Retirement")
    FLIGHT = "flight", _("May leave us")
    PROMOTION = "promotion", _("Next in line for another role")
    REORGANISATION = "reorganisation", _("Reorganisation")
    TERM = "term", _("The term ends")
    LEAVE = "leave", _("Longer leave")


class RetirementOutlook(models.TextChoices):
    """The nearest horizon within which an incumbent may retire; never a year."""

    ONE_YEAR = "one_year", _("May retire within 1 year")
    THREE_YEARS = "three_years", _("May retire within 3 years")
    FIVE_YEARS = "five_years", _("May retire within 5 years")
    LATER = "later", _("Not within 5 years")
