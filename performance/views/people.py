"""Suggestions for a field that names a colleague."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.common.http import PageRequest
from hrportal.people.models import Employee
from hrportal.people.search import named

MOST = 10
SHORTEST = 2


@access()
@require_safe
def person_options(request: PageRequest) -> HttpResponse:
    """Options for a `<datalist>`: people whose names begin with what was typed into whichever field asked."""
    words = str(next(iter(request.GET.values()), "")).replace("\x00", "").strip()
    people = Employee.objects.visible_to(request.user).employed().select_related("job", "org_unit")
    found = people.filter(named(words))[:MOST] if len(words) >= SHORTEST else []
    return render(request, "performance/person_options.html", {"people": found})
