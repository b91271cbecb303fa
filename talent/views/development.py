"""Pages about development plans."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from talent import actions
from talent.enums import ItemState, PlanState
from talent.filters import PlanFilter
from talent.forms.development import ActionCompleteForm, ActionForm, ItemCloseForm, ItemForm
from talent.models import DevelopmentPlan, PlanAction, PlanItem
from talent.progress import progress_of
from talent.views.common import form_page, step

PEOPLE = {Role.EMPLOYEE, Role.HRBP, Role.HR_LEADER}


@access(roles=PEOPLE)
@require_safe
def plan_list(request: PageRequest) -> HttpResponse:
    """One's own plan, those of people below, those HR looks after: the open ones unless asked otherwise."""
    chosen = request.GET.copy()
    chosen.setdefault("state", PlanState.OPEN)
    plans = DevelopmentPlan.objects.visible_to(request.user).with_items(request.user)
    found = PlanFilter(chosen, plans, request=request)
    page = window(request, found.qs)
    today = timezone.localdate()
    rows = [{"plan": plan, "progress": progress_of(plan.seen, today)} for plan in page.rows]
    own = request.user.employee_id
    context = {"filter": found, "page": page, "rows": rows, "own": own, "today": today}
    return render_list(request, "talent/plan_list.html", context, part="rows")


@access(roles=PEOPLE)
@require_safe
def plan_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A plan with the items one may see and what one may do about each."""
    plans = DevelopmentPlan.objects.with_items(request.user)
    plan = get_for_user(plans, request.user, pk=pk)
    is_open = plan.state == PlanState.OPEN
    rows = [_item_row(item, plan, request.user) for item in plan.seen]
    context = {
        "plan": plan,
        "is_own": plan.employee_id == request.user.viewer.employee_id,
        "progress": progress_of(plan.seen, timezone.localdate()),
        "today": timezone.localdate(),
        "open_items": [row for row in rows if row["item"].state == ItemState.OPEN],
        "closed_items": [row for row in rows if row["item"].state != ItemState.OPEN],
        "may_add": is_open and request.user.has_perm("talent.add_item", plan.employee),
        "may_complete": is_open and request.user.has_perm("talent.complete_plan", plan),
    }
    return render(request, "talent/plan_detail.html", context)


def _item_row(item: PlanItem, plan: DevelopmentPlan, user: Any) -> dict[str, Any]:
    item.plan = plan
    is_open = item.state == ItemState.OPEN and plan.state == PlanState.OPEN
    done = sum(action.done_at is not None for action in item.actions.all())
    return {
        "item": item,
        "done": done,
        "may_edit": is_open and user.has_perm("talent.edit_item", item),
        "may_act": is_open and user.has_perm("talent.add_action", item),
    }


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_add(request: PageRequest, pk: int) -> HttpResponse:
    """Write an item into somebody's plan; the first one opens it."""
    people = Employee.objects.select_related("org_unit")
    employee = get_for_user(people, request.user, "talent.add_item", pk=pk)
    is_own = employee.pk == request.user.viewer.employee_id
    return form_page(
        request,
        ItemForm(request.POST or None, employee=employee, initial={"owner": employee.pk}),
        lambda typed: actions.add_item(employee, by=request.user, **typed),
        done=_("The item is in the plan."),
        back=_plan_url(employee),
        title=_("Add to my plan") if is_own else _("Add to the plan of %s") % employee,
        submit=_("Add"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_edit(request: PageRequest, pk: int) -> HttpResponse:
    item = get_for_user(_items(), request.user, "talent.edit_item", pk=pk)
    return form_page(
        request,
        ItemForm(request.POST or None, instance=item, employee=item.plan.employee),
        lambda typed: actions.edit_item(item, by=request.user, **typed),
        done=_("Saved."),
        back=_item_url(item),
        title=_("Edit an item"),
        submit=_("Save"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_close(request: PageRequest, pk: int) -> HttpResponse:
    item = get_for_user(_items(), request.user, "talent.close_item", pk=pk)
    return form_page(
        request,
        ItemCloseForm(request.POST or None),
        lambda typed: actions.close_item(item, by=request.user, is_done=typed["is_done"]),
        done=_("The item is closed."),
        back=_item_url(item),
        title=_("Close: %s") % item.title,
        submit=_("Close the item"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def action_add(request: PageRequest, pk: int) -> HttpResponse:
    item = get_for_user(_items(), request.user, "talent.add_action", pk=pk)
    employee = item.plan.employee
    return form_page(
        request,
        ActionForm(request.POST or None, employee=employee, initial={"owner": employee.pk}),
        lambda typed: actions.add_action(item, by=request.user, **typed),
        done=_("The action is agreed."),
        back=_item_url(item),
        title=_("What will be done?"),
        lead=item.title,
        submit=_("Add the action"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def action_complete(request: PageRequest, pk: int) -> HttpResponse:
    rows = PlanAction.objects.select_related("item__plan__employee__org_unit")
    action = get_for_user(rows, request.user, "talent.complete_action", pk=pk)
    return form_page(
        request,
        ActionCompleteForm(request.POST or None),
        lambda typed: actions.complete_action(action, by=request.user, **typed),
        done=_("Done."),
        back=_item_url(action.item),
        title=_("Done: %s") % action.title,
        submit=_("It is done"),
    )


@access(roles=PEOPLE)
@require_POST
def plan_complete(request: PageRequest, pk: int) -> HttpResponse:
    plans = DevelopmentPlan.objects.select_related("employee__org_unit")
    plan = get_for_user(plans, request.user, "talent.complete_plan", pk=pk)
    return step(
        request,
        lambda: actions.complete_plan(plan, by=request.user),
        done=_("The plan is completed."),
        back=reverse("talent:plan_detail", args=[plan.pk]),
    )


def _items() -> Any:
    return PlanItem.objects.select_related("plan__employee__org_unit")


def _item_url(item: PlanItem) -> str:
    return f"{reverse('talent:plan_detail', args=[item.plan_id])}#item-{item.pk}"


def _plan_url(employee: Employee) -> str:
    """The person's open plan; before there is one, the list."""
    plan = DevelopmentPlan.objects.open().filter(employee=employee).first()
    return reverse("talent:plan_detail", args=[plan.pk]) if plan else reverse("talent:plan_list")
