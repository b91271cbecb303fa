"""States and kinds of performance."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LAUNCHING = "launching", _("Launching")
    OPEN = "open", _("Open")
    CALIBRATION = "calibration", _("In calibration")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")


class ReviewState(models.TextChoices):
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    MANAGER_REVIEW = "manager_review", _("Manager review")
    SECOND_APPROVAL = "second_approval", _("Second approval")
    SUBMITTED = "submitted", _("Submitted")
    IN_CALIBRATION = "in_calibration", _("In calibration")
    CALIBRATED = "calibrated", _("Calibrated")
    COMPLETED = "completed", _("Completed")
    SHARED = "shared", _("Shared")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BEING_WRITTEN = (ReviewState.SELF_ASSESSMENT, ReviewState.MANAGER_REVIEW)
SEEN_BY_EMPLOYEE = (ReviewState.SHARED, ReviewState.ACKNOWLEDGED)
FINISHED = (ReviewState.COMPLETED, ReviewState.SHARED, ReviewState.ACKNOWLEDGED)
UNDER_WAY = (
    *BEING_WRITTEN,
    ReviewState.SECOND_APPROVAL,
    ReviewState.SUBMITTED,
    ReviewState.IN_CALIBRATION,
    ReviewState.CALIBRATED,
)

# Every arrow of the diagram: the step, and the states it may start from. Actions refuse, and pages do not offer, the rest.
STARTS_FROM: dict[str, tuple[ReviewState, ...]] = {
    "write_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "submit_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "skip_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "write_review": BEING_WRITTEN,
    "submit_review": (ReviewState.MANAGER_REVIEW,),
    "approve_review": (ReviewState.SECOND_APPROVAL,),
    "return_review": (ReviewState.SECOND_APPROVAL, ReviewState.SUBMITTED),
    "reassign_review": UNDER_WAY,
    "withdraw_review": UNDER_WAY,
    "begin_calibration": (ReviewState.SUBMITTED,),
    "mark_calibrated": (ReviewState.IN_CALIBRATION,),
    "complete_review": (ReviewState.CALIBRATED,),
    "complete_uncalibrated": (ReviewState.SUBMITTED,),
    "share_review": (ReviewState.COMPLETED,),
    "acknowledge_review": (ReviewState.SHARED,),
    "reopen_review": FINISHED,
}


class Side(models.TextChoices):
    """Whose half of a review a text belongs to."""

    SELF = "self", _("Self-assessment")
    MANAGER = "manager", _("Manager review")


class RemarkKind(models.TextChoices):
    """The steps that want a reason."""

    RETURNED = "returned", _("Returned")
    REASSIGNED = "reassigned", _("Reassigned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REOPENED = "reopened", _("Reopened")


class AskedOf(models.TextChoices):
    SELF = "self", _("Employee")
    MANAGER = "manager", _("Manager")
    BOTH = "both", _("Both")


class SectionKind(models.TextChoices):
    GOALS = "goals", _("Goals")
    COMPETENCIES = "competencies", _("Competencies")
    QUESTIONS = "questions", _("Questions")
    OVERALL = "overall", _("Overall rating")
    DEVELOPMENT = "development", _("Development needs")


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


class Measure(models.TextChoices):
    NUMBER = "number", pgettext_lazy("kind of measure", "Number")
    PERCENT = "percent", _("Percentage")
    MONEY = "money", _("Money")
    MILESTONE = "milestone", _("Milestone")
    YES_NO = "yes_no", _("Yes or no")


class Confidence(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    AT_RISK = "at_risk", _("At risk")
    OFF_TRACK = "off_track", _("Off track")


class FeedbackKind(models.TextChoices):
    PRAISE = "praise", _("Praise")
    COACHING = "coaching", _("Coaching")
    OBSERVATION = "observation", _("Observation")


class FeedbackVisibility(models.TextChoices):
    RECIPIENT = "recipient", _("Recipient")
    RECIPIENT_AND_MANAGER = "recipient_and_manager", _("Recipient and manager")
    GIVER = "giver", _("Only me")
    EVERYONE = "everyone", _("Everyone")
