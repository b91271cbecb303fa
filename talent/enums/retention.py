"""States and kinds of retention."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RiskLevel(models.TextChoices):
    """How likely somebody leaves, and how much their leaving would cost."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")


class RiskSource(models.TextChoices):
    """Who says so. What was computed keeps its method and day; a person who sees it differently says why."""

    HUMAN = "human", _("Assessed by a person")
    COMPUTED = "computed", _("Computed")


class Driver(models.TextChoices):
    """What makes people stay or go: the words of risks, stay interviews and exits alike, so that they can be compared."""

    WORK = "work", _("The work itself")
    GROWTH = "growth", _("Learning and growth")
    CAREER = "career", _("Career and promotion")
    PAY = "pay", _("Pay and benefits")
    RECOGNITION = "recognition", _("Recognition")
    MANAGER = "manager", _("The manager")
    TEAM = "team", _("The team")
    WORKLOAD = "workload", _("Workload")
    FLEXIBILITY = "flexibility", _("Flexibility, place and hours of work")
    CULTURE = "culture", _("Culture and values")
    CHANGE = "change", _("Reorganisation and uncertainty")
    OFFER = "offer", _("An offer from elsewhere")


class RetentionKind(models.TextChoices):
    """What is done so that somebody stays."""

    CAREER = "career", _("Career")
    GROWTH = "growth", _("Growth")
    RECOGNITION = "recognition", _("Recognition")
    PAY = "pay", _("Pay")
    CULTURE = "culture", _("Culture")
    WORK_LIFE = "work_life", _("Work-life")


class RetentionState(models.TextChoices):
    OPEN = "open", _("Open")
    STAYED = "stayed", _("Closed: the person stayed")
    LEFT = "left", _("Closed: the person left")
    GIVEN_UP = "given_up", _("Closed: no longer needed")


class RetentionOutcome(models.TextChoices):
    """How a plan can end: the states it can be closed in."""

    STAYED = "stayed", _("The person stayed")
    LEFT = "left", _("The person left")
    GIVEN_UP = "given_up", _("No longer needed")


class StayInterviewState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
