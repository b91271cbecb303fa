"""Who stays out of which conversation."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from calibration.actions import declare_recusal, withdraw_recusal
from calibration.around.recusals import recusals_at, table_of
from calibration.enums import SessionState
from calibration.forms.table import RecusalForm
from calibration.models import CalibrationSession, Recusal
from calibration.views.common import session_for
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES
from hrportal.people.models import Employee


@access()
@require_http_methods(["GET", "POST"])
def session_recusals(request: PageRequest, pk: int) -> HttpResponse:
    """Who stays out, as far as the reader may know, and where one says so."""
    session = session_for(request, pk, "calibration.declare_recusal" if request.method == "POST" else None)
    form = _form(request, session)
    if request.method == "POST" and form.is_valid():
        try:
            declared = declare_recusal(session, by=request.user, **_given(request, form))
        except ActionError as error:
            put_on_form(form, error)
        else:
            words = _("%(who)s stays out of every conversation about %(about)s in this cycle.")
            messages.success(request, words % {"who": declared.employee.name, "about": declared.about.name})
            return redirect("calibration:session_recusals", pk)
    return _show(request, session, form)


@access(roles=HR_ROLES)
@require_POST
def recusal_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Let somebody back into the conversation."""
    rows = Recusal.objects.with_people()
    recusal = get_for_user(rows, request.user, "calibration.withdraw_recusal", pk=pk)
    withdraw_recusal(recusal, by=request.user)
    words = _("%(who)s may talk about %(about)s again, unless another conflict is declared.")
    messages.success(request, words % {"who": recusal.employee.name, "about": recusal.about.name})
    return redirect("calibration:session_recusals", recusal.session_id)


def _form(request: PageRequest, session: CalibrationSession) -> RecusalForm:
    speaks_for_others = request.user.has_perm("calibration.recuse_another", session)
    table = table_of(session) if speaks_for_others else []
    return RecusalForm(request.POST or None, table=table, myself=request.user.viewer.employee_id)


def _given(request: PageRequest, form: RecusalForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    if "employee" not in given:
        given["employee"] = cast(Employee, request.user.employee)
    return given


def _show(request: PageRequest, session: CalibrationSession, form: RecusalForm) -> HttpResponse:
    rows = [
        (recusal, request.user.has_perm("calibration.withdraw_recusal", recusal))
        for recusal in recusals_at(session, request.user)
    ]
    context = {
        "session": session,
        "export_query": f"session={session.pk}",
        "rows": rows,
        "form": form,
        "may_declare": session.state != SessionState.LOCKED
        and request.user.has_perm("calibration.declare_recusal", session),
        "sees_all": request.user.has_perm("calibration.recuse_another", session),
    }
    return render(request, "calibration/recusals.html", context, status=422 if form.errors else 200)
