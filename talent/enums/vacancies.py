"""States and kinds of vacancies: how a seat fell vacant, and how it was filled."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class VacancyReason(models.TextChoices):
    """Why nobody sits there."""

    LEFT = "left", _("Left the company")
    RETIRED = "retired", _("Retired")
    MOVED = "moved", _("Moved to another role")
    NEW_SEAT = "new_seat", _("New seat")
    OTHER = "other", _("Another reason")


class VacancyState(models.TextChoices):
    OPEN = "open", _("Open")
    FILLED = "filled", _("Filled")
    CANCELLED = "cancelled", _("Cancelled")


class FillSource(models.TextChoices):
    """Where whoever took the seat came from."""

    BENCH = "bench", _("From the bench")
    INTERNAL = "internal", _("From inside, not from the bench")
    EXTERNAL = "external", _("From outside")


class PlacementOutcome(models.TextChoices):
    """Whether whoever took the seat meets what it asks, a year later."""

    MEETS = "meets", _("Meets expectations")
    FALLS_SHORT = "falls_short", _("Falls short")
