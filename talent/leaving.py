"""What of talent ends when somebody leaves, as far as the reader may see it."""

from typing import Any

from django.utils.translation import gettext as _

from hrportal.people.models import Employee
from talent.models import RetentionPlan


def lines_of_leaving(*, employee: Employee, viewer_user: Any, **_context: Any) -> list[str] | None:
    """The plan that was to keep somebody, in words."""
    plans = RetentionPlan.objects.visible_to(viewer_user).open().filter(employee=employee)
    return [_("The retention plan is closed.")] if plans.exists() else None
