"""States and kinds of talent reviews."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TalentReviewState(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    OPEN = "open", _("Open")
    CONCLUDED = "concluded", _("Concluded")
    ARCHIVED = "archived", _("Archived")


class Band(models.IntegerChoices):
    """A third of an axis, as the cut points of the review divide it."""

    LOW = 1, _("Lower")
    MIDDLE = 2, _("Middle")
    HIGH = 3, _("Higher")


class DecisionKind(models.TextChoices):
    """What a talent review decides about a person, beside the box."""

    TRAJECTORY = "trajectory", _("Direction")
    HIGH_POTENTIAL = "high_potential", _("High-potential nomination")
    SUCCESSION = "succession", _("Succession placement")
    DEVELOPMENT = "development", _("Development focus")
    RETENTION = "retention", _("Retention step")


class Trajectory(models.TextChoices):
    """Where the next one to two years lead, in the table's view."""

    UP = "up", _("A larger role")
    ACROSS = "across", _("Another field at the same level")
    DEEPEN = "deepen", _("Deeper in the present field")
    STEADY = "steady", _("The present role, well supported")
    CHANGE = "change", _("A role that fits better")


class ReviewTaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
