"""Sessions from their making to their opening."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_filters.views import FilterView

from calibration.actions import cancel_session, create_session, edit_session, fill_session, open_session
from calibration.around.session_panels import around_the_table
from calibration.filters import SessionFilter
from calibration.forms import SessionEditForm, SessionForm
from calibration.models import CalibrationSession
from calibration.sessions.preparation import Preparation, with_progress
from calibration.views.common import say, session_for
from hrportal.common.access import Access, access
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES


class SessionListView(FilterView):
    request: PageRequest
    access = Access()
    filterset_class = SessionFilter
    template_name = "calibration/session_list.html"
    paginate_by = 30

    def get_queryset(self) -> Any:
        return CalibrationSession.objects.visible_to(self.request.user).with_cycle().as_tree()

    def get_template_names(self) -> list[str]:
        return [self.template_name + ("#table" if self.request.htmx else "")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        sessions = with_progress(context["object_list"], self.request.user)
        shown = {session.pk for session in sessions}
        for session in sessions:
            session.is_under = session.parent_id in shown  # type: ignore[attr-defined]
        may_create = self.request.user.has_perm("calibration.create_session")
        return context | {"object_list": sessions, "may_create": may_create}


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def session_create(request: PageRequest) -> HttpResponse:
    """Who calibrates which reviews."""
    known = {name: request.GET.get(name) for name in ("cycle", "parent")}
    form = SessionForm(request.POST or None, user=request.user, initial=known)
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
    """Change what a session is about, who sits at the table, and until when."""
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
        "missing_query": f"session={pk}",
        "children_query": f"under={pk}",
        "preparation": Preparation(session, request.user),
        "children": with_progress(_children(request, session), request.user),
        "may_prepare": request.user.has_perm("calibration.edit_session", session),
        "may_judge": request.user.has_perm("calibration.lock_session", session),
    }
    context |= around_the_table(session, request.user)
    return render(request, "calibration/session_detail.html", context)


def _children(request: PageRequest, session: CalibrationSession) -> Any:
    """The sessions under it, as far as the reader sees them."""
    return (
        CalibrationSession.objects.visible_to(request.user).with_cycle().filter(parent=session).order_by("name", "pk")
    )


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


@access(roles=HR_ROLES)
@require_POST
def session_cancel(request: PageRequest, pk: int) -> HttpResponse:
    """Take back a session that is still being prepared."""
    session = session_for(request, pk, "calibration.cancel_session")
    try:
        cancel_session(session, by=request.user)
    except ActionError as error:
        say(request, error)
        return redirect("calibration:session_detail", pk)
    messages.success(request, _("“%s” is called off. Its reviews can be put on another board.") % session.name)
    return redirect("calibration:session_list")
