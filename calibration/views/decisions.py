"""Locking a session, and what comes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calibration.actions import complete_session, lock_session, share_session
from calibration.actions.completion import decisions_of
from calibration.decisions import progress
from calibration.decisions.outcome import Outcome
from calibration.enums import SessionState
from calibration.lists import DECISIONS, decisions_for
from calibration.models import CalibrationSession, DecisionRemark
from calibration.views.common import say, session_for
from hrportal.common.access import access
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.common.paging import of, window
from hrportal.people.enums import HR_ROLES

BY_NAME = ("review__employee__last_name", "review__employee__first_name", "pk")


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
        {
            "session": session,
            "summary": progress.before_lock(session, request.user),
            "outcome": Outcome(session, request.user),
            "query": f"session={session.pk}",
            "children": session.children.exclude(state=SessionState.LOCKED).order_by("name"),
        },
    )


@access()
@require_safe
def session_decisions(request: PageRequest, pk: int) -> HttpResponse:
    """What was decided, how far completing and sharing are, and what arrived on the other side."""
    session = session_for(request, pk)
    if session.state != SessionState.LOCKED:
        return redirect("calibration:session_board", pk)
    decisions = decisions_for(request.user).filter(pk__in=decisions_of(session).values("pk"))
    works = request.user.has_perm("calibration.complete_session", session)
    done, job = (
        progress.after_lock(session, request.user) if works else None,
        progress.running_job(session, request.user),
    )
    context = {
        "session": session,
        "page": window(request, decisions.order_by(*BY_NAME), DECISIONS, query=of(request, session=pk)),
        "outcome": Outcome(session, request.user),
        "asked": decisions.filter(remarks__in=_to_answer(request)),
        "works": works,
        "progress": done,
        "job": job,
        "left_out": progress.left_out_of(job, request.user),
        "is_moving": progress.is_moving(done, job),
        "query": f"session={session.pk}",
        "may_export_history": bool(HR_ROLES & request.user.viewer.roles),
    }
    return render(request, "calibration/session_decisions.html", context)


def _to_answer(request: PageRequest) -> Any:
    """Requests to look again; nobody answers their own."""
    return DecisionRemark.objects.waiting().exclude(made_by=request.user.viewer.employee_id)


@access(roles=HR_ROLES)
@require_POST
def session_complete(request: PageRequest, pk: int) -> HttpResponse:
    return _start(request, complete_session, session_for(request, pk, "calibration.complete_session"))


@access(roles=HR_ROLES)
@require_POST
def session_share(request: PageRequest, pk: int) -> HttpResponse:
    return _start(request, share_session, session_for(request, pk, "calibration.share_session"))


def _start(request: PageRequest, action: Any, session: CalibrationSession) -> HttpResponse:
    return step(
        request,
        lambda: action(session, by=request.user),
        back=reverse("calibration:session_decisions", args=[session.pk]),
    )
