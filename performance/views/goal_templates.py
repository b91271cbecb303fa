"""Goals for many: templates, whom one reaches, setting it for all of them, and taking it back."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.common.paging import of, window
from hrportal.people.enums import HR_ROLES
from performance import actions, goal_lists
from performance.forms.goal_templates import GoalAssignForm, GoalTemplateForm
from performance.forms.goals import TEMPLATE_RESULT_FIELDS, TemplateResultFormSet, key_result_rows
from performance.goal_lists import ASSIGNERS
from performance.models import GoalAssignment, GoalTemplate, Objective

form_view = require_http_methods(["GET", "HEAD", "POST"])
SAMPLE = 12


@access(roles=ASSIGNERS)
@require_safe
def goal_template_list(request: PageRequest) -> HttpResponse:
    """The templates to choose from, and what was assigned from them."""
    page = window(request, goal_lists.goal_templates(request.user, request.GET), goal_lists.TEMPLATES)
    context = {"page": page, "may_write": request.user.has_perm("performance.create_goal_template")}
    return render(request, "performance/goal_template_list.html", context)


@access(roles=HR_ROLES)
@form_view
def goal_template_create(request: PageRequest) -> HttpResponse:
    """Write a template."""
    return _template_form(request, None)


@access(roles=HR_ROLES)
@form_view
def goal_template_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change a template; what was assigned from it stays as it is."""
    return _template_form(request, _template(request, pk, "performance.edit_goal_template"))


@access(roles=HR_ROLES)
@require_POST
def goal_template_archive(request: PageRequest, pk: int) -> HttpResponse:
    """Offer a template no longer."""
    actions.archive_goal_template(_template(request, pk, "performance.archive_goal_template"), by=request.user)
    messages.success(request, _("The template is archived."))
    return redirect("performance:goal_template_list")


@access(roles=ASSIGNERS)
@form_view
def goal_assign(request: PageRequest, pk: int) -> HttpResponse:
    """Name whom a template is for, see whom that reaches, then set it for all of them."""
    template = _template(request, pk, "performance.assign_goals")
    form = GoalAssignForm(request.POST or None, user=request.user)
    context: dict[str, Any] = {"template": template, "form": form}
    if request.method == "POST" and form.is_valid():
        if "start" in request.POST and (job := _assigned(request, template, form)):
            return redirect("home:job_detail", job.pk)
        context |= _preview(request, form)
    return render(request, "performance/goal_assign.html", context, status=422 if form.errors else 200)


@access(roles=ASSIGNERS)
@require_safe
def goal_assignment_list(request: PageRequest) -> HttpResponse:
    """What was set for many at once."""
    page = window(request, goal_lists.assignments(request.user, request.GET), goal_lists.ASSIGNMENTS)
    return render(request, "performance/goal_assignment_list.html", {"page": page})


@access(roles=ASSIGNERS)
@require_safe
def goal_assignment_detail(request: PageRequest, pk: int) -> HttpResponse:
    """Who has the goal and how far they are, as far as the reader may see their goals."""
    assignment = get_for_user(GoalAssignment.objects.with_names(), request.user, pk=pk)
    goals = Objective.objects.visible_to(request.user).filter(assignment=assignment)
    counts = goals.aggregate(all=Count("pk"), measured=Count("pk", filter=Q(parts_measured__gt=0)))
    query = of(request, assignment=pk)
    context = {
        "assignment": assignment,
        "counts": counts,
        "page": window(request, goal_lists.assigned_goals(request.user, query), goal_lists.ASSIGNED, query=query),
        "may_withdraw": not assignment.withdrawn_at
        and request.user.has_perm("performance.withdraw_goal_assignment", assignment),
    }
    return render(request, "performance/goal_assignment_detail.html", context)


@access(roles=ASSIGNERS)
@require_POST
def goal_assignment_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Take back what nobody has begun to measure."""
    assignment = get_for_user(
        GoalAssignment.objects.with_names(), request.user, "performance.withdraw_goal_assignment", pk=pk
    )
    return step(
        request,
        lambda: actions.withdraw_goal_assignment(assignment, by=request.user),
        done=_("Taken back for everyone who had not begun to measure."),
        back=reverse("performance:goal_assignment_detail", args=[pk]),
    )


def _template(request: PageRequest, pk: int, permission: str) -> GoalTemplate:
    return get_for_user(GoalTemplate.objects.current(), request.user, permission, pk=pk)


def _assigned(request: PageRequest, template: GoalTemplate, form: GoalAssignForm) -> Any:
    try:
        return actions.assign_goals(template, by=request.user, **form.cleaned_data)[1]
    except ActionError as refusal:
        put_on_form(form, refusal)
        return None


def _preview(request: PageRequest, form: GoalAssignForm) -> dict[str, Any]:
    reach = actions.reach_of(form.instance, request.user.viewer)
    people = reach.select_related("job", "org_unit").order_by("last_name", "first_name", "pk")
    return {"reached": reach.count(), "people": people[:SAMPLE]}


def _template_form(request: PageRequest, template: GoalTemplate | None) -> HttpResponse:
    form = GoalTemplateForm(request.POST or None, instance=template)
    initial = list(template.key_results.values("id", *TEMPLATE_RESULT_FIELDS)) if template else []
    results = TemplateResultFormSet(request.POST or None, initial=initial, prefix="results")
    if (
        request.method == "POST"
        and form.is_valid()
        and results.is_valid()
        and _template_saved(request, template, form, results)
    ):
        return redirect("performance:goal_template_list")
    context = {"template": template, "form": form, "results": results}
    status = 422 if form.errors or any(results.errors) else 200
    return render(request, "performance/goal_template_form.html", context, status=status)


def _template_saved(request: PageRequest, template: GoalTemplate | None, form: GoalTemplateForm, results: Any) -> bool:
    fields = {**form.cleaned_data, "key_results": key_result_rows(results, TEMPLATE_RESULT_FIELDS)}
    try:
        if template:
            actions.edit_goal_template(template, by=request.user, **fields)
        else:
            actions.create_goal_template(by=request.user, **fields)
    except ActionError as refusal:
        put_on_form(form, refusal)
        return False
    return True
