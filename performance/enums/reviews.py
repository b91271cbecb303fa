"""States of a review, and the table of its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewState(models.TextChoices):
    GOAL_SETTING = "goal_setting", _("Goal setting")
    SELF_ASSESSMENT = "self_assessment", _("Self-assessment")
    MANAGER_REVIEW = "manager_review", _("Manager review")
    SECOND_APPROVAL = "second_approval", _("Second approval")
    SUBMITTED = "submitted", _("Submitted")
    IN_CALIBRATION = "in_calibration", _("In calibration")
    CALIBRATED = "calibrated", _("Calibrated")
    COMPLETED = "completed", _("Completed")
    SHARED = "shared", _("Shared")
    DISPUTED = "disputed", _("Disputed")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    WITHDRAWN = "withdrawn", _("Withdrawn")


BEING_WRITTEN = (ReviewState.SELF_ASSESSMENT, ReviewState.MANAGER_REVIEW)
SEEN_BY_EMPLOYEE = (ReviewState.SHARED, ReviewState.DISPUTED, ReviewState.ACKNOWLEDGED)
FINISHED = (ReviewState.COMPLETED, *SEEN_BY_EMPLOYEE)
UNDER_WAY = (
    ReviewState.GOAL_SETTING,
    *BEING_WRITTEN,
    ReviewState.SECOND_APPROVAL,
    ReviewState.SUBMITTED,
    ReviewState.IN_CALIBRATION,
    ReviewState.CALIBRATED,
)

# Every arrow of the diagram: the step, and the states it may start from. Actions refuse, and pages do not offer, the rest.
STARTS_FROM: dict[str, tuple[ReviewState, ...]] = {
    "agree_goals": (ReviewState.GOAL_SETTING,),
    "begin_writing": (ReviewState.GOAL_SETTING,),
    "write_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "submit_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "skip_self_assessment": (ReviewState.SELF_ASSESSMENT,),
    "write_review": BEING_WRITTEN,
    "submit_review": (ReviewState.MANAGER_REVIEW,),
    "approve_review": (ReviewState.SECOND_APPROVAL,),
    "return_review": (ReviewState.SECOND_APPROVAL, ReviewState.SUBMITTED),
    "extend_review": BEING_WRITTEN,
    "delegate_review": (ReviewState.GOAL_SETTING, *BEING_WRITTEN),
    "end_delegation": (ReviewState.GOAL_SETTING, *BEING_WRITTEN),
    "reassign_review": UNDER_WAY,
    "withdraw_review": UNDER_WAY,
    "restore_review": (ReviewState.WITHDRAWN,),
    "begin_calibration": (ReviewState.SUBMITTED,),
    "mark_calibrated": (ReviewState.IN_CALIBRATION,),
    "complete_review": (ReviewState.CALIBRATED,),
    "complete_uncalibrated": (ReviewState.SUBMITTED,),
    "share_review": (ReviewState.COMPLETED,),
    "acknowledge_review": (ReviewState.SHARED,),
    "dispute_review": (ReviewState.SHARED,),
    "settle_dispute": (ReviewState.DISPUTED,),
    "reopen_review": (ReviewState.CALIBRATED, *FINISHED),
}


class Side(models.TextChoices):
    """Whose half of a review a text belongs to."""

    SELF = "self", _("Self-assessment")
    MANAGER = "manager", _("Manager review")


class RemarkKind(models.TextChoices):
    """The steps that want a reason."""

    RETURNED = "returned", _("Returned")
    EXTENDED = "extended", _("Given more time")
    DELEGATED = "delegated", _("Delegated")
    REASSIGNED = "reassigned", _("Reassigned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RESTORED = "restored", _("Taken back in")
    SETTLED = "settled", _("Dispute settled")
    REOPENED = "reopened", _("Reopened")


class VersionCause(models.TextChoices):
    """Why a state of somebody's writing was kept."""

    SAVED = "saved", _("Saved while writing")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Returned")
    MOVED = "moved", _("Given to somebody else")
    REPLACED = "replaced", _("Replaced")


class ReviewerChangeState(models.TextChoices):
    """The answer to "the employee has a new manager: who goes on with the review?"."""

    OPEN = "open", _("To be decided")
    MOVED = "moved", _("Moved to the new manager")
    KEPT = "kept", _("Stayed with the reviewer")
