"""What is said of a manager's ratings and of single ones, and how people answer."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LeniencyBasis(models.TextChoices):
    """What a statement about a manager's leniency rests on, or why there is none."""

    ANCHORED = "anchored", _("Ratings compared with goals and peers")
    HALVED = (
        "halved",
        _("Leniency and a strong team cannot be told apart here: half of the difference, without an interval"),
    )
    INSEPARABLE = "inseparable", _("Leniency and a strong team cannot be told apart here")
    TOO_FEW = "too_few", _("Too few ratings to say anything")
    TOO_FEW_MANAGERS = "too_few_managers", _("Too few managers to compare")
    ALIKE = "alike", _("Managers differ by no more than chance")


class SuggestionReason(models.TextChoices):
    """Why one level up or down is suggested."""

    LENIENT = "lenient", _("Rated more generously than goals and peers explain")
    SEVERE = "severe", _("Rated more strictly than goals and peers explain")


class SuggestionAnswer(models.TextChoices):
    """What a person made of a suggestion."""

    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    DISCUSS = "discuss", _("To be discussed")


class Anomaly(models.TextChoices):
    """What is unusual about a manager's ratings; a question to the manager, never a verdict."""

    MEAN = "mean", _("The mean differs by more than chance from what goals and peers predict")
    NARROW = "narrow", _("The ratings differ less from each other than chance would have it")
