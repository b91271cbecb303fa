"""How far a session is, why a rating moves, and what is said of a card before the meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SessionState(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    OPEN = "open", _("Open")
    LOCKED = "locked", _("Locked")


class Seating(models.TextChoices):
    """Who sits at the table besides those named."""

    WRITERS = "writers", _("The managers who write the reviews")
    HIERARCHY = "hierarchy", _("Every manager below the head of the session, or else below its owner")


class Division(models.TextChoices):
    """What sessions are made for, one each."""

    UNIT = "unit", _("Each unit")
    JOB_FAMILY = "job_family", _("Each job family")
    JOB_LEVEL = "job_level", _("Each job level")


class Reason(models.TextChoices):
    """Why a rating moved, in a word; the rationale says it in a sentence."""

    CONSISTENCY = "consistency", _("Consistent with peers in the role")
    RESULTS = "results", _("Results weigh differently")
    SCOPE = "scope", _("Scope or difficulty of the role")
    EVIDENCE = "evidence", _("New evidence")
    OTHER = "other", _("Other")


class Rounding(models.TextChoices):
    """How a guideline's percentages become numbers of people."""

    NEAREST = "nearest", _("To the nearest whole person")
    UP = "up", _("Up: at most this many, and a part of a person counts as one")
    DOWN = "down", _("Down: a part of a person does not count")


class PreRead(models.TextChoices):
    """What somebody at the table thinks of a proposed rating before the meeting."""

    AGREE = "agree", pgettext_lazy("pre-read", "Agree")
    QUESTION = "question", pgettext_lazy("pre-read", "Question")
    ABSTAIN = "abstain", pgettext_lazy("pre-read", "Abstain")
