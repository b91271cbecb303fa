"""States and kinds of goals."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GoalLevel(models.TextChoices):
    COMPANY = "company", _("Company")
    UNIT = "unit", _("Unit")
    TEAM = "team", _("Team")
    INDIVIDUAL = "individual", _("Individual")


class GoalKind(models.TextChoices):
    BUSINESS = "business", _("Business goal")
    DEVELOPMENT = "development", _("Development goal")


class GoalState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ACTIVE = "active", _("Active")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


STILL_OPEN = (GoalState.DRAFT, GoalState.ACTIVE)


class ProgressFrom(models.TextChoices):
    """What a goal's progress is computed from."""

    RESULTS = "results", _("Its own key results")
    CHILDREN = "children", _("The goals that contribute to it")
    BOTH = "both", _("Both: key results and contributing goals")


class Frequency(models.TextChoices):
    """How often a key result is measured again: a KPI's rhythm."""

    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    QUARTERLY = "quarterly", _("Every quarter")


class Measure(models.TextChoices):
    NUMBER = "number", pgettext_lazy("kind of measure", "Number")
    PERCENT = "percent", _("Percentage")
    MONEY = "money", _("Money")
    MILESTONE = "milestone", _("Milestone")
    YES_NO = "yes_no", _("Yes or no")


class ProposalState(models.TextChoices):
    """Where a proposed development goal is. What was accepted or dismissed stays so, whatever is proposed later."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    DISMISSED = "dismissed", _("Dismissed")
    SUPERSEDED = "superseded", _("No longer current")
    WITHDRAWN = "withdrawn", _("Taken back")


REACHED_OR_NOT = (Measure.MILESTONE, Measure.YES_NO)


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")
