"""Nightly exports, for system administrators: what each client gets, and how the last nights went.

Files are fetched by the client alone: whoever sets up an export need not be somebody who may read what is in it.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import form_page
from hrportal.common.paging import of, window
from hrportal.integrations.feeds import actions, lists
from hrportal.integrations.feeds.bi.tables import scope_of
from hrportal.integrations.feeds.forms import BiExportEditForm, BiExportForm
from hrportal.integrations.feeds.models import BiExport
from hrportal.people.enums import Role

administrators = access(roles={Role.ADMIN})


@administrators
@require_safe
def export_list(request: PageRequest) -> HttpResponse:
    """Every export there is."""
    page = window(request, lists.exports(request.user, request.GET), lists.EXPORTS)
    return render(request, "feeds/bi_export_list.html", {"page": page})


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def export_create(request: PageRequest) -> HttpResponse:
    """Have a client get tables every night."""
    form = BiExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            export = actions.create_bi_export(by=request.user, **form.given)
        except ActionError as error:
            put_on_form(form, error)
        else:
            messages.success(
                request, _("The export is set up. The first files are made tonight, or now if you start it.")
            )
            return redirect(export)
    return render(request, "feeds/bi_export_form.html", {"form": form}, status=422 if form.errors else 200)


@administrators
@require_safe
def export_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One export, and its nights with what came of each."""
    export = get_for_user(BiExport.objects.select_related("client"), request.user, pk=pk)
    scopes = export.client.get_scopes()
    query = of(request, export=pk)
    context = {
        "export": export,
        "tables": [(table, scope_of(table), scope_of(table) in scopes) for table in export.tables],
        "page": window(request, lists.runs(request.user, query), lists.RUNS, query=query, size=10),
    }
    return render(request, "feeds/bi_export_detail.html", context)


@administrators
@require_http_methods(["GET", "HEAD", "POST"])
def export_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change what the next nights hold."""
    rows = BiExport.objects.select_related("client")
    export = get_for_user(rows, request.user, "feeds.change_bi_export", pk=pk)
    return form_page(
        request,
        form := BiExportEditForm(request.POST or None, instance=export),
        lambda said: actions.change_bi_export(export, by=request.user, version=said["version"], **form.given),
        done=_("The export is changed."),
        back=export.get_absolute_url(),
        template="feeds/bi_export_form.html",
        export=export,
    )


@administrators
@require_POST
def run_start(request: PageRequest, pk: int) -> HttpResponse:
    """Make the files now."""
    export = get_for_user(BiExport.objects.all(), request.user, "feeds.start_run", pk=pk)
    try:
        job = actions.start_run(export, by=request.user)
    except ActionError as error:
        messages.error(request, error.message)
        return redirect(export)
    return redirect("home:job_detail", job.pk)
