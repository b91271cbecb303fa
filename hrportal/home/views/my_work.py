"""The first page after signing in: what waits for this person, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.common.http import PageRequest
from hrportal.home.work import work_of


@access()
@require_safe
def my_work(request: PageRequest) -> HttpResponse:
    """Everything to do, in sections; an empty section is not shown, an empty day says so."""
    return render(request, "home/my_work.html", {"work": work_of(request.user)})
