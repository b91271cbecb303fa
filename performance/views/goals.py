"""Goals: the list, one goal with its results and history, the form, check-ins."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from performance import actions
from performance.enums import GoalState
from performance.filters import ObjectiveFilter
from performance.forms.goals import (
    KEY_RESULT_FIELDS,
    CarryOverForm,
    CheckInForm,
    CloseObjectiveForm,
    KeyResultFormSet,
    ObjectiveForm,
    draft_in,
    draft_of,
    key_result_rows,
)
from performance.goals.content import stamp_of, stored_words
from performance.goals.progress import ALL
from performance.goals.proposals import proposed_lines
from performance.goals.smart import hints_for
from performance.goals.sparkline import Sparkline, sparkline
from performance.lists import GOALS
from performance.models import CheckIn, GoalPeriod, KeyResult, Objective

form_view = require_http_methods(["GET", "HEAD", "POST"])
MOST_CHECK_INS = 300
MOST_SHOWN = 30
MOST_OPTIONS = 12
MOST_CHILDREN = 50
MOST_PROPOSALS = 4


@access()
@require_safe
def objective_list(request: PageRequest) -> HttpResponse:
    """Goals of oneself, one's team, the company."""
    data = request.GET.copy()
    data.setdefault("show", "own" if request.user.viewer.employee_id else "shared")
    data.setdefault("state", GoalState.ACTIVE)
    goals = Objective.objects.visible_to(request.user).with_results().with_staleness()
    found = ObjectiveFilter(data, queryset=goals, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, GOALS, query=data),
        "tabs": _tabs(request.user),
        "show": data["show"],
        "may_create": request.user.has_perm("performance.give_feedback"),
        "may_assign": request.user.has_perm("performance.assign_goals"),
        "is_hr": request.user.viewer.is_hr,
        "proposals": _proposals(request.user, str(data["show"])),
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
@form_view
def objective_carry_over(request: PageRequest, pk: int) -> HttpResponse:
    """Let an unfinished goal go on in another period."""
    objective = _objective(request, pk, "performance.carry_over")
    form = CarryOverForm(request.POST or None, goal=objective)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.carry_over(objective, by=request.user, period=form.cleaned_data["period"])
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("The goal goes on in %s.") % new.period)
            return redirect("performance:objective_detail", new.pk)
    context = {"objective": objective, "form": form}
    return render(request, "performance/objective_carry_over.html", context, status=422 if form.errors else 200)


@access()
@require_POST
def goal_hints(request: PageRequest) -> HttpResponse:
    """What would make the goal that is being written easier to agree on. Nothing is stored."""
    form = ObjectiveForm(request.POST, user=request.user)
    results = KeyResultFormSet(request.POST, prefix="results")
    hints = hints_for(draft_in(form, results), timezone.localdate())
    return render(request, "performance/goal_hints.html", {"hints": hints})


@access()
@require_safe
def goal_options(request: PageRequest) -> HttpResponse:
    """Options for a `<datalist>`: goals one may see whose titles hold what was typed."""
    words = str(next(iter(request.GET.values()), "")).replace("\x00", "").strip()
    goals = Objective.objects.visible_to(request.user).changeable().active().select_related("owner", "org_unit")
    found = goals.filter(title__icontains=words).order_by("level", "title")[:MOST_OPTIONS] if len(words) > 1 else []
    return render(request, "performance/goal_options.html", {"goals": found})


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
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Checked in."))
            return redirect("performance:objective_detail", objective.pk)
    return render(request, "performance/objective_detail.html", _detail(request.user, objective, form, pk), status=422)


def _objective(request: PageRequest, pk: int, permission: str | None = None) -> Objective:
    goals = Objective.objects.with_results().with_staleness().select_related("competency", "carried_from__period")
    return get_for_user(goals, request.user, permission, pk=pk)


