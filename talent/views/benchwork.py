"""What HR does to a bench: each view is a door to one action."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page, step
from hrportal.people.enums import HR_ROLES
from talent import actions
from talent.forms.succession import (
    CriticalRoleForm,
    DesignateForm,
    ExperiencesForm,
    ExternalForm,
    HeldForm,
    NinetyDaysForm,
    NominateForm,
    ReadinessForm,
    RemoveForm,
)
from talent.models import ExternalSuccessor, NinetyDayPlan, RoleExperience, SuccessionPlan, Successor
from talent.succession.assessed import held_by
from talent.succession.missing import missing_most
from talent.views.profiles import latest
from talent.views.succession import profiles_of


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def critical_role_designate(request: PageRequest) -> HttpResponse:
    """Find a seat and say why it is critical."""
    search = request.GET.get("q", "").replace("\x00", "")
    return form_page(
        request,
        DesignateForm(request.POST or None, user=request.user, search=search),
        lambda typed: actions.designate_critical_role(by=request.user, **typed),
        done=_("The role is on the list. Now its bench can be filled."),
        back=reverse("talent:bench_list"),
        template="talent/critical_role_designate.html",
        search=search,
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def critical_role_edit(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.edit_critical_role", pk)
    return form_page(
        request,
        CriticalRoleForm(request.POST or None, instance=plan, user=request.user),
        lambda typed: actions.edit_critical_role(plan, by=request.user, **typed),
        done=_("Saved."),
        back=_bench_url(plan),
        back_label=str(plan),
        title=_("Why %s is critical") % plan,
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def successor_nominate(request: PageRequest, pk: int) -> HttpResponse:
    """Find a person and propose them for the bench."""
    plan, search = _plan(request, "talent.nominate_successor", pk), request.GET.get("q", "").replace("\x00", "")
    form = NominateForm(request.POST or None, plan=plan, user=request.user, search=search)
    profiles = profiles_of(form.found, request.user)
    return form_page(
        request,
        form,
        lambda typed: actions.nominate_successor(plan, by=request.user, **typed),
        done=_("Proposed. An approval makes it count."),
        back=_bench_url(plan),
        template="talent/successor_nominate.html",
        search=search,
        plan=plan,
        people=[{"person": it, "latest": latest(profiles[it.pk]) if it.pk in profiles else None} for it in form.found],
    )


@access(roles=HR_ROLES)
@require_POST
def successor_approve(request: PageRequest, pk: int) -> HttpResponse:
    successor = _successor(request, "talent.approve_successor", pk)
    return step(
        request,
        lambda: actions.approve_successor(successor, by=request.user),
        done=_("%s is approved.") % successor.employee,
        back=_bench_url(successor.plan),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def readiness_change(request: PageRequest, pk: int) -> HttpResponse:
    successor = _successor(request, "talent.change_readiness", pk)
    return form_page(
        request,
        ReadinessForm(
            request.POST or None,
            initial={"readiness": successor.readiness, "emergency_cover": successor.emergency_cover},
        ),
        lambda typed: actions.change_readiness(successor, by=request.user, **typed),
        done=_("Assessed again today."),
        back=_bench_url(successor.plan),
        back_label=str(successor.plan),
        title=_("How ready is %s?") % successor.employee,
        lead=str(successor.plan),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def successor_remove(request: PageRequest, pk: int) -> HttpResponse:
    successor = _successor(request, "talent.remove_successor", pk)
    return form_page(
        request,
        RemoveForm(request.POST or None),
        lambda typed: actions.remove_successor(successor, by=request.user, **typed),
        done=_("%s is off the bench.") % successor.employee,
        back=_bench_url(successor.plan),
        back_label=str(successor.plan),
        title=_("Take %s off the bench") % successor.employee,
        lead=str(successor.plan),
        submit=_("Take off the bench"),
        danger=True,
    )


@access(roles=HR_ROLES)
@require_POST
def successors_rank(request: PageRequest, pk: int) -> HttpResponse:
    """Move one successor a place up or down among those equally ready, or leave rank 1 vacant, or no longer."""
    plan = _plan(request, "talent.rank_successors", pk)
    move = request.POST.get("move", "")
    order = _moved(list(plan.successors.standing()), request.POST.get("successor", ""), move)
    first = {"vacate": True, "fill": False}.get(move)
    return step(
        request,
        lambda: actions.rank_successors(plan, by=request.user, order=order, leave_first_vacant=first),
        done=_("The order is changed."),
        back=_bench_url(plan),
    )


@access(roles=HR_ROLES)
@require_POST
def bench_endorse(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.endorse_plan", pk)
    return step(
        request,
        lambda: actions.endorse_plan(plan, by=request.user),
        done=_("Reviewed today."),
        back=_bench_url(plan),
    )


@access(roles=HR_ROLES)
@require_POST
def bench_retire(request: PageRequest, pk: int) -> HttpResponse:
    plan = _plan(request, "talent.retire_plan", pk)
    return step(
        request,
        lambda: actions.retire_plan(plan, by=request.user),
        done=_("%s is no longer on the list.") % plan,
        back=reverse("talent:bench_list"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def external_name(request: PageRequest, pk: int) -> HttpResponse:
    """Note somebody from outside."""
    plan = _plan(request, "talent.name_external", pk)
    return form_page(
        request,
        ExternalForm(request.POST or None),
        lambda typed: actions.name_external(plan, by=request.user, **typed),
        done=_("Noted beside the bench."),
        back=_bench_url(plan),
        back_label=str(plan),
        title=_("Somebody from outside"),
        lead=str(plan),
        submit=_("Note them"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def external_remove(request: PageRequest, pk: int) -> HttpResponse:
    rows = ExternalSuccessor.objects.standing().filter(plan__is_active=True).select_related("plan__position__org_unit")
    external = get_for_user(rows, request.user, "talent.remove_external", pk=pk)
    return form_page(
        request,
        RemoveForm(request.POST or None),
        lambda typed: actions.remove_external(external, by=request.user, **typed),
        done=_("%s is taken off.") % external,
        back=_bench_url(external.plan),
        back_label=str(external.plan),
        title=_("Take %s off") % external,
        lead=str(external.plan),
        submit=_("Take off"),
        danger=True,
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def experiences_ask(request: PageRequest, pk: int) -> HttpResponse:
    """Say which experiences the role asks for."""
    plan = _plan(request, "talent.ask_experiences", pk)
    asked = RoleExperience.objects.filter(job=plan.position.job_id).order_by("experience__name")
    names = "\n".join(asked.values_list("experience__name", flat=True)) if plan.position.job_id else ""
    return form_page(
        request,
        ExperiencesForm(request.POST or None, initial={"names": names}),
        lambda typed: actions.ask_experiences(plan, by=request.user, names=typed["names"]),
        done=_("Saved."),
        back=_bench_url(plan),
        back_label=str(plan),
        title=_("Which experiences does the role ask for?"),
        lead=str(plan.position.job or plan),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def experiences_record(request: PageRequest, pk: int) -> HttpResponse:
    """Say which of them a successor has."""
    successor = _successor(request, "talent.record_experiences", pk)
    form = HeldForm(request.POST or None, asked=held_by(successor, request.user))
    return form_page(
        request,
        form,
        lambda typed: actions.record_experiences(successor, by=request.user, found=form.found),
        done=_("Saved."),
        back=_successor_url(successor),
        back_label=successor.employee.name,
        title=_("Which experiences has %s?") % successor.employee,
        lead=str(successor.plan),
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def ninety_days_open(request: PageRequest, pk: int) -> HttpResponse:
    """Begin ninety days for a successor."""
    successor = _successor(request, "talent.open_ninety_days", pk)
    first = successor.employee.manager or successor.employee
    form = NinetyDaysForm(
        request.POST or None, successor=successor, initial={"owner": first, "starts_on": timezone.localdate()}
    )
    return form_page(
        request,
        form,
        lambda typed: actions.open_ninety_days(successor, by=request.user, **typed),
        done=_("The items stand in the development plan. The person sees them once you share them."),
        back=_successor_url(successor),
        template="talent/ninety_days_open.html",
        successor=successor,
        missing=missing_most(successor),
    )


@access(roles=HR_ROLES)
@require_POST
def ninety_days_share(request: PageRequest, pk: int) -> HttpResponse:
    rows = NinetyDayPlan.objects.select_related("successor__employee", "successor__plan__position__org_unit")
    ninety = get_for_user(rows, request.user, "talent.share_ninety_days", pk=pk)
    return step(
        request,
        lambda: actions.share_ninety_days(ninety, by=request.user),
        done=_("%s sees the items now, not what they are for.") % ninety.successor.employee,
        back=_successor_url(ninety.successor),
    )


def _successor_url(successor: Successor) -> str:
    return reverse("talent:successor_detail", args=[successor.pk])


def _plan(request: PageRequest, permission: str, pk: int) -> SuccessionPlan:
    plans = SuccessionPlan.objects.active().select_related("position__org_unit", "position__incumbent")
    return get_for_user(plans, request.user, permission, pk=pk)


def _successor(request: PageRequest, permission: str, pk: int) -> Successor:
    rows = Successor.objects.standing().select_related("employee__manager", "plan__position__org_unit")
    return get_for_user(rows, request.user, permission, pk=pk)


def _bench_url(plan: SuccessionPlan) -> str:
    return reverse("talent:bench_detail", args=[plan.pk])


def _moved(bench: list[Successor], chosen: str, move: str) -> list[int]:
    """The order of the bench after one step; past the end of a readiness nothing moves."""
    order: list[Any] = [successor.pk for successor in bench]
    here = next((place for place, pk in enumerate(order) if str(pk) == chosen), None)
    if here is None:
        return order
    there = here + (1 if move == "down" else -1)
    if 0 <= there < len(bench) and bench[there].readiness == bench[here].readiness:
        order[here], order[there] = order[there], order[here]
    return order
