"""How notices travel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailRhythm(models.TextChoices):
    """When a notice is also sent by e-mail. In the portal it is always there."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In a daily summary")
    NEVER = "never", _("Not by e-mail")
