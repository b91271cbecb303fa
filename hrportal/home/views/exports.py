"""Taking a list away as a file, as it is filtered on its page."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.exports import ListFile
from hrportal.common.http import PageRequest, as_download
from hrportal.common.stored import answer_with
from hrportal.people.exports import export_list, kind_named, may_still_read
from hrportal.people.models import ListExport


@access()
@require_POST
def list_export(request: PageRequest, list_name: str) -> HttpResponse:
    """The list as a file; a long one is written in the background and fetched from the job's page."""
    kind = kind_named(list_name)
    if kind is None or not kind.is_open_to(request.user):
        raise Http404
    query = QueryDict(request.POST.get("query", ""))
    try:
        made = export_list(kind, by=request.user, query=query, format=request.POST.get("format", "csv"))
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect(_back(request))
    return as_download(made) if isinstance(made, ListFile) else redirect("home:job_detail", made.pk)


@access()
@require_safe
def export_file(request: PageRequest, pk: int) -> HttpResponseBase:
    """A file that was written in the background, for whoever asked for it, for a week and while they may read as much."""
    export = get_for_user(ListExport.objects.with_file().select_related("file"), request.user, pk=pk)
    if not may_still_read(export, request.user):
        raise Http404
    answer = answer_with(request, export.file, export.file_name)  # type: ignore[arg-type]  # with_file
    answer["Cache-Control"] = "no-store"
    return answer


def _back(request: PageRequest) -> str:
    """The page the file was asked for on."""
    page = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()})
    return page if is_ours else "home:my_work"
