"""What is to be looked at again and what is open to managers, as lists to take away."""

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, filtered, list_kind
from hrportal.people.viewer import Principal
from talent.filters import RefreshTaskFilter
from talent.models import Opening, RefreshTask


def _task_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("Employee number"), lambda task: task.employee.employee_number if task.employee else None),
        Column(gettext_lazy("About"), lambda task: task.plan.position.name if task.plan else task.employee.name),
        Column(gettext_lazy("Unit"), lambda task: (task.plan.position if task.plan else task.employee).org_unit),
        Column(gettext_lazy("What"), lambda task: _("Bench and readiness") if task.plan else task.get_kind_display()),
        Column(gettext_lazy("Last looked at"), lambda task: task.data_from),
        Column(gettext_lazy("Who is asked"), lambda task: task.owner),
        Column(gettext_lazy("Due"), lambda task: task.due_on),
    ]


def _tasks(user: Principal, query: QueryDict) -> QuerySet[RefreshTask]:
    return filtered(RefreshTaskFilter, query, RefreshTask.objects.visible_to(user).open().with_subject(), user)


def _opening_columns() -> Sequence[Column]:
    return [
        Column(gettext_lazy("What is opened"), lambda opening: opening.get_topic_display()),
        Column(gettext_lazy("Unit"), lambda opening: opening.org_unit),
        Column(gettext_lazy("Why"), lambda opening: opening.reason),
        Column(gettext_lazy("Opened by"), lambda opening: opening.opened_by),
        Column(gettext_lazy("Opened"), lambda opening: opening.opened_at),
        Column(gettext_lazy("Closed by"), lambda opening: opening.closed_by),
        Column(gettext_lazy("Closed"), lambda opening: opening.closed_at),
    ]


def _openings(user: Principal, query: QueryDict) -> QuerySet[Opening]:
    """What is open first, then what was closed last."""
    rows = Opening.objects.visible_to(user).with_people()
    return rows.order_by(F("closed_at").desc(nulls_first=True), "topic", "org_unit__name", "pk")


TASKS = list_kind(
    ListKind(
        "talent.refresh_tasks",
        gettext_lazy("To look at again"),
        _task_columns,
        _tasks,
        HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION},
    )
)
OPENINGS = list_kind(
    ListKind(
        "talent.openings",
        gettext_lazy("Open to managers"),
        _opening_columns,
        _openings,
        HR_ROLES | {Role.INTEGRATION},
    )
)
