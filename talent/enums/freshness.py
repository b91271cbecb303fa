"""The data whose age matters to a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Datum(models.TextChoices):
    """What a decision about a person rests on."""

    RATING = "rating", _("Calibrated rating")
    POTENTIAL = "potential", _("Potential")
    FLIGHT_RISK = "flight_risk", _("Flight risk")
    SUCCESSION = "succession", _("Readiness as a successor")
