"""Files of employees: upload, columns, what would change, taking in, taking back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import of, window
from hrportal.journal.models import Job
from hrportal.people.actions import imports as actions
from hrportal.people.administration_lists import IMPORTS
from hrportal.people.enums import ImportState, Role
from hrportal.people.filters import ImportChangeFilter
from hrportal.people.forms import ColumnsForm, UndoForm, UploadForm
from hrportal.people.import_lists import CHANGES, PROBLEMS
from hrportal.people.importing.following import closed_by
from hrportal.people.importing.words import COLUMN_WORDS, field_words, value_words
from hrportal.people.models import EmployeeImport, ImportChange, ImportProblem
from hrportal.people.programs import names_of_programs

keepers = access(roles={Role.ADMIN, Role.HR_LEADER})
PERMISSION = "people.import_employees"


@keepers
@require_safe
def import_list(request: PageRequest) -> HttpResponse:
    """Every file that was uploaded or taken in, with who, when and how many."""
    rows = EmployeeImport.objects.visible_to(request.user).select_related("uploaded_by__employee")
    page = window(request, rows, IMPORTS)
    programs = names_of_programs((imported.client_id for imported in page.rows), user=request.user)
    lines = [(imported, programs.get(imported.client_id, "")) for imported in page.rows]
    return render(request, "people/import_list.html", {"page": page, "lines": lines})


@keepers
@require_http_methods(["GET", "POST"])
def import_upload(request: PageRequest) -> HttpResponse:
    """Upload a file; the next page asks what its columns are."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        file = typed.pop("file")
        try:
            imported = actions.upload_import(file.chunks(), by=request.user, name=file.name, size=file.size, **typed)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            return redirect("people:import_columns", imported.pk)
    return render(request, "people/import_upload.html", {"form": form}, status=422 if form.errors else 200)


@keepers
@require_http_methods(["GET", "POST"])
def import_columns(request: PageRequest, pk: int) -> HttpResponse:
    """Which column is what; then the file is compared. The header can be read again in another encoding first."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, PERMISSION, pk=pk)
    if imported.state not in actions.EDITABLE:
        return redirect(imported)
    if "reread" in request.POST:
        return _reread(request, imported)
    form = ColumnsForm(request.POST or None, imported=imported)
    if request.method == "POST" and form.is_valid():
        try:
            day = form.cleaned_data["effective_on"]
            actions.check_import(imported, by=request.user, effective_on=day, **form.settings)
            return redirect(imported)
        except ActionError as refusal:
            put_on_form(form, refusal)
    context = {"imported": imported, "form": form}
    return render(request, "people/import_columns.html", context, status=422 if form.errors else 200)


def _reread(request: PageRequest, imported: EmployeeImport) -> HttpResponse:
    typed = {name: request.POST.get(name, "")[:100] for name in ("encoding", "sheet")}
    return step(
        request,
        lambda: actions.reread_import(imported, by=request.user, **typed),
        back=reverse("people:import_columns", args=[imported.pk]),
    )


@keepers
@require_safe
def import_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One file: how far it is, what it changes person by person, and what can be done about it now."""
    imported = get_for_user(EmployeeImport.objects.select_related("uploaded_by", "undone_by"), request.user, pk=pk)
    changes = ImportChange.objects.visible_to(request.user).filter(employee_import=imported)
    found = ImportChangeFilter(request.GET, changes.select_related("employee"), request=request)
    page = window(request, found.qs, CHANGES, query=of(request, **{"import": pk}))
    context = {
        "imported": imported,
        "program": names_of_programs([imported.client_id], user=request.user).get(imported.client_id, ""),
        "filter": found,
        "page": page,
        "lines": [_line(change) for change in page.rows],
        "job": _job_of(imported),
        "is_stuck": actions.is_stuck(imported),
        "closed": closed_by(imported),
        "undo_form": UndoForm(),
        "may_be_undone": imported.state == ImportState.APPLIED and not imported.cleared_at and imported.is_latest(),
        "apply_form": _apply_form(imported),
    }
    return render_list(request, "people/import_detail.html", context, part="changes")


@keepers
@require_safe
def import_problems(request: PageRequest, pk: int) -> HttpResponse:
    """The rows that do not go in, and why."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, pk=pk)
    problems = ImportProblem.objects.visible_to(request.user).filter(employee_import=imported)
    page = window(request, problems, PROBLEMS, query=of(request, **{"import": pk}))
    lines = [(problem, COLUMN_WORDS.get(problem.column, problem.column)) for problem in page.rows]
    return render(request, "people/import_problems.html", {"imported": imported, "page": page, "lines": lines})


@keepers
@require_safe
def import_progress(request: PageRequest, pk: int) -> HttpResponse:
    """How far the work is; when it is done, the whole page is loaded anew."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, pk=pk)
    job = _job_of(imported)
    if job is None or job.is_finished:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    context = {"job": job, "poll_url": reverse("people:import_progress", args=[pk])}
    return render(request, "includes/job_progress.html", context)


@keepers
@require_POST
def import_apply(request: PageRequest, pk: int) -> HttpResponse:
    """Take in a file that was compared."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, PERMISSION, pk=pk)
    try:
        job = actions.apply_import(imported, by=request.user, allow_leavers="allow_leavers" in request.POST)
        if job is None:
            messages.success(request, _("It is taken in on its day."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect(imported)


@keepers
@require_POST
def import_discard(request: PageRequest, pk: int) -> HttpResponse:
    """Give up a file that was not taken in, or an attempt to take one back that broke off."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, PERMISSION, pk=pk)
    try:
        discarded = actions.discard_import(imported, by=request.user)
        if discarded.state == ImportState.DISCARDED:
            messages.success(request, _("The file is discarded. Nothing was changed."))
    except ActionError as refusal:
        messages.error(request, refusal.message)
    return redirect(imported)


@keepers
@require_POST
def import_check_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Find out what taking a file back would do."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, PERMISSION, pk=pk)
    return step(request, lambda: actions.check_undo(imported, by=request.user), back=imported.get_absolute_url())


@keepers
@require_POST
def import_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take a file back."""
    imported = get_for_user(EmployeeImport.objects.all(), request.user, PERMISSION, pk=pk)
    return step(
        request,
        lambda: actions.undo_import(imported, by=request.user, reason=request.POST.get("reason", "")),
        back=imported.get_absolute_url(),
    )


class _ApplyForm(forms.Form):
    """What has to be said before more people leave than is plausible."""

    def __init__(self, imported: EmployeeImport) -> None:
        super().__init__()
        words = _("%(leaving)d of %(all)d people leave, and that is meant")
        label = words % {"leaving": imported.leaving, "all": imported.people}
        self.fields["allow_leavers"] = forms.BooleanField(label=label)


def _apply_form(imported: EmployeeImport) -> _ApplyForm | None:
    return _ApplyForm(imported) if imported.ends_too_many and imported.state == ImportState.CHECKED else None


def _job_of(imported: EmployeeImport) -> Job | None:
    """The job that has the import in hand. It is whoever's; the import is what one must be allowed to see."""
    return Job.objects.filter(pk=imported.job_id).first() if imported.job_id else None


def _line(change: ImportChange) -> dict[str, Any]:
    return {
        "change": change,
        "name": change.employee.name if change.employee else change.name,
        "fields": [
            {
                "label": field_words(name),
                "old": value_words(name, pair[0]) if pair else None,
                "new": value_words(name, pair[1]) if pair else None,
                "stays": name in change.conflicts,
            }
            for name, pair in change.shown_fields().items()
        ],
    }
