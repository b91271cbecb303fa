"""Feedback: received, given, one's team's, and praise for all to see."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from performance.actions import give_feedback
from performance.filters import FeedbackFilter
from performance.forms.feedback import FeedbackForm
from performance.models import Feedback


@access()
@require_safe
def feedback_list(request: PageRequest) -> HttpResponse:
    """Feedback one may read, by which side of it one is on."""
    data = request.GET.copy()
    data.setdefault("show", "received" if request.user.viewer.employee_id else "wall")
    rows = Feedback.objects.visible_to(request.user).select_related(
        "giver__job", "giver__org_unit", "recipient__job", "recipient__org_unit", "competency", "objective"
    )
    found = FeedbackFilter(data, queryset=rows, request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs, size=25),
        "tabs": _tabs(request.user),
        "show": data["show"],
        "may_give": request.user.has_perm("performance.give_feedback"),
    }
    return render_list(request, "performance/feedback_list.html", context)


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_give(request: PageRequest) -> HttpResponse:
    """Say something to a colleague."""
    if not request.user.has_perm("performance.give_feedback"):
        raise PermissionDenied
    form = FeedbackForm(request.POST or None, initial={"person": request.GET.get("to", "")})
    if request.method == "POST" and form.is_valid():
        fields = dict(form.cleaned_data)
        try:
            give_feedback(by=request.user, recipient=fields.pop("person"), **fields)
        except ActionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        else:
            messages.success(request, _("Thank you. Your feedback was given."))
            return redirect("performance:feedback_list")
    return render(request, "performance/feedback_form.html", {"form": form}, status=422 if form.errors else 200)


def _tabs(user: Any) -> list[tuple[str, str]]:
    tabs = [("received", _("Received")), ("given", _("Given"))] if user.viewer.employee_id else []
    if user.viewer.has(Role.MANAGER):
        tabs.append(("team", _("My team")))
    return [*tabs, ("wall", _("Praise for all to see"))]
