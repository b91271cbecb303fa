"""What crosses the bridge."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HandOverKind(models.TextChoices):
    """What is carried across the bridge, by the name of who carries it (see `calibration.signals`)."""

    RATING = "calibration.rating_to_profile", _("Rating to talent profile")
    PLAN = "calibration.plan_from_review", _("Development plan from review")
    SKILLS = "calibration.skills_from_review", _("Skills from review")
    STRATEGY = "calibration.goals_from_strategy", _("Development goals from the strategy")
    SHARING = "calibration.plan_shared", _("Plan shown to its person")
    RETRACTION = "calibration.rating_retracted", _("Rating of a withdrawn review taken back")


SUBSCRIBERS = HandOverKind.values
