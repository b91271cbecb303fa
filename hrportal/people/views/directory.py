"""The directory: who works here, where, for whom."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.paging import of, window
from hrportal.common.paths import ids_of
from hrportal.people.enums import EmploymentStatus
from hrportal.people.filters import DirectoryFilter
from hrportal.people.lists import DIRECTORY
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.organisation_lists import UNIT_PEOPLE, people_of_unit
from hrportal.people.slots import collect

MOST_REPORTS = 100


@access()
@require_safe
def employee_list(request: PageRequest) -> HttpResponse:
    """Everyone who works here, narrowed by name, unit, job, location or manager."""
    found = DirectoryFilter(request.GET, queryset=Employee.objects.visible_to(request.user).with_place())
    people = found.qs if found.is_valid() else Employee.objects.none()
    partial = "#people" if request.htmx else ""
    may_add = request.user.has_perm("people.edit_person")
    context = {"filter": found, "page": window(request, people, DIRECTORY), "may_add": may_add}
    return render(request, f"people/employee_list.html{partial}", context)


@access()
@require_safe
def employee_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One person: their place, who is above and below, and what other rooms show of them to this reader."""
    people = Employee.objects.visible_to(request.user)
    employee = get_for_user(people.with_place().select_related("position", "legal_entity", "user"), request.user, pk=pk)
    reports = people.with_place().filter(manager=employee).exclude(status=EmploymentStatus.LEFT)
    may_see_history = request.user.has_perm("people.view_history", employee)
    above = [(person.name, _page_of(person)) for person in people.chain_above(employee)]
    context = {
        "employee": employee,
        "crumbs": [(_("Directory"), reverse("people:employee_list")), *above],
        "reports": reports[:MOST_REPORTS],
        "has_left": employee.has_left,
        "history": _history_of(employee) if may_see_history else None,
        "today": timezone.localdate(),
        "may_edit": request.user.has_perm("people.edit_person", employee),
        "may_invite": request.user.has_perm("people.invite_person", employee) and not hasattr(employee, "user"),
        "panels": collect("people.employee_page", viewer_user=request.user, employee=employee),
    }
    return render(request, "people/employee_detail.html", context)


@access()
@require_safe
def unit_list(request: PageRequest) -> HttpResponse:
    """The organisation from its top."""
    units = OrgUnit.objects.visible_to(request.user).active().filter(parent=None)
    may_add = request.user.has_perm("people.edit_organisation")
    return render(request, "people/unit_list.html", {"units": units, "may_add": may_add})


@access()
@require_safe
def unit_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One unit with those below it and its people; as a branch of the tree when htmx opens it there."""
    units = OrgUnit.objects.visible_to(request.user)
    unit = get_for_user(OrgUnit.objects.all(), request.user, pk=pk)
    context: dict[str, Any] = {"unit": unit, "units": units.active().filter(parent=unit)}
    context["may_edit"] = request.user.has_perm("people.edit_organisation", unit)
    if request.htmx:
        return render(request, "people/unit_branch.html", context)
    above = units.filter(pk__in=ids_of(unit.path)[:-1]).order_by("path")
    context["crumbs"] = [(one.name, reverse("people:unit_detail", args=[one.pk])) for one in above]
    query = of(request, unit=pk)
    context["page"] = window(request, people_of_unit(request.user, query), UNIT_PEOPLE, query=query)
    return render(request, "people/unit_detail.html", context)


def _history_of(employee: Employee) -> Any:
    return employee.history.select_related("manager", "org_unit", "job", "position", "location").order_by("-starts_on")


def _page_of(employee: Employee) -> str:
    return reverse("people:employee_detail", args=[employee.pk])
