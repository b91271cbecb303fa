"""Kinds of feedback, and what becomes of a request for it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FeedbackKind(models.TextChoices):
    PRAISE = "praise", _("Praise")
    COACHING = "coaching", _("Coaching")
    OBSERVATION = "observation", _("Observation")


class FeedbackVisibility(models.TextChoices):
    RECIPIENT = "recipient", _("Recipient")
    RECIPIENT_AND_MANAGER = "recipient_and_manager", _("Recipient and manager")
    GIVER = "giver", _("Only me")
    EVERYONE = "everyone", _("Everyone")


class RequestState(models.TextChoices):
    """What became of a question to a colleague. Everything but open is final."""

    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
