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


class ActionKind(models.TextChoices):
    TRAINING = "training", _("Training")
    MENTORING = "mentoring", _("Mentoring")
    COACHING = "coaching", _("Coaching")
    STRETCH = "stretch", _("Stretch assignment")
    ROTATION = "rotation", _("Job rotation")
    PROJECT = "project", _("Project")
