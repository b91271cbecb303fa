"""Sessions from their making to what came of them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters.views import FilterView

from calibration import progress
from calibration.actions import (
    complete_session,
    create_session,
    edit_session,
    fill_session,
    lock_session,
    open_session,
    share_session,
)
from calibration.enums import SessionState
from calibration.filters import SessionFilter
from calibration.forms import SessionEditForm, SessionForm
from calibration.models import CalibrationSession, Decision
from calibration.preparation import Preparation
from calibration.views.common import put_on_form, say, session_for
from hrportal.common.access import Access, access
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES


class SessionListView(FilterView):
    request: PageRequest
    access = Access()
    filterset_class = SessionFilter
    template_name = "calibration/session_list.html"
    paginate_by = 30

    def get_queryset(self) -> Any:
        return CalibrationSession.objects.visible_to(self.request.user).with_cycle().with_counts()

    def get_template_names(self) -> list[str]:
        return [self.template_name + ("#table" if self.request.htmx else "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_create = self.request.user.has_perm("calibration.create_session")
        return super().get_context_data(**kwargs) | {"may_create": may_create}


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def session_create(request: PageRequest) -> HttpResponse:
    """Who calibrates which reviews."""
    form = SessionForm(request.POST or None, user=request.user, initial={"cycle": request.GET.get("cycle")})
    if request.method == "POST" and form.is_valid():
        try:
            session = create_session(by=request.user, **_given(form))
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("calibration:session_detail", session.pk)
    return render(request, "calibration/session_form.html", {"form": form}, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def session_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change who sits at the table, and until when."""
    session = session_for(request, pk, "calibration.edit_session")
    form = SessionEditForm(request.POST or None, instance=session, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            edit_session(session, by=request.user, **_given(form))
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("calibration:session_detail", pk)
    context = {"form": form, "session": session}
    return render(request, "calibration/session_form.html", context, status=422 if form.errors else 200)


def _given(form: SessionEditForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.fields}


@access()
@require_safe
def session_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What is there and what is missing before the conversation can begin."""
    session = session_for(request, pk)
    context = {
        "session": session,
        "preparation": Preparation(session, request.user),
        "may_prepare": request.user.has_perm("calibration.edit_session", session),
    }
    return render(request, "calibration/session_detail.html", context)


@access(roles=HR_ROLES)
@require_POST
def session_fill(request: PageRequest, pk: int) -> HttpResponse:
    session = session_for(request, pk, "calibration.fill_session")
    try:
        added = fill_session(session, by=request.user)
    except ActionError as error:
        say(request, error)
    else:
        words = ngettext("%d review was put on the board.", "%d reviews were put on the board.", added) % added
        messages.success(request, words)
    return redirect("calibration:session_detail", pk)


@access(roles=HR_ROLES)
@require_POST
def session_open(request: PageRequest, pk: int) -> HttpResponse:
    session = session_for(request, pk, "calibration.open_session")
    try:
        open_session(session, by=request.user)
    except ActionError as error:
        say(request, error)
        return redirect("calibration:session_detail", pk)
    return redirect("calibration:session_board", pk)


@access()
@require_http_methods(["GET", "POST"])
def session_lock(request: PageRequest, pk: int) -> HttpResponse:
    """Say what will happen, then make it final."""
    session = session_for(request, pk, "calibration.lock_session")
    if request.method == "POST":
        try:
            lock_session(session, by=request.user)
        except ActionError as error:
            say(request, error)
        else:
            messages.success(request, _("The session is locked. Every review in it has its final rating."))
    if request.method == "POST" or session.state != SessionState.OPEN:
        locked = CalibrationSession.objects.filter(pk=pk, state=SessionState.LOCKED).exists()
        return redirect("calibration:session_decisions" if locked else "calibration:session_board", pk)
    return render(
        request,
        "calibration/session_lock.html",
        {"session": session, "summary": progress.before_lock(session, request.user)},
    )


@access()
@require_safe
def session_decisions(request: PageRequest, pk: int) -> HttpResponse:
    """What was decided, how far completing and sharing are, and what arrived on the other side."""
    session = session_for(request, pk)
    if session.state != SessionState.LOCKED:
        return redirect("calibration:session_board", pk)
    decisions = Decision.objects.visible_to(request.user).filter(session=session)
    works = request.user.has_perm("calibration.complete_session", session)
    done, job = progress.after_lock(session) if works else None, progress.running_job(session, request.user)
    context = {
        "session": session,
        "decisions": decisions.with_people().order_by("review__employee__last_name", "review__employee__first_name"),
        "works": works,
        "progress": done,
        "job": job,
        "is_moving": progress.is_moving(done, job),
    }
    return render(request, "calibration/session_decisions.html", context)


@access(roles=HR_ROLES)
@require_POST
def session_complete(request: PageRequest, pk: int) -> HttpResponse:
    return _start(request, complete_session, session_for(request, pk, "calibration.complete_session"))


@access(roles=HR_ROLES)
@require_POST
def session_share(request: PageRequest, pk: int) -> HttpResponse:
    return _start(request, share_session, session_for(request, pk, "calibration.share_session"))


def _start(request: PageRequest, action: Any, session: CalibrationSession) -> HttpResponse:
    try:
        action(session, by=request.user)
    except ActionError as error:
        say(request, error)
    return redirect("calibration:session_decisions", session.pk)
