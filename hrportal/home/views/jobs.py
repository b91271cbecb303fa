"""Long work in progress, watched by whoever asked for it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.journal.models import Job


@access()
@require_safe
def job_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A page with the job's progress; to htmx only the bar, which asks again until the job is finished."""
    job = get_for_user(Job.objects.all(), request.user, pk=pk)
    template = "includes/job_progress.html" if request.htmx else "home/job_detail.html"
    return render(request, template, {"job": job, "poll_url": request.path})
