"""Improvement plans to read and to write: the list, one plan with its record, the form, copies on paper."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.common.pdf import pdf_response
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from performance import actions
from performance.enums import IMPROVEMENT_STARTS_FROM, PlanCopy
from performance.filters import ImprovementPlanFilter
from performance.forms.improvement import (
    LINES,
    MOST_LINES,
    AmendImprovementPlanForm,
    ImprovementPlanForm,
    NewImprovementPlanForm,
    empty_line,
    given_lines,
    line_formset,
    stored_lines,
)
from performance.improvement.circle import circle_of
from performance.improvement.content import content_of_plan, missing_from_plan
from performance.improvement.steps import offered_copies, offered_plan_steps, remarks_on, steps_on
from performance.models import ImprovementPlan, ImprovementRemark, ImprovementStep
from performance.talk_lists import IMPROVEMENT_PLANS
from performance.views.improvement_story import as_event, shown_content, story_of

form_view = require_http_methods(["GET", "HEAD", "POST"])
SOMEBODY = {Role.EMPLOYEE, *HR_ROLES}
CONTENT = ("reason", "expectations", "starts_on", "ends_on", "rhythm")


@access(roles=SOMEBODY)
@require_safe
def improvement_plan_list(request: PageRequest) -> HttpResponse:
    """Plans one leads, looks after or has."""
    tabs = _tabs(request.user)
    data = request.GET.copy()
    data.setdefault("show", tabs[0][0] if tabs else "own")
    plans = ImprovementPlan.objects.visible_to(request.user).with_people()
    found = ImprovementPlanFilter(data, queryset=plans, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, IMPROVEMENT_PLANS, query=data),
        "tabs": tabs,
        "show": data["show"],
        "may_create": request.user.viewer.has(Role.MANAGER),
    }
    return render_list(request, "performance/improvement_plan_list.html", context)


@access(roles=SOMEBODY)
@require_safe
def improvement_plan_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One plan, as far as this reader may see it, with the steps that are open to them."""
    plan = _plan(request, pk)
    steps = offered_plan_steps(request.user, plan)
    context = {
        "plan": plan,
        "steps": steps,
        "is_own": plan.employee_id == request.user.viewer.employee_id,
        "milestones": plan.milestones.all(),
        "entries": plan.entries.select_related("made_by"),
        "story": story_of(ImprovementStep.objects.visible_to(request.user).filter(plan=plan)),
        "remarks": ImprovementRemark.objects.visible_to(request.user).filter(plan=plan).select_related("made_by"),
        "missing": missing_from_plan(plan) if "submit_improvement_plan" in steps else [],
        "circle": circle_of(plan),
        "copies": [(copy, copy.label) for copy in offered_copies(request.user, plan)],
    }
    return render(request, "performance/improvement_plan_detail.html", context)


@access(roles=SOMEBODY)
@require_safe
def improvement_plan_record(request: PageRequest, pk: int, step: int) -> HttpResponse:
    """What the plan said after one of its steps, word for word."""
    plan = _plan(request, pk)
    steps = ImprovementStep.objects.filter(plan=plan).select_related("made_by")
    row = get_for_user(steps, request.user, pk=step)
    context = {"plan": plan, "event": as_event(row), "content": shown_content(row.content), "version": row.version}
    return render(request, "performance/improvement_plan_record.html", context)


@access(roles=SOMEBODY)
@require_safe
def improvement_plan_copy(request: PageRequest, pk: int, copy: str) -> HttpResponse:
    """A copy on paper, with what the person it is for may read."""
    plan = _plan(request, pk)
    if copy not in offered_copies(request.user, plan):
        raise Http404
    context = {
        "plan": plan,
        "copy": PlanCopy(copy),
        "content": shown_content(content_of_plan(plan)),
        "entries": plan.entries.select_related("made_by").order_by("made_at", "pk"),
        "story": story_of(steps_on(PlanCopy(copy), plan)),
        "remarks": remarks_on(PlanCopy(copy), plan),
        "printed_at": timezone.now(),
    }
    title = f"{plan} {PlanCopy(copy).label}"
    page_url = plan.get_absolute_url()
    return pdf_response(request, "performance/improvement_plan_pdf.html", context, title=title, page_url=page_url)


@access(roles={Role.MANAGER})
@form_view
def improvement_plan_create(request: PageRequest) -> HttpResponse:
    """Draft a plan for somebody one leads."""
    form = NewImprovementPlanForm(request.POST or None, user=request.user, initial=_asked_for(request))
    lines = _lines(None, request)
    if request.method == "POST" and _are_valid(form, lines):
        content = _given(form, lines)
        try:
            plan = actions.create_improvement_plan(by=request.user, employee=form.cleaned_data["person"], **content)
        except ActionError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Saved as a draft. The employee does not see it."))
            return redirect(plan)
    return _show_form(request, None, form, lines)


@access(roles=SOMEBODY)
@form_view
def improvement_plan_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    return _change(request, pk, "edit_improvement_plan", ImprovementPlanForm)


