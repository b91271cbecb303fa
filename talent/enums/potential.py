"""Potential, pools and aspirations: dimensions, states and kinds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PotentialDimension(models.TextChoices):
    """What is asked about potential. The first three make the level; the others are read beside it."""

    LEARNING = "learning_agility", _("Learning agility")
    ADAPTABILITY = "adaptability", _("Adaptability")
    LEADERSHIP = "leadership_capability", _("Leadership capability")
    ASPIRATION = "aspiration", _("Aspiration")
    ENGAGEMENT = "engagement", _("Engagement")


class PotentialRoundState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class AssessmentState(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class RaterKind(models.TextChoices):
    """How a rater knows the person."""

    MANAGER = "manager", _("Manager above")
    HR = "hr", _("HR")
    COLLEAGUE = "colleague", _("Knows their work")


class RaterState(models.TextChoices):
    ASKED = "asked", _("Asked")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("No longer asked")


class PoolKind(models.TextChoices):
    HIGH_POTENTIAL = "high_potential", _("High potential")
    CRITICAL_SKILL = "critical_skill", _("Critical skill")
    EARLY_CAREER = "early_career", _("Early career")


class PoolMemberState(models.TextChoices):
    """A nomination and what became of it. Only members count; approved ones await the round's publication."""

    NOMINATED = "nominated", _("Nominated")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    MEMBER = "member", _("Member")
    RENEWED = "renewed", _("Renewed")
    EXPIRED = "expired", _("Expired")
    LEFT = "left", _("Left the pool")


class LeadershipWish(models.TextChoices):
    YES = "yes", _("Yes")
    LATER = "later", _("Later")
    NO = "no", _("No")


class RelocationWish(models.TextChoices):
    NO = "no", _("Stay where I am")
    REGION = "region", _("Within the region")
    COUNTRY = "country", _("Anywhere in the country")
    ABROAD = "abroad", _("Abroad, too")


class TravelWish(models.TextChoices):
    NONE = "none", _("None")
    SOME = "some", _("A few days a month")
    OFTEN = "often", _("Up to half of the time")
    MOSTLY = "mostly", _("Most of the time")


class WishTiming(models.TextChoices):
    NOW = "now", _("Now")
    YEAR = "year", _("Within a year")
    TWO_YEARS = "two_years", _("In one to two years")
    LATER = "later", _("Later")
