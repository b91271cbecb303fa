"""Goals: the list, one goal with its results and history, the form, check-ins."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from performance import actions
from performance.enums import GoalState
from performance.filters import ObjectiveFilter
from performance.forms.goals import (
    KEY_RESULT_FIELDS,
    CheckInForm,
    CloseObjectiveForm,
    KeyResultFormSet,
    ObjectiveForm,
    key_result_rows,
)
from performance.models import CheckIn, KeyResult, Objective

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST_CHECK_INS = 30
MOST_CHILDREN = 50


@access()
@require_safe
def objective_list(request: PageRequest) -> HttpResponse:
    """Goals of oneself, one's team, the company."""
    data = request.GET.copy()
    data.setdefault("show", "own" if request.user.viewer.employee_id else "shared")
    data.setdefault("state", GoalState.ACTIVE)
    goals = Objective.objects.visible_to(request.user).with_results()
    found = ObjectiveFilter(data, queryset=goals, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs),
        "tabs": _tabs(request.user),
        "show": data["show"],
        "may_create": request.user.has_perm("performance.give_feedback"),
    }
    return render_list(request, "performance/objective_list.html", context)


@access()
@require_safe
def objective_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A goal with its key results, their history, and its place in the cascade."""
    objective = _objective(request, pk)
    return render(request, "performance/objective_detail.html", _detail(request.user, objective))


@access()
@form_view
def objective_create(request: PageRequest) -> HttpResponse:
    """Set a goal."""
    return _objective_form(request, None)


@access()
@form_view
def objective_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change a goal and its key results."""
    return _objective_form(request, _objective(request, pk, "performance.edit_objective"))


@access()
@form_view
def objective_close(request: PageRequest, pk: int) -> HttpResponse:
    """End a goal."""
    objective = _objective(request, pk, "performance.close_objective")
    form = CloseObjectiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_cancelled = form.cleaned_data["state"] == GoalState.CANCELLED
        try:
            actions.close_objective(objective, by=request.user, is_cancelled=is_cancelled)
        except ActionError as refusal:
            messages.error(request, refusal.message)
        return redirect("performance:objective_detail", pk)
    return render(request, "performance/objective_close.html", {"objective": objective, "form": form})


@access()
@require_POST
def check_in_create(request: PageRequest, pk: int) -> HttpResponse:
    """Measure a key result. To htmx the goal's page is answered again, with its new progress."""
    visible = Objective.objects.visible_to(request.user)
    key_result = (
        KeyResult.objects.select_related("objective__owner__org_unit").filter(objective__in=visible, pk=pk).first()
    )
    objective = _objective(request, key_result.objective_id if key_result else 0)
    if key_result is None or not request.user.has_perm("performance.check_in", key_result):
        raise PermissionDenied
    form = CheckInForm(request.POST, key_result=key_result)
    if form.is_valid():
        try:
            actions.check_in(key_result, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Checked in."))
            return redirect("performance:objective_detail", objective.pk)
    return render(request, "performance/objective_detail.html", _detail(request.user, objective, form, pk), status=422)


def _objective(request: PageRequest, pk: int, permission: str | None = None) -> Objective:
    goals = Objective.objects.with_results().select_related("owner", "org_unit", "parent")
    return get_for_user(goals, request.user, permission, pk=pk)


def _detail(user: Any, objective: Objective, form: CheckInForm | None = None, form_of: int = 0) -> dict[str, Any]:
    history = CheckIn.objects.filter(key_result__objective=objective).select_related("key_result", "made_by")
    children = Objective.objects.visible_to(user).filter(parent=objective).with_results()[:MOST_CHILDREN]
    is_open = objective.state in (GoalState.DRAFT, GoalState.ACTIVE)
    may_check_in = is_open and user.has_perm("performance.edit_objective", objective)
    parent = objective.parent_id and Objective.objects.visible_to(user).filter(pk=objective.parent_id).first()
    return {
        "objective": objective,
        "parent": parent or None,
        "children": children,
        "history": history[:MOST_CHECK_INS],
        "may_edit": may_check_in,
        "results": [
            (result, (form if result.pk == form_of else CheckInForm(key_result=result)) if may_check_in else None)
            for result in objective.key_results.all()
        ],
    }


def _objective_form(request: PageRequest, objective: Objective | None) -> HttpResponse:
    form = ObjectiveForm(request.POST or None, instance=objective, user=request.user)
    results = KeyResultFormSet(request.POST or None, initial=_rows(objective), prefix="results")
    if request.method == "POST" and form.is_valid() and results.is_valid():
        if not request.user.has_perm("performance.create_objective", form.instance):
            form.add_error(None, _("This goal is not yours to set: choose a person you lead, or another level."))
        elif saved := _save(request, objective, form, results):
            return redirect("performance:objective_detail", saved.pk)
    context = {"form": form, "results": results, "objective": objective}
    status = 422 if form.errors or any(results.errors) else 200
    return render(request, "performance/objective_form.html", context, status=status)


def _save(request: PageRequest, objective: Objective | None, form: ObjectiveForm, results: Any) -> Objective | None:
    fields = {**form.cleaned_data, "key_results": key_result_rows(results)}
    try:
        if objective:
            return actions.edit_objective(objective, by=request.user, **fields)
        return actions.create_objective(by=request.user, **fields)
    except ActionError as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None


def _rows(objective: Objective | None) -> list[dict[str, Any]]:
    return list(objective.key_results.values("id", *KEY_RESULT_FIELDS)) if objective else []


def _tabs(user: Any) -> list[tuple[str, str]]:
    tabs = [("own", _("My own"))] if user.viewer.employee_id else []
    if user.viewer.has(Role.MANAGER):
        tabs.append(("team", _("My team")))
    return [*tabs, ("shared", _("Company and units"))]
