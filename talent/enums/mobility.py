"""Kinds and states of career paths and internal opportunities."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """What a step from one job to another is to a career."""

    UP = "up", _("Up")
    LATERAL = "lateral", _("Lateral")
    FAMILY = "family", _("Change of family")


class OpportunityKind(models.TextChoices):
    ROLE = "role", _("Role")
    PROJECT = "project", _("Project")
    STRETCH = "stretch", _("Stretch assignment")


class OpportunityState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class InterestState(models.TextChoices):
    """How far one person and one opportunity came. Declined is the owner's word, withdrawn the person's."""

    INVITED = "invited", _("Invited")
    INTERESTED = "interested", _("Interested")
    IN_TALKS = "in_talks", _("In talks")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# The owner has still to say something, or the person has.
UNDECIDED = (InterestState.INTERESTED, InterestState.IN_TALKS, InterestState.OFFERED)
STANDING_INTEREST = (InterestState.INVITED, *UNDECIDED)


class MatchPart(models.TextChoices):
    """What a match of a person and an opportunity is made of."""

    SKILLS = "skills", _("Skills")
    ROLE = "role", _("Wished role")
    PLACE = "place", _("Place")
    LEADING = "leading", _("Leading people")
    TIMING = "timing", _("When")
    TRAVEL = "travel", _("Travel")
