"""What HR can open to managers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OpenTopic(models.TextChoices):
    """Talent data that managers see of those below them only where HR opened it."""

    POTENTIAL = "potential", _("Potential, nine-box and high potential")
    SUCCESSION = "succession", _("Succession")
    RETENTION = "retention", _("Flight risk")
