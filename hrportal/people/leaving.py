"""What ends with an employment, said before somebody ends it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal


def consequences_of_leaving(employee: Employee, user: Principal) -> list[str]:
    """What becomes of the account, the seat and the reports; and of what other rooms keep, as far as the reader sees it."""
    lines = [*_of_people(employee)]
    for found in collect("people.leaving", employee=employee, viewer_user=user):
        lines += found
    if not user.viewer.has(Role.HR_LEADER):
        lines.append(
            _("Reviews and plans that are open end, too. What there is of them is not shown to administrators.")
        )
    return [*lines, _("What was written stays.")]


def _of_people(employee: Employee) -> list[str]:
    lines = []
    if hasattr(employee, "user") and employee.user.is_active:
        lines.append(_("The account is closed with its sessions and roles when the last day has passed."))
    if reports := Employee.objects.filter(manager=employee).exclude(status=EmploymentStatus.LEFT).count():
        words = ngettext(
            "%d person reports to them, and does so until somebody names another manager.",
            "%d people report to them, and do so until somebody names another manager.",
            reports,
        )
        lines.append(words % reports)
    if employee.position:
        lines.append(_("The position %s becomes free.") % employee.position)
    if employee.history.filter(starts_on__gt=timezone.localdate()).exists():
        lines.append(_("Changes of place that are planned for after the last day are dropped."))
    return lines
