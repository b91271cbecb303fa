"""Feedback: received, given, one's team's, and praise for all to see."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.numbers import is_number
from hrportal.common.pages import step
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance import actions
from performance.enums import FeedbackVisibility
from performance.feedback.readers import readers_of_feedback
from performance.filters import FeedbackFilter
from performance.forms.feedback import FeedbackForm
from performance.forms.people import PersonField
from performance.lists import FEEDBACK
from performance.models import Feedback, FeedbackRequest, Objective


@access()
@require_safe
def feedback_list(request: PageRequest) -> HttpResponse:
    """Feedback one may read, by which side of it one is on."""
    data = request.GET.copy()
    data.setdefault("show", "received" if request.user.viewer.employee_id else "wall")
    rows = Feedback.objects.visible_to(request.user).with_people(request.user)
    found = FeedbackFilter(data, queryset=rows, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, FEEDBACK, query=data, size=25),
        "tabs": _tabs(request.user),
        "show": data["show"],
        "may_give": request.user.has_perm("performance.give_feedback"),
    }
    return render_list(request, "performance/feedback_list.html", context)


@access()
@require_safe
def feedback_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One feedback, with what its giver or its recipient can still do."""
    return render(request, "performance/feedback_detail.html", _detail(request, _feedback(request, pk)))


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_give(request: PageRequest) -> HttpResponse:
    """Say something to a colleague."""
    if not request.user.has_perm("performance.give_feedback"):
        raise PermissionDenied
    initial = {"person": request.GET.get("to", ""), "visibility": FeedbackVisibility.RECIPIENT_AND_MANAGER}
    objective = _objective(request)
    form = FeedbackForm(request.POST or None, user=request.user, initial={**initial, "objective": objective})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            given = actions.give_feedback(by=request.user, recipient=fields.pop("person"), **fields)
        except ActionError as refusal:
            field = "person" if refusal.field == "recipient" else refusal.field
            form.add_error(field if field in form.fields and field != "objective" else None, refusal.message)
        else:
            messages.success(request, _("Thank you. Your feedback was given."))
            return redirect("performance:feedback_detail", given.pk)
    context = {"form": form, "objective": objective, **_readers(form["person"].value(), form["visibility"].value())}
    return render(request, "performance/feedback_form.html", context, status=422 if form.errors else 200)


@access()
@require_safe
def feedback_readers(request: PageRequest) -> HttpResponse:
    """Who will read what is being written, in names, redrawn as its writer chooses."""
    asked = request.GET.get("request", "")
    visibility = request.GET.get("visibility", "")
    if not is_number(asked):
        return render(request, "performance/feedback_readers.html", _readers(request.GET.get("person"), visibility))
    row = get_for_user(FeedbackRequest.objects.with_people(), request.user, pk=int(asked))
    asker = row.asker if request.GET.get("is_read_by_asker") else None
    context = {"readers": readers_of_feedback(row.about, visibility, asker=asker), "is_known": True}
    return render(request, "performance/feedback_readers.html", context)


@access()
@require_POST
def feedback_thank(request: PageRequest, pk: int) -> HttpResponse:
    """Say thank you for feedback one received."""
    feedback = _feedback(request, pk, "performance.thank_for_feedback")
    return step(
        request,
        lambda: actions.thank_for_feedback(feedback, by=request.user),
        done=_("%s knows that you are grateful.") % feedback.giver.name,
        back=reverse("performance:feedback_detail", args=[pk]),
    )


@access()
@require_POST
def feedback_take_back(request: PageRequest, pk: int) -> HttpResponse:
    """Take back what one gave, within a day."""
    feedback = _feedback(request, pk, "performance.take_back_feedback")
    return step(
        request,
        lambda: actions.take_back_feedback(feedback, by=request.user),
        done=_("Taken back. From now on only you can read it."),
        back=reverse("performance:feedback_detail", args=[pk]),
    )


def _feedback(request: PageRequest, pk: int, permission: str | None = None) -> Feedback:
    return get_for_user(Feedback.objects.with_people(request.user), request.user, permission, pk=pk)


def _detail(request: PageRequest, feedback: Feedback) -> dict[str, Any]:
    user = request.user
    is_mine = user.has_perm("performance.take_back_feedback", feedback)
    asker = feedback.request.asker if feedback.request and feedback.is_read_by_asker else None
    is_open_to_me = feedback.is_for_recipient and not feedback.thanked_at
    return {
        "feedback": feedback,
        "readers": readers_of_feedback(feedback.recipient, feedback.visibility, asker=asker) if is_mine else None,
        "may_take_back": is_mine and feedback.can_be_taken_back,
        "may_thank": is_open_to_me and user.has_perm("performance.thank_for_feedback", feedback),
    }


def _objective(request: PageRequest) -> Objective | None:
    """The goal of the page one came from, if one may see it."""
    named = request.POST.get("objective") or request.GET.get("objective") or ""
    goals = Objective.objects.visible_to(request.user).active().exclude(owner=None)
    return goals.filter(pk=int(named)).first() if named.isdecimal() and len(named) < 19 else None


def _readers(typed: Any, visibility: Any) -> dict[str, Any]:
    person = _person(str(typed or "").replace("\x00", ""))
    if person is None or visibility not in FeedbackVisibility.values:
        return {"readers": [], "is_known": False}
    return {"readers": readers_of_feedback(person, visibility), "is_known": True}


def _person(typed: str) -> Employee | None:
    try:
        return PersonField(required=False).clean(typed)
    except ValidationError:
        return None


def _tabs(user: Principal) -> list[tuple[str, str]]:
    tabs = [("received", _("Received")), ("given", _("Given"))] if user.viewer.employee_id else []
    if user.viewer.has(Role.MANAGER):
        tabs.append(("team", _("My team")))
    return [*tabs, ("wall", _("Praise for all to see"))]
