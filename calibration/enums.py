"""States of calibration."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SessionState(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    OPEN = "open", _("Open")
    LOCKED = "locked", _("Locked")


class Reason(models.TextChoices):
    """Why a rating moved, in a word; the rationale says it in a sentence."""

    CONSISTENCY = "consistency", _("Consistent with peers in the role")
    RESULTS = "results", _("Results weigh differently")
    SCOPE = "scope", _("Scope or difficulty of the role")
    EVIDENCE = "evidence", _("New evidence")
    OTHER = "other", _("Other")


class HandOverKind(models.TextChoices):
    """What is carried across the bridge, by the name of who carries it (see `calibration.signals`)."""

    RATING = "calibration.rating_to_profile", _("Rating to talent profile")
    PLAN = "calibration.plan_from_review", _("Development plan from review")
    SHARING = "calibration.plan_shared", _("Plan shown to its person")


SUBSCRIBERS = HandOverKind.values