def _detail(user: Principal, objective: Objective, form: CheckInForm | None = None, form_of: int = 0) -> dict[str, Any]:
    visible = Objective.objects.visible_to(user)
    history = list(_history(objective)[:MOST_CHECK_INS])
    may_edit = objective.is_changeable and user.has_perm("performance.edit_objective", objective)
    return {
        "objective": objective,
        "line": visible.filter(pk__in=objective.above).order_by(Length("path")),
        "children": visible.filter(parent=objective).with_results()[:MOST_CHILDREN],
        "history": history[:MOST_SHOWN],
        "may_edit": may_edit,
        "may_carry": user.has_perm("performance.carry_over", objective) and _is_unfinished(objective),
        "carried_to": visible.filter(carried_from=objective).select_related("period").first(),
        "hints": hints_for(draft_of(objective), timezone.localdate()) if may_edit else [],
        "results": [
            Measured(
                result,
                (form if result.pk == form_of else CheckInForm(key_result=result)) if may_edit else None,
                [made for made in history if made.key_result_id == result.pk],
            )
            for result in objective.key_results.all()
        ],
    }


@dataclass(frozen=True)
class Measured:
    """A key result on its goal's page: its form for whoever may measure, and its way so far."""

    result: KeyResult
    form: CheckInForm | None
    check_ins: list[CheckIn]

    @property
    def drawing(self) -> Sparkline | None:
        return sparkline(self.result, self.check_ins)


def _history(objective: Objective) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(key_result__objective=objective).select_related("key_result", "made_by")


def _is_unfinished(objective: Objective) -> bool:
    """Whether it can go on in another period."""
    is_candidate = objective.is_changeable or objective.state == GoalState.CLOSED
    return (
        is_candidate
        and objective.progress != ALL
        and GoalPeriod.objects.open().exclude(pk=objective.period_id or 0).exists()
    )


def _objective_form(request: PageRequest, objective: Objective | None) -> HttpResponse:
    form = ObjectiveForm(request.POST or None, instance=objective, user=request.user)
    results = KeyResultFormSet(request.POST or None, initial=_rows(objective), prefix="results")
    if request.method == "POST" and form.is_valid() and results.is_valid():
        if not request.user.has_perm("performance.create_objective", form.instance):
            form.add_error(None, _("This goal is not yours to set: choose a person you lead, or another level."))
        elif saved := _save(request, objective, form, results):
            return redirect("performance:objective_detail", saved.pk)
    context: dict[str, Any] = {"form": form, "results": results, "objective": objective}
    if objective:
        context |= _as_stored(request, objective, form)
    context["hints"] = hints_for(draft_of(objective), timezone.localdate()) if objective and not form.is_bound else []
    status = 422 if form.errors or any(results.errors) else 200
    return render(request, "performance/objective_form.html", context, status=409 if context.get("stored") else status)


def _as_stored(request: PageRequest, objective: Objective, form: ObjectiveForm) -> dict[str, Any]:
    """The stamp the next save is made to; after a conflict also what is stored, beside what the person wrote."""
    stored = Objective.objects.get(pk=objective.pk)
    if not form.is_bound:
        return {"seen": stamp_of(stored)}
    if form.has_error(NON_FIELD_ERRORS, "stale_version"):
        return {"seen": stamp_of(stored), "stored": stored_words(stored)}
    return {"seen": request.POST.get("seen")}


def _save(request: PageRequest, objective: Objective | None, form: ObjectiveForm, results: Any) -> Objective | None:
    fields = {**form.cleaned_data, "key_results": key_result_rows(results)}
    try:
        if objective:
            return actions.edit_objective(objective, by=request.user, seen=request.POST.get("seen"), **fields)
        return actions.create_objective(by=request.user, **fields)
    except StaleVersion as stale:
        form.add_error(None, ValidationError(stale.message, code=stale.code))
        return None
    except ActionError as refusal:
        put_on_form(form, refusal)
        return None


def _rows(objective: Objective | None) -> list[dict[str, Any]]:
    return list(objective.key_results.values("id", *KEY_RESULT_FIELDS)) if objective else []


def _proposals(user: Principal, show: str) -> list[dict[str, Any]]:
    """What the strategy proposes to those whose goals are shown."""
    viewer = user.viewer
    whose = {"own": viewer.oneself(), "team": viewer.chain_below()}.get(show)
    return [] if whose is None else proposed_lines(user, whose, MOST_PROPOSALS)


def _tabs(user: Principal) -> list[tuple[str, str]]:
    tabs = [("own", _("My own"))] if user.viewer.employee_id else []
    if user.viewer.has(Role.MANAGER):
        tabs.append(("team", _("My team")))
    return [*tabs, ("shared", _("Company and units"))]
