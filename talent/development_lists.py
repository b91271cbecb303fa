"""Development plans and their items as lists to take away: those one sees, with the progress of the items one sees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.exports import Column
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.exports import ListKind, Portions, filtered, list_kind, of_named
from hrportal.people.lists import person_columns
from hrportal.people.viewer import Principal
from talent.development.overview import items_shown
from talent.enums import PlanState
from talent.filters.development import PlanFilter, PlanItemFilter
from talent.models import DevelopmentPlan, PlanItem
from talent.progress import progress_of

READERS = HR_ROLES | {Role.EMPLOYEE, Role.INTEGRATION}


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


def _rows(user: Principal, query: QueryDict) -> Any:
    """As on the page: the open ones unless asked otherwise."""
    chosen = query.copy()
    chosen.setdefault("state", PlanState.OPEN)
    return filtered(PlanFilter, chosen, DevelopmentPlan.objects.visible_to(user).with_items(user), user)


@dataclass(frozen=True)
class ItemLine:
    """An item with where it comes from, as this reader may know it."""

    item: PlanItem
    origin: str

    @property
    def employee(self) -> Any:
        return self.item.plan.employee

    @property
    def actions(self) -> list[Any]:
        return list(self.item.actions.all())


def _item_columns() -> Sequence[Column]:
    return [
        *person_columns("employee"),
        Column(_("Unit"), lambda line: line.employee.org_unit),
        Column(_("Item"), lambda line: line.item.title),
        Column(_("Why"), lambda line: line.item.why),
        Column(_("Competency"), lambda line: line.item.competency),
        Column(_("From level"), lambda line: line.item.from_level),
        Column(_("Target level"), lambda line: line.item.target_level),
        Column(_("Level found"), lambda line: line.item.reached_level),
        Column(_("Comes from"), lambda line: line.origin),
        Column(_("Owner"), lambda line: line.item.owner),
        Column(_("Due"), lambda line: line.item.due_on),
        Column(_("State"), lambda line: line.item.get_state_display()),
        Column(_("Actions"), lambda line: len(line.actions)),
        Column(_("Actions done"), lambda line: sum(action.done_at is not None for action in line.actions)),
    ]


def _items(user: Principal, query: QueryDict) -> Portions:
    """Of the plan in the query all items one sees; else those of others that `show` asks for, as the overview does."""
    rows: QuerySet[PlanItem]
    if "plan" in query:
        rows = of_named(query, "plan", DevelopmentPlan.objects.visible_to(user), PlanItem.objects.visible_to(user))
    else:
        rows = items_shown(user, query.get("show", ""), timezone.localdate())
    return Portions(filtered(PlanItemFilter, query, _with_all(rows), user), lambda items: _item_lines(items, user))


def _with_all(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    people = ("plan__employee__job", "plan__employee__org_unit", "competency", "owner")
    return rows.select_related(*people).prefetch_related("actions").order_by("due_on", "id")


def _item_lines(items: list[PlanItem], user: Principal) -> Iterator[ItemLine]:
    for item in items:
        yield ItemLine(item, item.origin_for(user))


PLANS = list_kind(ListKind("talent.plans", _("Development plans"), _columns, _rows, READERS))
ITEMS = list_kind(ListKind("talent.plan_items", _("Items of development plans"), _item_columns, _items, READERS))
