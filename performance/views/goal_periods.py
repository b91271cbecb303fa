"""Goal periods, for HR: the list, one period, opening and closing."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from performance import actions
from performance.forms.goal_templates import CloseGoalPeriodForm, GoalPeriodForm
from performance.goal_lists import PERIODS, counts_of_periods
from performance.models import GoalPeriod

form_view = require_http_methods(["GET", "HEAD", "POST"])


@access(roles=HR_ROLES)
@require_safe
def goal_period_list(request: PageRequest) -> HttpResponse:
    """Every period with how many of its goals are open; the numbers are of goals one may see."""
    page = window(request, GoalPeriod.objects.visible_to(request.user), PERIODS)
    counts = counts_of_periods(request.user, [period.pk for period in page.rows])
    context = {
        "page": page,
        "periods": [(period, counts.get(period.pk, {})) for period in page.rows],
        "may_create": request.user.has_perm("performance.create_goal_period"),
    }
    return render(request, "performance/goal_period_list.html", context)


@access(roles=HR_ROLES)
@require_safe
def goal_period_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One period and what can be done with it."""
    period = get_for_user(GoalPeriod.objects, request.user, pk=pk)
    may_change = period.is_open and request.user.has_perm("performance.close_goal_period", period)
    context = {"period": period, "counts": counts_of_periods(request.user, [pk]).get(pk, {}), "may_change": may_change}
    return render(request, "performance/goal_period_detail.html", context)


@access(roles={Role.HR_LEADER})
@form_view
def goal_period_create(request: PageRequest) -> HttpResponse:
    """Open a period."""
    return _period_form(request, None)


@access(roles={Role.HR_LEADER})
@form_view
def goal_period_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change the name or days of an open period."""
    return _period_form(request, get_for_user(GoalPeriod.objects, request.user, "performance.edit_goal_period", pk=pk))


@access(roles={Role.HR_LEADER})
@form_view
def goal_period_close(request: PageRequest, pk: int) -> HttpResponse:
    """Ask what becomes of unfinished goals, then close in the background."""
    period = get_for_user(GoalPeriod.objects, request.user, "performance.close_goal_period", pk=pk)
    form = CloseGoalPeriodForm(request.POST or None, period=period)
    if request.method == "POST" and form.is_valid():
        try:
            job = actions.close_goal_period(period, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("home:job_detail", job.pk)
    context = {"period": period, "form": form, "counts": counts_of_periods(request.user, [pk]).get(pk, {})}
    return render(request, "performance/goal_period_close.html", context, status=422 if form.errors else 200)


def _period_form(request: PageRequest, period: GoalPeriod | None) -> HttpResponse:
    form = GoalPeriodForm(request.POST or None, instance=period)
    if request.method == "POST" and form.is_valid():
        try:
            saved = (
                actions.edit_goal_period(period, by=request.user, **form.cleaned_data)
                if period
                else actions.create_goal_period(by=request.user, **form.cleaned_data)
            )
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("performance:goal_period_detail", saved.pk)
    context = {"period": period, "form": form}
    return render(request, "performance/goal_period_form.html", context, status=422 if form.errors else 200)
