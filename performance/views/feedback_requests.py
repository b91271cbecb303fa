"""Asking colleagues for feedback, and answering."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.models import Employee
from performance import actions
from performance.feedback.readers import readers_of_feedback
from performance.filters import FeedbackRequestFilter
from performance.forms.feedback import DeclineForm, FeedbackAnswerForm, FeedbackRequestForm
from performance.models import Feedback, FeedbackRequest, Objective
from performance.talk_lists import REQUESTS


@access()
@require_safe
def feedback_request_list(request: PageRequest) -> HttpResponse:
    """What one was asked, and what one asked."""
    data = request.GET.copy()
    data.setdefault("show", "to_answer")
    rows = FeedbackRequest.objects.visible_to(request.user).with_people()
    found = FeedbackRequestFilter(data, queryset=rows, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, REQUESTS, query=data, size=25),
        "tabs": [("to_answer", _("To answer")), ("mine", _("Asked by me")), ("answered", _("Settled"))],
        "show": data["show"],
        "may_ask": request.user.has_perm("performance.request_feedback"),
    }
    return render_list(request, "performance/feedback_request_list.html", context)


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_request_create(request: PageRequest) -> HttpResponse:
    """Ask colleagues for feedback."""
    if not request.user.has_perm("performance.request_feedback"):
        raise PermissionDenied
    initial = {"about": request.GET.get("about", ""), "objective": request.GET.get("objective", "")}
    form = FeedbackRequestForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid() and _ask(request, form):
        return redirect(f"{_list_url()}?show=mine")
    context = {"form": form, "objective": _objective(form)}
    return render(request, "performance/feedback_request_form.html", context, status=422 if form.errors else 200)


@access()
@require_safe
def feedback_request_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A question with its answer, or the form to answer it."""
    return _show(request, _request(request, pk))


@access()
@require_POST
def feedback_request_answer(request: PageRequest, pk: int) -> HttpResponse:
    """Answer. What was typed survives whatever stands in the way."""
    row = _request(request, pk, "performance.answer_feedback_request")
    form = FeedbackAnswerForm(request.POST, request=row)
    if form.is_valid():
        try:
            actions.answer_feedback_request(row, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Thank you. %s can see that you answered.") % row.asker.name)
            return redirect("performance:feedback_request_detail", pk)
    return _show(request, row, answer=form, status=422)


@access()
@require_POST
def feedback_request_decline(request: PageRequest, pk: int) -> HttpResponse:
    """Say why one does not answer."""
    row = _request(request, pk, "performance.decline_feedback_request")
    form = DeclineForm(request.POST)
    if form.is_valid():
        try:
            actions.decline_feedback_request(row, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Declined. %s reads your reason.") % row.asker.name)
            return redirect("performance:feedback_request_list")
    return _show(request, row, decline=form, status=422)


@access()
@require_POST
def feedback_request_withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Ask no longer."""
    row = _request(request, pk, "performance.withdraw_feedback_request")
    return step(
        request,
        lambda: actions.withdraw_feedback_request(row, by=request.user),
        done=_("Withdrawn. %s is no longer asked.") % row.asked.name,
        back=row.get_absolute_url(),
    )


def _request(request: PageRequest, pk: int, permission: str | None = None) -> FeedbackRequest:
    return get_for_user(FeedbackRequest.objects.with_people(), request.user, permission, pk=pk)


def _show(
    request: PageRequest,
    row: FeedbackRequest,
    *,
    answer: FeedbackAnswerForm | None = None,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    waits_for_me = row.is_open and user.has_perm("performance.answer_feedback_request", row)
    if waits_for_me:
        answer = answer or FeedbackAnswerForm(request=row)
        decline = decline or DeclineForm()
    context = {
        "row": row,
        # a personal goal is named only to those who may see it, and not to a colleague who is asked about it
        "objective": Objective.objects.visible_to(user).filter(pk=row.objective_id or 0).first(),
        "answer": answer,
        "decline": decline,
        "is_asker": row.asker_id == user.viewer.employee_id,
        "may_withdraw": row.is_open and user.has_perm("performance.withdraw_feedback_request", row),
        "given": Feedback.objects.visible_to(user).with_people(user).filter(request=row).first(),
        **(_readers(row, answer) if answer else {}),
    }
    return render(request, "performance/feedback_request_detail.html", context, status=status)


def _readers(row: FeedbackRequest, form: FeedbackAnswerForm) -> dict[str, Any]:
    lets_asker = "is_read_by_asker" in form.fields and form["is_read_by_asker"].value()
    visibility = str(form["visibility"].value() or "")
    readers = readers_of_feedback(row.about, visibility, asker=row.asker if lets_asker else None)
    return {"readers": readers, "is_known": True}


def _ask(request: PageRequest, form: FeedbackRequestForm) -> bool:
    fields = {name: form.cleaned_data[name] for name in ("question", "objective", "competency", "due_on")}
    about = form.cleaned_data["about"] or get_object_or_404(Employee, pk=request.user.viewer.employee_id)
    if not request.user.has_perm("performance.request_feedback_about", about):
        form.add_error("about", _("Ask about yourself, or about somebody you lead or look after."))
        return False
    asked = form.asked()
    try:
        actions.request_feedback(by=request.user, about=about, asked=asked, **fields)
    except ActionError as refusal:
        field = "asked_0" if refusal.field == "asked" else refusal.field
        form.add_error(field if field in form.fields and field != "objective" else None, refusal.message)
        return False
    words = ngettext("%d colleague was asked.", "%d colleagues were asked.", len(asked)) % len(asked)
    messages.success(request, words)
    return True


def _objective(form: FeedbackRequestForm) -> Objective | None:
    named = str(form["objective"].value() or "")
    goals: Any = form.fields["objective"]
    return goals.queryset.filter(pk=int(named)).first() if named.isdecimal() and len(named) < 19 else None


def _list_url() -> str:
    return reverse("performance:feedback_request_list")
