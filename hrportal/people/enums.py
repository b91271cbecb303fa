"""Words for people: roles, statuses, kinds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What somebody is to the portal. Employee and manager follow from the tree; the others are granted."""

    EMPLOYEE = "employee", _("Employee")
    MANAGER = "manager", _("Manager")
    HRBP = "hrbp", _("HR business partner")
    HR_LEADER = "hrleader", _("HR leader")
    EXECUTIVE = "executive", _("Executive")
    INTEGRATION = "integration", _("Integration")
    ADMIN = "admin", _("System administrator")

    @classmethod
    def granted(cls) -> list["Role"]:
        """Roles that somebody gives to somebody."""
        return [cls.HRBP, cls.HR_LEADER, cls.EXECUTIVE, cls.ADMIN]


HR_ROLES = frozenset({Role.HRBP, Role.HR_LEADER})
# The roles that open everything: what leads into their holders' accounts is for administrators alone to change.
PRIVILEGED = frozenset({Role.ADMIN, Role.HR_LEADER})


class EmploymentStatus(models.TextChoices):
    PENDING = "pending", _("Starts later")
    ACTIVE = "active", _("Active")
    LEAVE = "leave", _("On leave")
    LEFT = "left", _("Left")


class LeaveReason(models.TextChoices):
    VOLUNTARY = "voluntary", _("Voluntary")
    INVOLUNTARY = "involuntary", _("Involuntary")
    RETIREMENT = "retirement", _("Retirement")
    OTHER = "other", _("Other")


class UnitKind(models.TextChoices):
    COMPANY = "company", _("Company")
    BUSINESS_UNIT = "business_unit", _("Business unit")
    DEPARTMENT = "department", _("Department")
    TEAM = "team", _("Team")


class CompetencyKind(models.TextChoices):
    SKILL = "skill", _("Skill")
    BEHAVIOUR = "behaviour", _("Behaviour")
    LEADERSHIP = "leadership", _("Leadership")


class Gender(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")


class ImportState(models.TextChoices):
    """What is known of a file: kept, compared, taken in, or given up. While a job works on it, it is nobody else's."""

    UPLOADED = "uploaded", _("Waits for its columns")
    CHECKING = "checking", _("Being compared")
    CHECKED = "checked", _("Waits for a decision")
    SCHEDULED = "scheduled", _("Taken in on its day")
    APPLYING = "applying", _("Being taken in")
    APPLIED = "applied", _("Taken in")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")
    DISCARDED = "discarded", _("Discarded")


class ChangeKind(models.TextChoices):
    HIRED = "hired", _("New")
    CHANGED = "changed", _("Changed")
    ENDED = "ended", _("Left")
    RETURNED = "returned", _("Come back")


class ManagerKey(models.TextChoices):
    """How a manager may be named who is not known yet."""

    NUMBER = "employee_number", _("Employee number")
    REMOTE = "remote_id", _("Id in the source system")
    EMAIL = "work_email", _("Work e-mail")
