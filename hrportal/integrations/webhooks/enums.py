"""States and kinds of webhooks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EndpointState(models.TextChoices):
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    DISABLED = "disabled", _("Disabled")


class DisabledBecause(models.TextChoices):
    """Why the portal itself stopped sending."""

    GONE = "gone", _("It answered that it is gone for good (410).")
    GAVE_UP = "gave_up", _("Nothing was taken for three days, in spite of all attempts.")
    SECRET_LOST = "secret_lost", _("Its secret cannot be read any more. Rotate it.")


class MessageState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Given up")
    LEFT_OUT = "left_out", _("Not sent")


class Envelope(models.TextChoices):
    """How the body of a message is written."""

    PLAIN = "plain", _("Standard Webhooks")
    CLOUD_EVENTS = "cloud_events", _("CloudEvents 1.0")
