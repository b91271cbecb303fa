"""Development plans as a list to take away: those one sees, with the progress of the items one sees."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.lists import person_columns
from talent.enums import PlanState
from talent.filters.development import PlanFilter
from talent.models import DevelopmentPlan
from talent.progress import progress_of


def _columns() -> Sequence[Column]:
    today = timezone.localdate()
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda plan: plan.employee.org_unit),
        Column(_("Job"), lambda plan: plan.employee.job),
        Column(_("State"), lambda plan: plan.get_state_display()),
        Column(_("Opened"), lambda plan: plan.opened_at),
        Column(_("Completed"), lambda plan: plan.completed_at),
        Column(_("Items"), lambda plan: progress_of(plan.seen, today).total),
        Column(_("Items done"), lambda plan: progress_of(plan.seen, today).done),
        Column(_("Items overdue"), lambda plan: progress_of(plan.seen, today).overdue),
        Column(_("Next due"), lambda plan: progress_of(plan.seen, today).next_due_on),
        Column(_("Last changed"), lambda plan: plan.updated_at),
    ]


def _rows(user: Any, query: QueryDict) -> Any:
    """As on the page: the open ones unless asked otherwise."""
    chosen = query.copy()
    chosen.setdefault("state", PlanState.OPEN)
    return filtered(PlanFilter, chosen, DevelopmentPlan.objects.visible_to(user).with_items(user), user)


PLANS = list_kind(
    ListKind("talent.plans", _("Development plans"), _columns, _rows, HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION})
)
