"""States and kinds of talent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")


class ItemState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class ActionKind(models.TextChoices):
    TRAINING = "training", _("Training")
    MENTORING = "mentoring", _("Mentoring")
    COACHING = "coaching", _("Coaching")
    STRETCH = "stretch", _("Stretch assignment")
    ROTATION = "rotation", _("Job rotation")
    PROJECT = "project", _("Project")


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


class SkillSource(models.TextChoices):
    """Who says which level a person has. Each keeps a line of its own: one never overwrites the other."""

    SELF = "self", _("The person")
    MANAGER = "manager", _("Their manager")
    REVIEW = "review", _("Review")
    ASSESSOR = "assessor", _("Assessor")
    CERTIFICATE = "certificate", _("Certificate")
