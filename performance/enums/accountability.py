"""What a company can leave lying."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LooseEnd(models.TextChoices):
    """Something was said, decided or promised, and nothing followed."""

    REVIEWS = "reviews", _("Reviews without follow-up")
    FEEDBACK = "feedback", _("Feedback without development")
    GOALS = "goals", _("Goals without a check-in")
    TEAMS = "teams", _("Silent teams")
