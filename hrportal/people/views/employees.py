"""One person's employment on pages: added, corrected, moved, ended, taken back."""

import datetime
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page, step
from hrportal.people import actions
from hrportal.people.enums import Role
from hrportal.people.forms.employees import AddForm, CorrectForm, EndForm, MoveForm, PlaceForm, ReturnForm
from hrportal.people.history import PLACE, row_on
from hrportal.people.leaving import consequences_of_leaving
from hrportal.people.models import Employee, Employment

keepers = access(roles={Role.ADMIN, Role.HR_LEADER})
PERMISSION = "people.edit_person"


@keepers
@require_http_methods(["GET", "POST"])
def employee_add(request: PageRequest) -> HttpResponse:
    """Take somebody on who comes from no file."""
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            employee = actions.hire_employee(by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("%s is added.") % employee.name)
            return redirect(_page_of(employee))
    context = {
        "form": form,
        "title": _("Add a person"),
        "lead": _("For somebody who comes with no file. What is said here is in the directory at once."),
        "submit": _("Add the person"),
        "back": reverse("people:employee_list"),
        "back_label": _("Directory"),
    }
    return render(request, "people/employee_form.html", context, status=422 if form.errors else 200)


@keepers
@require_http_methods(["GET", "POST"])
def employee_correct(request: PageRequest, pk: int) -> HttpResponse:
    """Put right what is kept of somebody: names, keys, address, dates. It is so at once."""
    employee = _employee(request, pk)
    form = CorrectForm(request.POST or None, employee=employee)
    return form_page(
        request,
        form,
        lambda _typed: actions.correct_employee(employee, by=request.user, **form.corrections),
        done=_("Saved."),
        **_words(employee, _("Correct details"), _("Save")),
        lead=_("It is so at once, as if it had always been. For another unit, job or manager use “Move”."),
        template="people/employee_form.html",
    )


@keepers
@require_http_methods(["GET", "POST"])
def employee_move(request: PageRequest, pk: int) -> HttpResponse:
    """Another manager, unit, job, position, location or legal entity from a day on; and what is planned already.

    The page begins with the place of the day that `on` names, so that a planned move can be changed.
    """
    employee = _employee(request, pk)
    rows = list(employee.history.select_related(*PLACE).order_by("starts_on"))
    on = _day_asked_for(request, employee)
    there = row_on(employee, rows, on)
    form = MoveForm(request.POST or None, initial={name: getattr(there, name) for name in PLACE} | {"effective_on": on})
    return form_page(
        request,
        form,
        lambda typed: actions.place_employee(
            employee, by=request.user, effective_on=typed["effective_on"], **form.place
        ),
        done=_("The move is noted."),
        **_words(employee, _("Move"), _("Move")),
        lead=_("What you change is so from the day you name; what you leave stays as it is or as it is planned."),
        template="people/employee_move.html",
        employee=employee,
        planned=_planned(rows),
    )


@keepers
@require_http_methods(["GET", "POST"])
def employee_end(request: PageRequest, pk: int) -> HttpResponse:
    """End an employment, once it is known what that sets off; for htmx as a dialog on the person's page."""
    employee = _employee(request, pk)
    part = "#dialog" if request.htmx else ""
    form = EndForm(request.POST or None, initial={"left_on": employee.left_on, "leave_reason": employee.leave_reason})
    return form_page(
        request,
        form,
        lambda typed: actions.end_employment(
            employee, by=request.user, left_on=typed["left_on"], reason=typed["leave_reason"]
        ),
        done=_("The last day is noted."),
        **_words(employee, _("End the employment of %s?") % employee.name, _("End the employment")),
        template=f"people/employee_end.html{part}",
        action=reverse("people:employee_end", args=[employee.pk]),
        consequences=consequences_of_leaving(employee, request.user),
    )


@keepers
@require_POST
def employee_stay(request: PageRequest, pk: int) -> HttpResponse:
    """Call off a last day that has not passed."""
    employee = _employee(request, pk)
    return step(
        request,
        lambda: actions.call_off_end(employee, by=request.user),
        done=_("%s stays.") % employee.name,
        back=_page_of(employee),
    )


@keepers
@require_http_methods(["GET", "POST"])
def employee_return(request: PageRequest, pk: int) -> HttpResponse:
    """Take somebody back who had left."""
    employee = _employee(request, pk)
    closed = _("%s is back. Their account stays closed until a system administrator opens it.") % employee.name
    return form_page(
        request,
        ReturnForm(request.POST or None, employee=employee),
        lambda typed: actions.rehire_employee(employee, by=request.user, **typed),
        done=closed if hasattr(employee, "user") else _("%s is back.") % employee.name,
        **_words(employee, _("Take back"), _("Take back")),
        lead=_("They keep their number and all that is written of them."),
        template="people/employee_form.html",
    )


def _employee(request: PageRequest, pk: int) -> Employee:
    people = Employee.objects.select_related("user", *PLACE)
    return get_for_user(people, request.user, PERMISSION, pk=pk)


def _words(employee: Employee, title: str, submit: str) -> dict[str, Any]:
    """What the pages about one person are called, and the way back."""
    return {"title": title, "submit": submit, "back": _page_of(employee), "back_label": employee.name}


def _page_of(employee: Employee) -> str:
    return reverse("people:employee_detail", args=[employee.pk])


def _day_asked_for(request: PageRequest, employee: Employee) -> datetime.date:
    """The day of the link, else today; for somebody who starts later their first one."""
    today = timezone.localdate()
    try:
        asked = parse_date(request.GET.get("on", ""))
    except ValueError:
        asked = None
    return asked or (max(today, employee.hired_on) if employee.hired_on else today)


def _planned(rows: list[Employment]) -> list[dict[str, Any]]:
    """The moves to come: from which day, and what is another than before."""
    today = timezone.localdate()
    return [
        {"on": after.starts_on, "changes": _differences(before, after)}
        for before, after in pairwise(rows)
        if after.starts_on > today
    ]


def _differences(before: Employment, after: Employment) -> list[dict[str, Any]]:
    return [
        {"label": PlaceForm.base_fields[name].label, "old": getattr(before, name), "new": getattr(after, name)}
        for name in PLACE
        if getattr(before, f"{name}_id") != getattr(after, f"{name}_id")
    ]
