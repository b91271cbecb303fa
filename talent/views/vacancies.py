"""Pages about vacancies: which seats are vacant, who could take one, how it was filled and how that went."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import form_page
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from talent import actions
from talent.enums import VacancyState
from talent.filters import VacancyFilter
from talent.forms.vacancies import CancelForm, FillForm, HireForm, OutcomeForm, VacancyEditForm, VacancyOpenForm
from talent.freshness import SUCCESSION_BUDGET, SUCCESSION_RULE, freshness
from talent.models import SuccessionPlan, Successor, Vacancy
from talent.models.vacancies import OUTCOME_AFTER
from talent.staleness import ReadableStale
from talent.vacancies.lists import VACANCIES
from talent.vacancies.suggesting import suggestion_for

READERS = HR_ROLES | {Role.EXECUTIVE}


@access(roles=READERS)
@require_safe
def vacancy_list(request: PageRequest) -> HttpResponse:
    """Seats that are or were vacant, the open ones unless asked otherwise."""
    chosen = request.GET.copy()
    chosen.setdefault("state", VacancyState.OPEN)
    found = VacancyFilter(chosen, Vacancy.objects.visible_to(request.user).with_seat(), request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, VACANCIES),
        "today": timezone.localdate(),
        "may_open": request.user.has_perm("talent.open_vacancy"),
    }
    return render_list(request, "talent/vacancy_list.html", context, part="rows")


@access(roles=READERS)
@require_safe
def vacancy_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One vacancy: since when and why, the bench beside it, how it was filled, and how that went."""
    vacancy = get_for_user(_vacancies(), request.user, pk=pk)
    manages = request.user.has_perm("talent.fill_vacancy", vacancy)
    context = {
        "vacancy": vacancy,
        "today": timezone.localdate(),
        "manages": manages,
        "bench": _bench(vacancy, request.user),
        "plan": _plan(vacancy, request.user),
        "rested_on_stale": ReadableStale(request.user, [vacancy.filled_by_id]).of(
            vacancy.filled_by_id, vacancy.rested_on_stale
        ),
        "suggestion": suggestion_for(vacancy, request.user) if vacancy.is_ripe else None,
        "ripe_on": vacancy.closed_on + OUTCOME_AFTER if vacancy.is_filled and vacancy.closed_on else None,
        "rule": SUCCESSION_RULE,
    }
    return render(request, "talent/vacancy_detail.html", context)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def vacancy_open(request: PageRequest) -> HttpResponse:
    """Find a seat and say since when and why it is vacant."""
    search = request.GET.get("q", "").replace("\x00", "")
    return form_page(
        request,
        VacancyOpenForm(request.POST or None, user=request.user, search=search),
        lambda typed: actions.open_vacancy(by=request.user, **typed),
        done=_("The vacancy is open."),
        back=reverse("talent:vacancy_list"),
        template="talent/vacancy_open.html",
        search=search,
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def vacancy_edit(request: PageRequest, pk: int) -> HttpResponse:
    vacancy = _vacancy(request, "talent.edit_vacancy", pk)
    return form_page(
        request,
        VacancyEditForm(request.POST or None, instance=vacancy),
        lambda typed: actions.edit_vacancy(vacancy, by=request.user, **typed),
        done=_("Saved."),
        back=vacancy.get_absolute_url(),
        back_label=str(vacancy),
        title=_("When and why %s fell vacant") % vacancy,
        submit=_("Save"),
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def vacancy_fill(request: PageRequest, pk: int) -> HttpResponse:
    """Say who took the seat; the bench is offered first."""
    vacancy, search = _vacancy(request, "talent.fill_vacancy", pk), request.GET.get("q", "").replace("\x00", "")
    return form_page(
        request,
        FillForm(request.POST or None, vacancy=vacancy, user=request.user, search=search),
        lambda typed: actions.fill_vacancy(vacancy, by=request.user, **typed),
        done=_("The vacancy is filled."),
        back=vacancy.get_absolute_url(),
        template="talent/vacancy_fill.html",
        vacancy=vacancy,
        search=search,
        readiness={successor.employee_id: successor for successor in _bench(vacancy, request.user)},
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def vacancy_cancel(request: PageRequest, pk: int) -> HttpResponse:
    vacancy = _vacancy(request, "talent.cancel_vacancy", pk)
    return form_page(
        request,
        CancelForm(request.POST or None),
        lambda typed: actions.cancel_vacancy(vacancy, by=request.user, **typed),
        done=_("The vacancy is cancelled."),
        back=vacancy.get_absolute_url(),
        back_label=str(vacancy),
        title=_("Cancel the vacancy of %s") % vacancy,
        submit=_("Cancel the vacancy"),
        danger=True,
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def hire_name(request: PageRequest, pk: int) -> HttpResponse:
    """Name whoever came from outside, once they are in the directory."""
    vacancy, search = _vacancy(request, "talent.name_hire", pk), request.GET.get("q", "").replace("\x00", "")
    return form_page(
        request,
        HireForm(request.POST or None, vacancy=vacancy, user=request.user, search=search),
        lambda typed: actions.name_hire(vacancy, by=request.user, **typed),
        done=_("Saved."),
        back=vacancy.get_absolute_url(),
        template="talent/hire_name.html",
        vacancy=vacancy,
        search=search,
    )


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def outcome_note(request: PageRequest, pk: int) -> HttpResponse:
    """Say how the placement went; the first rating in the role suggests, a person says."""
    vacancy = _vacancy(request, "talent.note_outcome", pk)
    initial = {"outcome": vacancy.outcome, "outcome_reason": vacancy.outcome_reason}
    return form_page(
        request,
        OutcomeForm(request.POST or None, initial=initial),
        lambda typed: actions.note_outcome(vacancy, by=request.user, **typed),
        done=_("Noted."),
        back=vacancy.get_absolute_url(),
        template="talent/outcome_note.html",
        vacancy=vacancy,
        suggestion=suggestion_for(vacancy, request.user),
    )


def _vacancies() -> Any:
    people = ("former", "proposed", "filled_by", "opened_by", "decided_by", "outcome_by", "successor")
    return Vacancy.objects.select_related("position__org_unit", "position__job", "position__incumbent", "plan", *people)


def _vacancy(request: PageRequest, permission: str, pk: int) -> Vacancy:
    found: Vacancy = get_for_user(_vacancies(), request.user, permission, pk=pk)
    return found


def _plan(vacancy: Vacancy, user: Principal) -> SuccessionPlan | None:
    """The bench's page, if it opens for this reader."""
    return SuccessionPlan.objects.visible_to(user).active().filter(pk=vacancy.plan_id or 0).first()


def _bench(vacancy: Vacancy, user: Principal) -> list[Any]:
    """Who stands on the bench now, best first, each with whether that is still fresh."""
    if vacancy.plan_id is None or not vacancy.is_open:
        return []
    bench = Successor.objects.visible_to(user).standing().filter(plan=vacancy.plan_id)
    today = timezone.localdate()
    rows = list(bench.select_related("employee__job", "employee__org_unit", "employee__talent_profile"))
    for row in rows:
        row.freshness = freshness(row.assessed_on, SUCCESSION_BUDGET, today)  # type: ignore[attr-defined]
    return rows