@access(roles=SOMEBODY)
@form_view
def improvement_plan_amend(request: PageRequest, pk: int) -> HttpResponse:
    """Change what is agreed after the employee saw it."""
    return _change(request, pk, "amend_improvement_plan", AmendImprovementPlanForm)


@access(roles=SOMEBODY)
@require_safe
def improvement_line(request: PageRequest, lines: str, line: int) -> HttpResponse:
    """One more line of milestones or support, for the form."""
    if lines not in LINES or line >= MOST_LINES:
        raise Http404
    context = {"name": lines, "line": empty_line(lines, line), "number": line + 1, "is_last": line + 1 >= MOST_LINES}
    return render(request, "performance/improvement_line.html#answer", context)


def _change(request: PageRequest, pk: int, step: str, form_class: type[ImprovementPlanForm]) -> HttpResponse:
    plan = get_for_user(ImprovementPlan.objects.with_people(), request.user, f"performance.{step}", pk=pk)
    if plan.state not in IMPROVEMENT_STARTS_FROM[step]:
        messages.info(request, _("The plan can no longer be changed like this."))
        return redirect(plan)
    form = form_class(request.POST or None, initial=form_class.stored(plan))
    lines = _lines(plan, request)
    if request.method == "POST" and _are_valid(form, lines):
        try:
            _store(request, plan, step, form, lines)
        except StaleVersion as stale:
            return _conflict(request, plan, form, lines, stale)
        except ActionError as refusal:
            _refuse(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect(plan)
    return _show_form(request, plan, form, lines)


def _store(request: PageRequest, plan: ImprovementPlan, step: str, form: Any, lines: dict[str, Any]) -> None:
    version, changes = form.cleaned_data["version"], _given(form, lines)
    if step == "amend_improvement_plan":
        why = form.cleaned_data["why"]
        actions.amend_improvement_plan(plan, by=request.user, version=version, changes=changes, reason=why)
    else:
        actions.edit_improvement_plan(plan, by=request.user, version=version, changes=changes)


def _lines(plan: ImprovementPlan | None, request: PageRequest) -> dict[str, Any]:
    return {name: line_formset(name, plan, request.POST or None) for name in LINES}


def _are_valid(form: Any, lines: dict[str, Any]) -> bool:
    return all([form.is_valid(), *(formset.is_valid() for formset in lines.values())])


def _given(form: Any, lines: dict[str, Any]) -> dict[str, Any]:
    """What was posted, in the shape the actions take; what was not is not named."""
    given = {name: form.cleaned_data[name] for name in CONTENT if name in form.cleaned_data and name in form.data}
    return given | {name: given_lines(formset, name) for name, formset in lines.items()}


def _refuse(form: Any, refusal: ActionError) -> None:
    put_on_form(form, refusal, field="person" if refusal.field == "employee" else None)


def _show_form(request: PageRequest, plan: ImprovementPlan | None, form: Any, lines: dict[str, Any]) -> HttpResponse:
    status = 422 if form.errors or any(any(formset.errors) for formset in lines.values()) else 200
    context = {"plan": plan, "form": form, "lines": lines.items(), "is_amendment": "why" in form.fields}
    return render(request, "performance/improvement_plan_form.html", context, status=status)


def _conflict(
    request: PageRequest, plan: ImprovementPlan, form: Any, lines: dict[str, Any], stale: StaleVersion
) -> HttpResponse:
    """Both texts, side by side; what was typed is sent again on top of what is stored, if the writer says so."""
    stored = shown_content(stale.theirs)
    mine = shown_content({**stale.theirs, **_as_stored(_given(form, lines))})
    pairs = [
        {"label": ours["label"], "mine": ours["text"], "theirs": theirs["text"]}
        for ours, theirs in zip(mine, stored, strict=True)
        if ours["text"] != theirs["text"]
    ]
    typed = [(name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "version"}]
    # Lines that were taken away meanwhile come back as new ones.
    known = {str(row["id"]) for name in LINES for row in stored_lines(plan, name)}
    typed = [(name, value) for name, value in typed if not name.endswith("-id") or value in known]
    context = {"plan": plan, "pairs": pairs, "mine": typed, "version": stale.version, "here": request.path}
    return render(request, "performance/improvement_plan_conflict.html", context, status=409)


def _as_stored(given: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in given.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [{name: _plain(part) for name, part in row.items()} for row in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _asked_for(request: PageRequest) -> dict[str, Any]:
    return {"person": request.GET.get("person", "")}


def _plan(request: PageRequest, pk: int) -> ImprovementPlan:
    return get_for_user(ImprovementPlan.objects.with_content(), request.user, pk=pk)


def _tabs(user: Principal) -> list[tuple[str, str]]:
    tabs = []
    if user.viewer.has(Role.MANAGER) or _stands_in(user):
        tabs.append(("lead", _("I lead")))
    if user.viewer.is_hr:
        tabs.append(("hr", _("I look after")))
    if user.viewer.employee_id:
        tabs.append(("own", _("My own")))
    return tabs


def _stands_in(user: Principal) -> bool:
    """Whether HR gave somebody a plan to lead who has no team."""
    me = user.viewer.employee_id
    return bool(me) and ImprovementPlan.objects.visible_to(user).filter(owner=me).exists()
