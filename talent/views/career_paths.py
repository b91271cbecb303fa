"""Pages of career paths: one's own, that of somebody one works with, and the steps HR keeps."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee, Job
from hrportal.people.viewer import Principal
from talent.actions import career_paths as actions
from talent.enums import ItemState, PlanState, ProfileDay
from talent.filters.mobility import CareerStepFilter, jobs_with_a_way
from talent.forms.mobility import CareerStepEditForm, CareerStepForm
from talent.freshness import SKILL_RULE
from talent.mobility.graph import HERE, Paths, paths_around
from talent.mobility.lists import CAREER_STEPS
from talent.models import CareerStep, PlanItem
from talent.skills.counting import COUNTING_RULE
from talent.skills.gap import gaps_of
from talent.skills.people import SkillPeople
from talent.views.development import PEOPLE
from talent.views.skills import READERS

EVERYBODY = {*PEOPLE, Role.EXECUTIVE}


@access(roles=EVERYBODY)
@require_safe
def career_path(request: PageRequest) -> HttpResponse:
    """Where one's own job leads, or any other (`job` in the URL), beside one's own skills."""
    me = Employee.objects.select_related("job", "org_unit").filter(pk=request.user.viewer.employee_id or 0).first()
    return _page(request, me, is_own=True)


@access(roles=READERS)
@require_safe
def career_path_person(request: PageRequest, pk: int) -> HttpResponse:
    """The same for somebody whose skills one reads."""
    people = SkillPeople(Employee.objects.select_related("job", "org_unit"))
    return _page(request, get_for_user(people, request.user, pk=pk), is_own=False)


def _page(request: PageRequest, employee: Employee | None, *, is_own: bool) -> HttpResponse:
    steps = list(CareerStep.objects.visible_to(request.user).with_jobs())
    job = _asked_job(request) or (employee.job if employee else None)
    paths = paths_around(job, steps) if job else None
    if paths and employee:
        _put_gaps(paths, employee, request.user)
    context = {
        "employee": employee,
        "is_own": is_own,
        "is_present_job": bool(employee and job and employee.job_id == job.pk),
        "job": job,
        "jobs": jobs_with_a_way().order_by("family", "level", "name"),
        "paths": paths,
        "export_query": f"job={job.pk}" if job else "",
        "planned": _planned(employee, request.user) if employee else set(),
        "may_plan": employee is not None and request.user.has_perm("talent.add_item", employee),
        "may_keep": request.user.has_perm("talent.add_career_step"),
        "rules": [COUNTING_RULE, SKILL_RULE],
    }
    return render(request, "talent/mobility/career_path.html", context)


def _put_gaps(paths: Paths, employee: Employee, user: Principal) -> None:
    nodes = [node for node in paths.nodes if node.layer >= HERE]
    gaps = gaps_of(employee, [node.job for node in nodes], ProfileDay.TODAY, user)
    for node in nodes:
        node.gap = gaps.get(node.job.pk)


def _planned(employee: Employee, user: Principal) -> set[int | None]:
    """The competencies that open items of the plan build already."""
    items = PlanItem.objects.visible_to(user).filter(plan__employee=employee, plan__state=PlanState.OPEN)
    return set(items.filter(state=ItemState.OPEN).values_list("competency", flat=True))


def _asked_job(request: PageRequest) -> Job | None:
    number = request.GET.get("job", "")
    return Job.objects.filter(pk=int(number)).first() if is_number(number) else None


@access(roles=HR_ROLES)
@require_safe
def career_step_list(request: PageRequest) -> HttpResponse:
    """All steps there are, to be kept."""
    found = CareerStepFilter(request.GET, CareerStep.objects.visible_to(request.user).with_jobs(), request=request)
    context = {"filter": found, "page": window(request, found.qs, CAREER_STEPS)}
    return render_list(request, "talent/mobility/career_step_list.html", context, part="rows")


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def career_step_add(request: PageRequest) -> HttpResponse:
    """Draw a step; `from` in the URL names the job it begins with."""
    return form_page(
        request,
        CareerStepForm(request.POST or None, initial={"from_job": request.GET.get("from")}),
        lambda typed: actions.add_career_step(by=request.user, **typed),
        done=_("The step is in the paths."),
        back=reverse("talent:career_step_list"),
        back_label=_("Career steps"),
        title=_("Add a career step"),
        submit=_("Add the step"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def career_step_edit(request: PageRequest, pk: int) -> HttpResponse:
    found = _step(request, "talent.edit_career_step", pk)
    return form_page(
        request,
        CareerStepEditForm(request.POST or None, instance=found),
        lambda typed: actions.edit_career_step(found, by=request.user, **typed),
        done=_("Saved."),
        back=reverse("talent:career_step_list"),
        back_label=_("Career steps"),
        title=_("Edit a career step"),
        lead=str(found),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_POST
def career_step_remove(request: PageRequest, pk: int) -> HttpResponse:
    found = _step(request, "talent.remove_career_step", pk)
    return step(
        request,
        lambda: actions.remove_career_step(found, by=request.user),
        done=_("The step is removed."),
        back=reverse("talent:career_step_list"),
    )


def _step(request: PageRequest, permission: str, pk: int) -> CareerStep:
    return get_for_user(CareerStep.objects.with_jobs(), request.user, permission, pk=pk)
