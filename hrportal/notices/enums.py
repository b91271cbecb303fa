"""How notices travel."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailRhythm(models.TextChoices):
    """When a notice is also sent by e-mail. In the portal it is always there."""

    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("In a daily summary")
    NEVER = "never", _("Not by e-mail")


class ChatRhythm(models.TextChoices):
    """When a notice is also posted to the chat somebody connected."""

    AT_ONCE = "at_once", _("At once")
    NEVER = "never", _("Not in chat")


class ChatService(models.TextChoices):
    """A way into a chat: the portal's own app in Slack, or an address that a person made in Slack or Teams."""

    SLACK = "slack", "Slack"
    SLACK_ADDRESS = "slack_address", "Slack"
    TEAMS = "teams", "Teams"


class ConnectionState(models.TextChoices):
    WORKING = "working", _("Working")
    BROKEN = "broken", _("Broken")


class BrokenBecause(models.TextChoices):
    """Why nothing is posted to a connection any more."""

    REFUSED = (
        "refused",
        _("It takes no messages any more: the address was removed, or what answers there was turned off."),
    )
    UNKNOWN = "unknown", _("Slack does not know your account any more.")
    PORTAL_REFUSED = "portal_refused", _("Slack refuses the portal itself. Your administrators were told.")
    NO_ANSWER = "no_answer", _("Message after message found no answer.")
    ADDRESS_LOST = "address_lost", _("What was stored of it cannot be read any more.")
