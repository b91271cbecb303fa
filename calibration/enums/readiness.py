"""What the readiness audit asks, and how its answers are called."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Question(models.TextChoices):
    """Each with one figure, in the order in which a reader meets them."""

    COVERAGE = "coverage", _("Was everybody reviewed?")
    CALIBRATED = "calibrated", _("Were the ratings calibrated?")
    FRESH = "fresh", _("Are the ratings recent?")
    AGREEMENT = "agreement", _("Did calibration agree with the managers?")
    TOLD_APART = "told_apart", _("Can lenient managers be told from strong teams?")
    FEEDBACK = "feedback", _("Do people get feedback?")
    PARTS = "parts", _("Do ratings rest on rated parts?")
    GOALS = "goals", _("Are goals measured?")
    FOLLOW_UP = "follow_up", _("Did something follow from the ratings?")
    LOSSES = "losses", _("Do high performers leave?")
    UNSEEN = "unseen", _("Did they leave unseen?")
    PLACED = "placed", _("Have successors ever been placed?")


class Verdict(models.TextChoices):
    GOOD = "good", pgettext_lazy("readiness", "Good")
    WATCH = "watch", pgettext_lazy("readiness", "Watch")
    NOT_YET = "not_yet", pgettext_lazy("readiness", "Not yet")
    UNKNOWN = "unknown", pgettext_lazy("readiness", "Unknown")


class First(models.TextChoices):
    """Which discipline needs investment first."""

    PERFORMANCE = "performance", _("Performance first")
    TALENT = "talent", _("Talent first")
    BOTH = "both", _("Both run")
    OPEN = "open", _("Cannot be told yet")
