"""States of an improvement plan, and the table of its steps."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImprovementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    HR_APPROVAL = "hr_approval", _("With HR for approval")
    OPEN = "open", _("Open, to be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Under way")
    PAUSED = "paused", _("Paused")
    CLOSED = "closed", _("Closed")


RUNNING = (ImprovementState.OPEN, ImprovementState.ACKNOWLEDGED)
SEEN_AND_OPEN = (*RUNNING, ImprovementState.PAUSED)
NOT_CLOSED = (ImprovementState.DRAFT, ImprovementState.HR_APPROVAL, *SEEN_AND_OPEN)

# Every arrow of the diagram: the step, and the states it may start from. Actions refuse, and pages do not offer, the rest.
IMPROVEMENT_STARTS_FROM: dict[str, tuple[ImprovementState, ...]] = {
    "edit_improvement_plan": (ImprovementState.DRAFT,),
    "submit_improvement_plan": (ImprovementState.DRAFT,),
    "return_improvement_plan": (ImprovementState.HR_APPROVAL,),
    "approve_improvement_plan": (ImprovementState.HR_APPROVAL,),
    "amend_improvement_plan": SEEN_AND_OPEN,
    "acknowledge_improvement_plan": (ImprovementState.OPEN,),
    "respond_to_improvement_plan": (*SEEN_AND_OPEN, ImprovementState.CLOSED),
    "check_in_improvement_plan": SEEN_AND_OPEN,
    "add_improvement_evidence": SEEN_AND_OPEN,
    "judge_improvement_milestone": RUNNING,
    "pause_improvement_plan": RUNNING,
    "resume_improvement_plan": (ImprovementState.PAUSED,),
    "extend_improvement_plan": SEEN_AND_OPEN,
    "hand_over_improvement_plan": NOT_CLOSED,
    "remark_on_improvement_plan": (*NOT_CLOSED, ImprovementState.CLOSED),
    "close_improvement_plan": RUNNING,
    "withdraw_improvement_plan": NOT_CLOSED,
}


class ImprovementOutcome(models.TextChoices):
    SUCCESSFUL = "successful", _("Successful")
    UNSUCCESSFUL = "unsuccessful", _("Unsuccessful")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MilestoneResult(models.TextChoices):
    NOT_YET = "not_yet", _("Not yet judged")
    MET = "met", _("Met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")


class SupportKind(models.TextChoices):
    TRAINING = "training", _("Training")
    MENTOR = "mentor", _("Mentor")
    TIME = "time", _("Time")
    OTHER = "other", _("Something else")


class ImprovementEntryKind(models.TextChoices):
    """What is said while a plan runs."""

    CHECK_IN = "check_in", _("Check-in")
    EVIDENCE = "evidence", _("Evidence")
    RESPONSE = "response", _("The employee’s response")


class RemarkReaders(models.TextChoices):
    """Who reads a remark. The employee never does."""

    HR = "hr", _("HR only")
    HR_AND_MANAGERS = "hr_and_managers", _("HR and the managers")


class PlanCopy(models.TextChoices):
    """For whom a copy on paper is made."""

    EMPLOYEE = "employee", _("Employee’s copy")
    MANAGER = "manager", _("Manager’s copy")
    HR = "hr", _("HR’s copy")


class CheckInRhythm(models.IntegerChoices):
    """Days from one check-in to the next."""

    WEEKLY = 7, _("Every week")
    FORTNIGHTLY = 14, _("Every two weeks")
    MONTHLY = 30, _("Every month")
