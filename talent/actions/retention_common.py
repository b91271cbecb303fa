"""What the actions of retention share."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from talent.models import RetentionSubjects

WORKS_HERE = {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}


def chosen(values: Iterable[str], choices: type[TextChoices], *, field: str) -> list[str]:
    """What was ticked of a list, each once, in the list's order; refused when something is not in it."""
    given = {str(value) for value in values}
    if unknown := given - set(choices.values):
        raise ActionError(_("There is no such choice: %s.") % ", ".join(sorted(unknown)), field=field)
    return [value for value in choices.values if value in given]


def refuse_unemployed(employee: Employee, *, field: str | None = None) -> None:
    if employee.status not in WORKS_HERE:
        raise ActionError(_("This person does not work here now."), field=field)


def refuse_oneself(employee: Employee, *, by: Actor | None) -> None:
    """The rules say so too; an action that is called by other code says it again."""
    viewer = getattr(by, "viewer", None)
    if viewer and viewer.employee_id == employee.pk:
        raise ActionError(_("Nobody works on retention data about themselves."))


def may_read_of(reader: Employee, subject: Employee) -> bool:
    """Whether this employee's account reads the retention data of that person."""
    account = getattr(reader, "user", None)
    return account is not None and RetentionSubjects().visible_to(account).filter(pk=subject.pk).exists()
