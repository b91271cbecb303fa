"""States and kinds of rewards."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RewardState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    COMPUTING = "computing", _("Being computed")
    RECOMMENDED = "recommended", _("Recommended")
    APPROVED = "approved", _("Approved")
    EXPORTED = "exported", _("Exported")


class PayPosition(models.TextChoices):
    """Where somebody's pay lies in the range of their job, by thirds."""

    BELOW = "below", _("Below the range")
    LOWER = "lower", _("Lower third")
    MIDDLE = "middle", _("Middle third")
    UPPER = "upper", _("Upper third")
    ABOVE = "above", _("Above the range")


class LeftOut(models.TextChoices):
    """Why nothing is recommended for somebody. It is not a raise of nothing."""

    NO_RATING = "no_rating", _("No calibrated rating in the period")
    NO_PAY = "no_pay", _("Pay is not known")
    NO_RANGE = "no_range", _("No pay range for the job")
    OTHER_CURRENCY = "other_currency", _("Paid in another currency than the range")
    NO_CELL = "no_cell", _("The guideline says nothing about this rating")
