"""Pages about development plans."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.models import Competency, Employee
from hrportal.people.viewer import Principal
from talent import actions
from talent.development.levels import shared_level
from talent.development.suggestions import Suggestions, suggested_for, suggestions_for
from talent.development_lists import PLANS
from talent.enums import ActionKind, ItemOrigin, ItemPurpose, ItemState, PlanState
from talent.filters import PlanFilter
from talent.forms.development import (
    ActionCompleteForm,
    ActionEditForm,
    ActionForm,
    CheckInForm,
    ItemCloseForm,
    ItemForm,
)
from talent.models import DevelopmentPlan, LearningItem, PlanAction, PlanItem
from talent.progress import progress_of
from talent.views.tabs import development_tabs

PEOPLE = {Role.EMPLOYEE, Role.HRBP, Role.HR_LEADER}


@access(roles=PEOPLE)
@require_safe
def plan_list(request: PageRequest) -> HttpResponse:
    """One's own plan, those of people below, those HR looks after: the open ones unless asked otherwise."""
    chosen = request.GET.copy()
    chosen.setdefault("state", PlanState.OPEN)
    plans = DevelopmentPlan.objects.visible_to(request.user).with_items(request.user)
    found = PlanFilter(chosen, plans, request=request)
    page = window(request, found.qs, PLANS, query=chosen)
    today = timezone.localdate()
    rows = [{"plan": plan, "progress": progress_of(plan.seen, today)} for plan in page.rows]
    own = request.user.employee_id
    context = {"filter": found, "page": page, "rows": rows, "own": own, "today": today}
    context["tabs"] = development_tabs(request.user, "talent:plan_list")
    return render_list(request, "talent/plan_list.html", context, part="rows")


@access(roles=PEOPLE)
@require_safe
def plan_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A plan with the items one may see and what one may do about each."""
    plans = DevelopmentPlan.objects.with_items(request.user)
    plan = get_for_user(plans, request.user, pk=pk)
    is_open = plan.state == PlanState.OPEN
    suggested = suggestions_for(item for item in plan.seen if item.state == ItemState.OPEN)
    rows = [_item_row(item, plan, request.user, suggested) for item in plan.seen]
    context = {
        "plan": plan,
        "export_query": f"plan={pk}",
        "is_own": plan.employee_id == request.user.viewer.employee_id,
        "progress": progress_of(plan.seen, timezone.localdate()),
        "today": timezone.localdate(),
        "open_items": [row for row in rows if row["item"].state == ItemState.OPEN],
        "closed_items": [row for row in rows if row["item"].state != ItemState.OPEN],
        "may_add": is_open and request.user.has_perm("talent.add_item", plan.employee),
        "may_complete": is_open and request.user.has_perm("talent.complete_plan", plan),
    }
    return render(request, "talent/plan_detail.html", context)


def _item_row(item: PlanItem, plan: DevelopmentPlan, user: Principal, suggested: Suggestions) -> dict[str, Any]:
    item.plan = plan
    is_open = item.state == ItemState.OPEN and plan.state == PlanState.OPEN
    actions_of = list(item.actions.all())
    done = sum(action.done_at is not None for action in actions_of)
    check_ins = list(item.check_ins.all())
    taken = {action.learning_item_id for action in actions_of}
    return {
        "item": item,
        "origin": item.origin_for(user),
        "done": done,
        "check_ins": check_ins,
        "progress": next((row.progress for row in check_ins if row.progress is not None), None),
        "suggested": [entry for entry in suggested.of(item) if entry.pk not in taken] if is_open else [],
        "is_ready": is_open and item.competency_id and done and done == len(actions_of),
        "went_with_plan": item.state == ItemState.DROPPED and not item.closing_words and plan.completed_at,
        "may_edit": is_open and user.has_perm("talent.edit_item", item),
        "may_act": is_open and user.has_perm("talent.add_action", item),
    }


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_add(request: PageRequest, pk: int) -> HttpResponse:
    """Write an item into somebody's plan; the first one opens it. A gap elsewhere leads here with its competency and level."""
    people = Employee.objects.select_related("org_unit")
    employee = get_for_user(people, request.user, "talent.add_item", pk=pk)
    is_own = employee.pk == request.user.viewer.employee_id
    gap = _gap_in(request, employee)
    origin = {"origin": ItemOrigin.GAP} if gap else {}
    return form_page(
        request,
        ItemForm(request.POST or None, employee=employee, initial={"owner": employee.pk} | gap),
        lambda typed: actions.add_item(employee, by=request.user, **typed, **origin),
        done=_("The item is in the plan."),
        back=_plan_url(employee),
        back_label=employee.name,
        title=_("Add to my plan") if is_own else _("Add to the plan of %s") % employee,
        submit=_("Add"),
    )


