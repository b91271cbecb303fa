"""States and kinds of development plans."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    OPEN = "open", _("Open")
    COMPLETED = "completed", _("Completed")


class ItemState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class ItemPurpose(models.TextChoices):
    CURRENT = "current", _("Close a gap of today’s role")
    NEXT = "next", _("Build for the next role")


class ItemOrigin(models.TextChoices):
    """What led to an item. The person never reads that it came of a bench or a talent review."""

    REVIEW = "review", _("A performance review")
    GAP = "gap", _("A gap to what the job asks for")
    PERSON = "person", _("The person’s own wish")
    MANAGER = "manager", _("A manager or HR")
    MENTORING = "mentoring", _("Mentoring")
    SUCCESSION = "succession", _("Succession planning")
    TALENT_REVIEW = "talent_review", _("A talent review")


class ClosedBy(models.TextChoices):
    REASSESSMENT = "reassessment", _("A new assessment")
    EVIDENCE = "evidence", _("Evidence")


class ActionKind(models.TextChoices):
    TRAINING = "training", _("Training")
    MENTORING = "mentoring", _("Mentoring")
    COACHING = "coaching", _("Coaching")
    STRETCH = "stretch", _("Stretch assignment")
    ROTATION = "rotation", _("Job rotation")
    PROJECT = "project", _("Project")
