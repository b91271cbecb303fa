"""Suggestions for a field that names a colleague."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.people.models import Employee
from performance.filters import named

MOST = 10
SHORTEST = 2


@access()
@require_safe
def person_options(request: HttpRequest) -> HttpResponse:
    """Options for a `<datalist>`: people whose names begin with what was typed into whichever field asked."""
    words = next((value for name, value in request.GET.items() if name != "page"), "").strip()
    people = Employee.objects.visible_to(request.user).employed().select_related("job", "org_unit")
    found = people.filter(named("", words))[:MOST] if len(words) >= SHORTEST else []
    return render(request, "performance/person_options.html", {"people": found})
