"""Retention plans: the list, one plan, and what is done about it. Each step is a door to one action."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from talent.actions import retention_plans as steps
from talent.enums import RetentionState
from talent.filters.retention import RetentionPlanFilter
from talent.forms.retention import (
    ActionDoneForm,
    PlanCloseForm,
    RetentionActionForm,
    RetentionPlanEditForm,
    RetentionPlanForm,
)
from talent.models import RetentionAction, RetentionPlan, RetentionSubjects
from talent.retention.lists import PLANS
from talent.staleness import ReadableStale
from talent.views.retention import READERS, form_view, person_url

SOMEBODY = {Role.EMPLOYEE, *HR_ROLES}


@access(roles=READERS)
@require_safe
def retention_plan_list(request: PageRequest) -> HttpResponse:
    """Plans for people one may see: the open ones unless asked otherwise, what is due first."""
    chosen = request.GET.copy()
    chosen.setdefault("state", RetentionState.OPEN)
    plans = RetentionPlan.objects.visible_to(request.user).with_content()
    found = RetentionPlanFilter(chosen, plans, request=request)
    page = window(request, found.qs.order_by("due_on", "pk"), PLANS)
    context = {
        "filter": found,
        "page": page,
        "rows": [_row(plan) for plan in page.rows],
        "today": timezone.localdate(),
        "tab": "plans",
        "is_hr": request.user.viewer.is_hr,
    }
    return render_list(request, "talent/retention/plan_list.html", context, part="rows")


def _row(plan: RetentionPlan) -> dict[str, Any]:
    actions = list(plan.actions.all())
    return {"plan": plan, "done": sum(action.done_at is not None for action in actions), "of": len(actions)}


@access(roles=READERS)
@require_safe
def retention_plan_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One plan with its actions, and what one may do about it."""
    plan = get_for_user(RetentionPlan.objects.with_content(), request.user, pk=pk)
    may_work = plan.is_open and request.user.has_perm("talent.edit_retention_plan", plan)
    context = {
        "plan": plan,
        "row": _row(plan),
        "stale": ReadableStale(request.user, [plan.employee_id]).of(plan.employee_id, plan.rested_on_stale),
        "today": timezone.localdate(),
        "may_work": may_work,
    }
    return render(request, "talent/retention/plan_detail.html", context)


@access(roles=HR_ROLES)
@form_view
def retention_plan_open(request: PageRequest, pk: int) -> HttpResponse:
    employee = get_for_user(RetentionSubjects(), request.user, "talent.open_retention_plan", pk=pk)
    initial = {"owner": request.user.viewer.employee_id}
    return form_page(
        request,
        RetentionPlanForm(request.POST or None, employee=employee, initial=initial),
        lambda typed: steps.open_retention_plan(employee, by=request.user, **typed),
        done=_("The plan is open. Now ask somebody to do the first thing."),
        back=person_url(employee.pk),
        back_label=employee.name,
        title=_("Plan to keep %s") % employee,
        lead=_("Read by those who may see this person’s retention data, never by the person."),
        submit=_("Open the plan"),
    )


@access(roles=READERS)
@form_view
def retention_plan_edit(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.edit_retention_plan", pk)
    return form_page(
        request,
        RetentionPlanEditForm(request.POST or None, instance=plan),
        lambda typed: steps.edit_retention_plan(plan, by=request.user, **typed),
        done=_("Saved."),
        back=plan.get_absolute_url(),
        back_label=plan.employee.name,
        title=_("Plan to keep %s") % plan.employee,
        submit=_("Save"),
    )


@access(roles=READERS)
@form_view
def retention_action_add(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.add_retention_action", pk)
    return form_page(
        request,
        RetentionActionForm(request.POST or None, employee=plan.employee),
        lambda typed: steps.add_retention_action(plan, by=request.user, **typed),
        done=_("Added. Whoever shall do it finds it among their work."),
        back=plan.get_absolute_url(),
        back_label=plan.employee.name,
        title=_("Ask somebody to do something"),
        lead=_("To keep %s") % plan.employee,
        submit=_("Add"),
    )


@access(roles=READERS)
@form_view
def retention_plan_close(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.close_retention_plan", pk)
    return form_page(
        request,
        PlanCloseForm(request.POST or None),
        lambda typed: steps.close_retention_plan(plan, by=request.user, **typed),
        done=_("The plan is closed."),
        back=plan.get_absolute_url(),
        back_label=plan.employee.name,
        title=_("Close the plan to keep %s") % plan.employee,
        submit=_("Close the plan"),
    )


@access(roles=SOMEBODY)
@form_view
def retention_action_complete(request: PageRequest, pk: int) -> HttpResponse:
    """What somebody was asked to do. To an owner who may not read the plan it says the line and the day, and no more."""
    rows = RetentionAction.objects.select_related("plan__employee__org_unit", "owner")
    action = get_for_user(rows, request.user, "talent.complete_retention_action", pk=pk)
    plan = RetentionPlan.objects.visible_to(request.user).filter(pk=action.plan_id).select_related("employee").first()
    return form_page(
        request,
        ActionDoneForm(request.POST or None),
        lambda typed: steps.complete_retention_action(action, by=request.user, **typed),
        done=_("Done. Thank you."),
        back=plan.get_absolute_url() if plan else reverse("home:my_work"),
        template="talent/retention/action.html",
        action=action,
        plan=plan,
        is_waiting=action.done_at is None and action.plan.is_open,
        today=timezone.localdate(),
    )


def _plan(request: PageRequest, permission: str, pk: int) -> RetentionPlan:
    rows = RetentionPlan.objects.select_related("employee__org_unit", "employee__job", "owner")
    return get_for_user(rows, request.user, permission, pk=pk)
