"""Cards as a table: taken away, edited, brought back, looked at and applied."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from calibration.actions.bulk import Report, move_in_bulk
from calibration.enums import SessionState
from calibration.forms.bulk import BulkForm
from calibration.lists import refused_file
from calibration.models import CalibrationSession
from calibration.views.common import session_for
from hrportal.common.access import access
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, as_download


@access()
@require_http_methods(["GET", "POST"])
def session_bulk(request: PageRequest, pk: int) -> HttpResponse:
    """Look at a table that was brought, line by line; sent again with `apply`, do what it says."""
    session = session_for(request, pk, "calibration.move_in_bulk")
    if request.method != "POST" and session.state != SessionState.OPEN:
        locked = session.state == SessionState.LOCKED
        return redirect("calibration:session_decisions" if locked else "calibration:session_detail", pk)
    form = BulkForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return _answer(request, session, form, is_trial="apply" not in request.POST)
    return _render(request, session, form)


@access()
@require_POST
def session_bulk_refused(request: PageRequest, pk: int) -> HttpResponse:
    """The lines that are refused, each with why, as a file to correct and bring back."""
    session = session_for(request, pk, "calibration.move_in_bulk")
    form = BulkForm(request.POST)
    if not form.is_valid():
        return _render(request, session, form)
    try:
        report = move_in_bulk(session, by=request.user, text=form.cleaned_data["text"], is_trial=True)
    except ActionError as refusal:
        put_on_form(form, refusal)
        return _render(request, session, form)
    return as_download(refused_file(report))


def _answer(request: PageRequest, session: CalibrationSession, form: BulkForm, *, is_trial: bool) -> HttpResponse:
    text = form.cleaned_data["text"]
    shown = BulkForm({"text": text})
    try:
        report = move_in_bulk(session, by=request.user, text=text, is_trial=is_trial)
    except ActionError as refusal:
        shown.is_valid()
        shown.add_error(None, refusal.message)
        return _render(request, session, shown)
    changed = report.counts["changes"]
    if report.is_applied:
        messages.success(request, ngettext("%d card was changed.", "%d cards were changed.", changed) % changed)
        if not report.refused:
            return redirect("calibration:session_board", session.pk)
    return _render(request, session, shown, report)


def _render(
    request: PageRequest, session: CalibrationSession, form: BulkForm, report: Report | None = None
) -> HttpResponse:
    context = {"session": session, "form": form, "report": report, "query": f"session={session.pk}"}
    refused = form.is_bound and not form.is_valid()
    return render(request, "calibration/bulk.html", context, status=422 if refused else 200)
