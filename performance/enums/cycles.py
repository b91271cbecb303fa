"""States and kinds of cycles, and of what they ask."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CycleState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LAUNCHING = "launching", _("Launching")
    OPEN = "open", _("Open")
    CALIBRATION = "calibration", _("In calibration")
    COMPLETED = "completed", _("Completed")
    CLOSED = "closed", _("Closed")


class CycleKind(models.TextChoices):
    """Whose calendar a cycle follows: its own, or each person's, counted from the day they were hired."""

    PERIOD = "period", _("Fixed dates")
    ANNIVERSARY = "anniversary", _("Anniversary of each person")
    PROBATION = "probation", _("End of probation")


class LeftOut(models.TextChoices):
    """Why somebody is not in the population of a cycle. Asked in this order; the first that holds is the one reason."""

    LEFT = "left", _("do not work here now")
    BY_NAME = "by_name", _("are left out by name")
    EXEMPT = "exempt", _("are in no cycle for the time being")
    NOT_NAMED = "not_named", _("are not among the people named")
    NO_UNIT = "no_unit", _("are in no unit")
    ELSEWHERE = "elsewhere", _("are in other units")
    UNIT = "unit", _("are in a unit that is left out")
    JOB = "job", _("have a job of another family")
    HIRED_LATE = "hired_late", _("were hired too late for this cycle")
    NO_HIRE_DATE = "no_hire_date", _("have no known hire date to count from")
    NO_DAY = "no_day", _("have no such day in the period")


class ManagerChangeRule(models.TextChoices):
    """What becomes of a review under way when its employee gets another manager."""

    STAY = "stay", _("The review stays with its reviewer")
    FOLLOW = "follow", _("The review follows to the new manager")
    ASK = "ask", _("Reviewer, new manager or HR decide")


class UnratedParts(models.TextChoices):
    """What a computed score makes of a part that was not rated. It is never zero."""

    LEAVE_OUT = "leave_out", _("Leave it out and weigh the others anew")
    BLOCK = "block", _("Ask for it before the review is submitted")


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Text")
    RATING = "rating", _("Rating with comment")
    CHOICE = "choice", _("One of several answers")
    YES_NO = "yes_no", _("Yes or no")


class SeenBy(models.TextChoices):
    """Who reads the answer to a question, besides the person who gives it."""

    EMPLOYEE = "employee", _("Employee, line and HR")
    MANAGER = "manager", _("Line and HR, never the employee")
    HR = "hr", _("HR only")


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
