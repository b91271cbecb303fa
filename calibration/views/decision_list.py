"""Calibrated ratings: all decisions one may read, each with its way, and what managers and HR have to say to it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calibration.actions.completion import complete_review
from calibration.actions.remarks import answer_request, remark_on_decision
from calibration.filters.decisions import DecisionFilter
from calibration.forms.decisions import AnswerForm, RemarkForm
from calibration.lists import DECISIONS, decisions_for
from calibration.models import CalibrationSession, CardMove, Decision
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.enums import HR_ROLES
from performance.enums import ReviewState


@access()
@require_safe
def decision_list(request: PageRequest) -> HttpResponse:
    """What became of which proposal, and why; the newest first."""
    found = DecisionFilter(request.GET, queryset=decisions_for(request.user), request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs.prefetch_related("remarks"), DECISIONS),
        "may_export_history": bool(HR_ROLES & request.user.viewer.roles),
    }
    return render_list(request, "calibration/decision_list.html", context)


@access()
@require_safe
def decision_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One decision: proposed, moved, decided, and what was said about it."""
    return _render(request, _decision_for(request, pk))


@access()
@require_POST
def decision_remark(request: PageRequest, pk: int) -> HttpResponse:
    """A manager says something, or asks HR to look again."""
    decision = _decision_for(request, pk, "calibration.remark_on_decision")
    form = RemarkForm(request.POST, may_ask=True)
    if form.is_valid():
        try:
            remark = remark_on_decision(decision, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            done = _("HR was asked to look again.") if remark.is_request else _("Your remark was kept.")
            messages.success(request, done)
            return redirect("calibration:decision_detail", pk)
    return _render(request, decision, remark_form=form)


@access(roles=HR_ROLES)
@require_POST
def decision_answer(request: PageRequest, pk: int) -> HttpResponse:
    """HR answers who asked to look again."""
    decision = _decision_for(request, pk, "calibration.answer_request")
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_request(decision, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Your answer was sent."))
            return redirect("calibration:decision_detail", pk)
    return _render(request, decision, answer_form=form)


@access(roles=HR_ROLES)
@require_POST
def decision_complete(request: PageRequest, pk: int) -> HttpResponse:
    """HR completes one review before the others of its session."""
    decision = _decision_for(request, pk, "calibration.complete_review")
    return step(
        request,
        lambda: complete_review(decision, by=request.user),
        done=_("The review is completed. What follows from it is on its way."),
        back=reverse("performance:review_detail", args=[decision.review_id]),
    )


def _decision_for(request: PageRequest, pk: int, permission: str | None = None) -> Decision:
    rows = Decision.objects.with_people().select_related("session", "review__cycle", "review__employee__org_unit")
    return get_for_user(rows, request.user, permission, pk=pk)


def _render(
    request: PageRequest,
    decision: Decision,
    *,
    remark_form: forms.Form | None = None,
    answer_form: forms.Form | None = None,
) -> HttpResponse:
    user = request.user
    waiting = decision.remarks.waiting().exists()
    is_open = decision.is_standing and decision.review.state == ReviewState.CALIBRATED
    context: dict[str, Any] = {
        "decision": decision,
        "session": CalibrationSession.objects.visible_to(user).filter(pk=decision.session_id or 0).first(),
        "moves": _moves(decision),
        "remarks": decision.remarks.select_related("made_by", "answered_by"),
        "may_complete": is_open and user.has_perm("calibration.complete_review", decision),
    }
    if user.has_perm("calibration.remark_on_decision", decision):
        context["remark_form"] = remark_form or RemarkForm(may_ask=is_open and not waiting)
    if waiting and user.has_perm("calibration.answer_request", decision):
        context["answer_form"] = answer_form or AnswerForm()
    is_refused = remark_form is not None or answer_form is not None
    return render(request, "calibration/decision_detail.html", context, status=422 if is_refused else 200)


def _moves(decision: Decision) -> Any:
    moves = CardMove.objects.filter(card__review=decision.review_id, card__review_revision=decision.review_revision)
    return moves.select_related("from_rating", "to_rating", "moved_by").order_by("pk")
