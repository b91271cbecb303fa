"""Many sessions at once: by a rule or from a table, always shown before they are made."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from calibration.actions import import_sessions, set_up_sessions
from calibration.actions.setup import Made, check_table
from calibration.forms.setup import ImportForm, SetupForm
from calibration.sessions.planning import Planned, plan_sessions, refuse_too_many, with_tables
from calibration.sessions.table import sample_columns, sample_rows
from hrportal.common.access import access
from hrportal.common.actions import ActionError
from hrportal.common.exports import write_list
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, as_download
from hrportal.people.enums import HR_ROLES

MAKE = "make"


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def session_setup(request: PageRequest) -> HttpResponse:
    """A session for each unit, family or level: the rule in the URL shows them, sending it makes them."""
    given = request.POST if request.method == "POST" else request.GET
    form = SetupForm(given if "division" in given else None, user=request.user)
    context: dict[str, Any] = {"form": form}
    try:
        if form.is_valid():
            if request.method == "POST":
                return _made(request, set_up_sessions(by=request.user, **form.cleaned_data), form)
            plan = plan_sessions(by=request.user, **form.cleaned_data)
            refuse_too_many(len(plan))
            context |= _shown(plan)
    except ActionError as refusal:
        put_on_form(form, refusal)
    return render(request, "calibration/session_setup.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def session_import(request: PageRequest) -> HttpResponse:
    """Sessions from a table: read, checked line by line and shown; made when that is confirmed and every line is good."""
    form = ImportForm(
        request.POST or None, request.FILES or None, user=request.user, initial={"cycle": request.GET.get("cycle")}
    )
    context: dict[str, Any] = {"form": form}
    try:
        if request.method == "POST" and form.is_valid():
            cycle, text = form.cleaned_data["cycle"], form.cleaned_data["text"]
            if MAKE in request.POST:
                return _made(request, import_sessions(by=request.user, cycle=cycle, text=text), form)
            context |= _shown(check_table(text, cycle, by=request.user)) | {"text": text, "cycle": cycle}
    except ActionError as refusal:
        put_on_form(form, refusal)
    return render(request, "calibration/session_import.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@require_safe
def session_import_sample(request: PageRequest) -> HttpResponse:
    """A table to fill in."""
    rows = sample_rows(timezone.localdate())
    return as_download(write_list(sample_columns(), rows, title="sessions", name="calibration-sessions", format="csv"))


def _shown(plan: list[Planned]) -> dict[str, Any]:
    return {
        "plan": with_tables(plan),
        "new": sum(planned.is_new for planned in plan),
        "wrong": sum(bool(planned.errors) for planned in plan),
    }


def _made(request: PageRequest, made: Made, form: Any) -> HttpResponse:
    n = len(made.created)
    messages.success(request, ngettext("%d session is prepared.", "%d sessions are prepared.", n) % n)
    if made.existing:
        names = ", ".join(f"“{session.name}”" for session in made.existing[:10])
        messages.info(request, _("Left as they are, because they are there already: %s.") % names)
    return redirect(f"{reverse('calibration:session_list')}?cycle={form.cleaned_data['cycle'].pk}")
