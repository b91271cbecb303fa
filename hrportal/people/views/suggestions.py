"""Suggestions for fields that name people and rows of the organisation, while somebody types."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.common.http import PageRequest
from hrportal.people.enums import EmploymentStatus
from hrportal.people.fields import words_for, words_for_person
from hrportal.people.forms.organisation import KINDS
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.search import named

MOST = 10


@access()
@require_safe
def unit_options(request: PageRequest) -> HttpResponse:
    """Units whose name or code begins with what was typed into whichever field asked, each with the one above."""
    units = _in_use(request, OrgUnit.objects.visible_to(request.user).select_related("parent"))
    return _shown(request, [(words_for(unit), unit.parent or "") for unit in units])


@access()
@require_safe
def organisation_options(request: PageRequest, kind: str) -> HttpResponse:
    """Rows of the organisation whose name or code begins with what was typed."""
    if kind not in KINDS:
        raise Http404
    rows = _in_use(request, KINDS[kind].model._default_manager.visible_to(request.user))  # type: ignore[attr-defined]
    return _shown(request, [(words_for(row), "") for row in rows])


@access()
@require_safe
def person_options(request: PageRequest) -> HttpResponse:
    """People who work here or will, by the beginnings of their names."""
    return _people(request, Employee.objects.exclude(status=EmploymentStatus.LEFT))


@access()
@require_safe
def colleague_options(request: PageRequest) -> HttpResponse:
    """People who work here now, for fields that take nobody else."""
    return _people(request, Employee.objects.employed())


def _people(request: PageRequest, people: Any) -> HttpResponse:
    typed = _typed(request)
    named_so = people.visible_to(request.user).filter(named(typed)) if typed else people.none()
    lines = [
        (words_for_person(one), ", ".join(str(it) for it in (one.job, one.org_unit) if it))
        for one in named_so.select_related("job", "org_unit")[:MOST]
    ]
    return _shown(request, lines)


def _typed(request: PageRequest) -> str:
    return str(next(iter(request.GET.values()), "")).replace("\x00", "").strip()


def _in_use(request: PageRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    typed = _typed(request)
    begins = Q(name__istartswith=typed) | Q(code__istartswith=typed)
    return rows.filter(begins, is_active=True).order_by("name", "id")[:MOST] if typed else rows.none()


def _shown(request: PageRequest, options: list[tuple[str, Any]]) -> HttpResponse:
    return render(request, "people/options.html", {"options": options})
