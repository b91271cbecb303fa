"""The portal's doors, and two more to measure by: a bare view, and a signed-in page with nothing on it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.urls import urlpatterns as of_the_portal


@access()
@require_safe
def bare(request: HttpRequest) -> HttpResponse:
    """An answer that knows who asks, and nothing else."""
    return HttpResponse(request.user.get_username())


@access()
@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """The portal's own frame around nothing."""
    return render(request, "base.html")


urlpatterns = [*of_the_portal, path("bench/bare/", bare), path("bench/empty/", empty)]