def _gap_in(request: PageRequest, employee: Employee) -> dict[str, Any]:
    """The gap a link names: `?competency=7&level=4`, with `&purpose=next` for what the next role asks."""
    competency, level = request.GET.get("competency", ""), request.GET.get("level", "")
    found = Competency.objects.filter(pk=competency, is_active=True).first() if is_number(competency) else None
    if found is None:
        return {}
    purpose = request.GET.get("purpose")
    return {
        "title": found.name,
        "competency": found.pk,
        "from_level": shared_level(employee.pk, found.pk),
        "target_level": level if is_number(level) else None,
        "purpose": purpose if purpose in ItemPurpose.values else ItemPurpose.CURRENT,
    }


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
        back_label=item.title,
        title=_("Edit an item"),
        submit=_("Save"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_close(request: PageRequest, pk: int) -> HttpResponse:
    """Close an item by assessing it again or with evidence, or give it up with a reason."""
    item = get_for_user(_items(), request.user, "talent.close_item", pk=pk)
    form = ItemCloseForm(request.POST or None, item=item, may_assess=request.user.has_perm("talent.assess_item", item))
    context = {"form": form, "back": _item_url(item), "title": _("Close: %s") % item.title}
    if request.method == "POST" and form.is_valid():
        try:
            closed = actions.close_item(item, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            _say_how_it_ended(request, closed)
            return redirect(_item_url(item))
    context |= {"submit": _("Close the item"), "lead": _level_words(item)}
    return render(request, "form.html", context, status=422 if form.errors else 200)


def _say_how_it_ended(request: PageRequest, item: PlanItem) -> None:
    if item.state != ItemState.OPEN:
        messages.success(request, _("The item is closed."))
        return
    words = _("Level %(level)d is recorded. The target is %(target)d, so the item stays open.")
    messages.warning(request, words % {"level": item.reached_level, "target": item.target_level})


def _level_words(item: PlanItem) -> str:
    if item.competency is None:
        return str(_("This item names no competency: it is closed with evidence."))
    words = (
        _("%(name)s is assessed again. Target: level %(target)d.")
        if item.target_level
        else _("%(name)s is assessed again.")
    )
    return words % {"name": item.competency.name, "target": item.target_level}


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def item_check_in(request: PageRequest, pk: int) -> HttpResponse:
    """Note how an item stands."""
    item = get_for_user(_items(), request.user, "talent.check_in_item", pk=pk)
    return form_page(
        request,
        CheckInForm(request.POST or None),
        lambda typed: actions.check_in_item(item, by=request.user, **typed),
        done=_("Noted."),
        back=_item_url(item),
        back_label=item.title,
        title=_("Check in"),
        lead=item.title,
        submit=_("Save the note"),
    )


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def action_add(request: PageRequest, pk: int) -> HttpResponse:
    """Agree on something; `?learning=7` takes it from the catalogue."""
    item = get_for_user(_items(), request.user, "talent.add_action", pk=pk)
    employee = item.plan.employee
    initial = {"owner": employee.pk} | _learning_in(request)
    return form_page(
        request,
        ActionForm(request.POST or None, employee=employee, item=item, initial=initial),
        lambda typed: actions.add_action(item, by=request.user, **typed),
        done=_("The action is agreed."),
        back=_item_url(item),
        back_label=item.title,
        template="talent/action_form.html",
        title=_("What will be done?"),
        lead=item.title,
        submit=_("Add the action"),
        item=item,
        suggested=suggested_for(item),
    )


def _learning_in(request: PageRequest) -> dict[str, Any]:
    chosen = request.GET.get("learning", "")
    found = LearningItem.objects.active().filter(pk=chosen).first() if is_number(chosen) else None
    return {"learning_item": found.pk, "title": found.title, "kind": ActionKind.TRAINING} if found else {}


@access(roles=PEOPLE)
@require_http_methods(["GET", "POST"])
def action_edit(request: PageRequest, pk: int) -> HttpResponse:
    rows = PlanAction.objects.select_related("item__plan__employee__org_unit", "item__competency")
    action = get_for_user(rows, request.user, "talent.edit_action", pk=pk)
    employee = action.item.plan.employee
    return form_page(
        request,
        ActionEditForm(request.POST or None, instance=action, employee=employee, item=action.item),
        lambda typed: actions.edit_action(action, by=request.user, **typed),
        done=_("Saved."),
        back=_item_url(action.item),
        back_label=action.item.title,
        title=_("Edit an action"),
        lead=action.item.title,
        submit=_("Save"),
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
        back_label=action.item.title,
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
    return PlanItem.objects.select_related("plan__employee__org_unit", "competency")


def _item_url(item: PlanItem) -> str:
    return f"{reverse('talent:plan_detail', args=[item.plan_id])}#item-{item.pk}"


def _plan_url(employee: Employee) -> str:
    """The person's open plan; before there is one, the list."""
    plan = DevelopmentPlan.objects.open().filter(employee=employee).first()
    return reverse("talent:plan_detail", args=[plan.pk]) if plan else reverse("talent:plan_list")
