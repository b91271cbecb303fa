"""Pages about who may leave: the list, one person, what is assessed, and where flight risk is turned off."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page, step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.actions import flight_risks as steps
from talent.enums import RiskLevel, RiskSource
from talent.filters.retention import RiskFilter
from talent.forms.retention import FlightRiskForm, OptOutForm
from talent.freshness import RISK_RULE
from talent.models import Exit, FlightRisk, FlightRiskOptOut, RetentionPlan, RetentionSubjects, StayInterview
from talent.models.retention_sight import is_turned_off_for
from talent.retention.lists import OFF, RISKS
from talent.retention.looks import look_at, looks_of

READERS = {Role.MANAGER, Role.EXECUTIVE, *HR_ROLES}
form_view = require_http_methods(["GET", "HEAD", "POST"])
# From the top of the drawing down.
HIGHEST_FIRST = (RiskLevel.HIGH, RiskLevel.MEDIUM, RiskLevel.LOW)
URGENCY = {0: "good", 1: "good", 2: "care", 3: "bad", 4: "bad"}


@access(roles=READERS)
@require_safe
def risk_list(request: PageRequest) -> HttpResponse:
    """The people whose flight risk one may see, by how likely and how dear their leaving would be. Each look is noted."""
    risks = FlightRisk.objects.visible_to(request.user).current().of_people_here().with_people()
    found = RiskFilter(request.GET, risks, request=request)
    rows = found.qs if request.GET.get("ordering") else found.qs.order_by("-assessed_on", "pk")
    page = window(request, rows, RISKS)
    planned = _with_open_plan([risk.employee_id for risk in page.rows], request.user)
    context = {
        "filter": found,
        "page": page,
        "rows": [{"risk": risk, "plan": planned.get(risk.employee_id)} for risk in look_at(page.rows, by=request.user)],
        "grid": grid_of(found.qs),
        "levels": RiskLevel,
        "rule": RISK_RULE,
        "tab": "risks",
        "ordering": request.GET.get("ordering", ""),
        "is_hr": request.user.viewer.is_hr,
    }
    return render_list(request, "talent/retention/risk_list.html", context, part="rows")


def grid_of(risks: QuerySet[FlightRisk]) -> list[dict[str, Any]]:
    """How many there are of each likelihood (rows, highest first) and impact (columns, lowest first)."""
    counted = risks.order_by().values_list("likelihood", "impact").annotate(n=Count("pk"))
    counts = {(likelihood, impact): n for likelihood, impact, n in counted}
    places = list(RiskLevel)
    return [
        {
            "likelihood": likelihood,
            "cells": [
                {
                    "impact": impact,
                    "count": counts.get((likelihood, impact), 0),
                    "tone": URGENCY[places.index(likelihood) + places.index(impact)],
                }
                for impact in places
            ],
        }
        for likelihood in HIGHEST_FIRST
    ]


def _with_open_plan(people: list[int], user: Principal) -> dict[int, RetentionPlan]:
    plans = RetentionPlan.objects.visible_to(user).open().filter(employee__in=people)
    return {plan.employee_id: plan for plan in plans}


@access(roles=READERS)
@require_safe
def retention_person(request: PageRequest, pk: int) -> HttpResponse:
    """What is known of one person: risk with its history, plans, talks, exits; and for HR, who looked."""
    user = request.user
    employee = get_for_user(RetentionSubjects(), user, pk=pk)
    risks = list(FlightRisk.objects.visible_to(user).filter(employee=employee).with_people().order_by("-version"))
    look_at([risk for risk in risks if risk.replaced_at is None], by=user)
    keeps = user.viewer.looks_after(employee)
    plans = RetentionPlan.objects.visible_to(user).filter(employee=employee).with_content().order_by("-opened_on")
    talks = StayInterview.objects.visible_to(user).filter(employee=employee).with_people()
    context = {
        "employee": employee,
        "risk": risks[0] if risks else None,
        "overridden": _overridden(risks),
        "history": risks[1:],
        "is_off": is_turned_off_for(employee),
        "plans": plans,
        "open_plan": next((plan for plan in plans if plan.is_open), None),
        "talks": talks,
        "open_talk": next((talk for talk in talks if talk.is_planned), None),
        "exits": Exit.objects.visible_to(user).filter(employee=employee).with_people(),
        "looks": looks_of(employee.pk) if keeps else None,
        "rule": RISK_RULE,
        "may_assess": not employee.has_left and user.has_perm("talent.assess_flight_risk", employee),
        "may_plan": not employee.has_left and user.has_perm("talent.open_retention_plan", employee),
    }
    return render(request, "talent/retention/person.html", context)


def _overridden(risks: list[FlightRisk]) -> FlightRisk | None:
    """The computed assessment that the one in force sees differently."""
    return next((risk for risk in risks if risks[0].overrides_id == risk.pk), None) if risks else None


@access(roles=HR_ROLES)
@form_view
def flight_risk_assess(request: PageRequest, pk: int) -> HttpResponse:
    """Say how likely somebody leaves and what that would cost."""
    employee = _person(request, pk, "talent.assess_flight_risk")
    before = FlightRisk.objects.visible_to(request.user).current().filter(employee=employee).first()
    look_at([before] if before else [], by=request.user)
    names = ("likelihood", "impact", "drivers", "note")
    is_computed = before is not None and before.source == RiskSource.COMPUTED
    initial = {name: getattr(before, name) for name in names} if before else {}
    return form_page(
        request,
        FlightRiskForm(request.POST or None, initial=initial, computed=is_computed),
        lambda typed: steps.assess_flight_risk(employee, by=request.user, **typed),
        done=_("Assessed today. It is out of date in 60 days."),
        back=person_url(employee.pk),
        back_label=employee.name,
        title=_("Flight risk of %s") % employee,
        lead=_(
            "For keeping people, and nothing else. What you write is read by those who may see this person’s retention data."
        ),
        submit=_("Save as assessed today"),
    )


@access(roles=HR_ROLES)
@require_safe
def opt_out_list(request: PageRequest) -> HttpResponse:
    """Where flight risk is turned off, and where it was."""
    rows = FlightRiskOptOut.objects.visible_to(request.user).select_related(
        "org_unit", "legal_entity", "set_by", "lifted_by"
    )
    page = window(request, rows.order_by("lifted_at", "-set_at", "pk"), OFF)
    context = {"page": page, "tab": "off", "may_turn_off": request.user.has_perm("talent.turn_off_flight_risk")}
    return render(request, "talent/retention/opt_out_list.html", context | {"is_hr": True})


@access(roles={Role.HR_LEADER})
@form_view
def flight_risk_turn_off(request: PageRequest) -> HttpResponse:
    """Turn flight risk off for a unit or a legal entity."""
    return form_page(
        request,
        OptOutForm(request.POST or None),
        lambda typed: steps.turn_off_flight_risk(by=request.user, **typed),
        done=_("Turned off. What was entered there is hidden from everyone."),
        back=reverse("talent:opt_out_list"),
        back_label=_("Where flight risk is turned off"),
        title=_("Turn flight risk off"),
        lead=_(
            "Nothing is shown, entered or exported there any more, on pages and over the API, until it is taken back."
        ),
        submit=_("Turn off"),
        danger=True,
    )


@access(roles={Role.HR_LEADER})
@require_POST
def flight_risk_turn_on(request: PageRequest, pk: int) -> HttpResponse:
    opt_out = get_for_user(FlightRiskOptOut.objects.all(), request.user, "talent.turn_on_flight_risk", pk=pk)
    return step(
        request,
        lambda: steps.turn_on_flight_risk(opt_out, by=request.user),
        done=_("Taken back. What was entered before is shown again."),
        back=reverse("talent:opt_out_list"),
    )


def person_url(pk: int) -> str:
    return reverse("talent:retention_person", args=[pk])


def _person(request: PageRequest, pk: int, permission: str) -> Employee:
    return get_for_user(RetentionSubjects(), request.user, permission, pk=pk)
