"""What feedback and one-to-ones show on a person's page: the latest praise, and how to say or ask something."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hrportal.people.models import Employee
from performance.enums import FeedbackVisibility
from performance.models import Feedback, OneToOne

MOST = 2


def feedback_panel(*, viewer_user: Any, employee: Employee, **context: Any) -> SafeString | None:
    """For everyone with a place in the company, about everyone who works here."""
    me = viewer_user.viewer.employee_id
    if me is None or employee.has_left:
        return None
    praise = Feedback.objects.visible_to(viewer_user).filter(recipient=employee, visibility=FeedbackVisibility.EVERYONE)
    is_near = employee.manager_id == me or Employee.objects.filter(pk=me, manager=employee).exists()
    is_other = employee.pk != me
    shown = {
        "person": employee,
        "me": me,
        "praise": list(praise.select_related("giver")[:MOST]),
        "may_ask": is_other and viewer_user.has_perm("performance.request_feedback_about", employee),
        "may_meet": is_near,
        "talks": _talks(viewer_user, employee) if is_near else None,
    }
    return render_to_string("performance/feedback_panel.html", shown)


def _talks(viewer_user: Any, employee: Employee) -> OneToOne | None:
    running = OneToOne.objects.visible_to(viewer_user).running()
    return running.filter(manager=employee).first() or running.filter(employee=employee).first()
