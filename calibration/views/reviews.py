"""What HR decides about one review outside a session."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from calibration.actions import complete_uncalibrated, decide_reopened
from calibration.forms import DecideForm, UncalibratedForm
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES
from performance.models import Review


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def review_complete(request: PageRequest, pk: int) -> HttpResponse:
    """Complete a review that was in no session."""
    review = _review_for(request, pk, "calibration.complete_uncalibrated")
    words = {
        "title": _("Complete without calibration"),
        "lead": _(
            "The proposed rating becomes final. It does not enter the talent profile; the development plan opens."
        ),
        "submit": _("Complete"),
    }
    return _page(request, review, UncalibratedForm(request.POST or None), complete_uncalibrated, words)


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def review_decide(request: PageRequest, pk: int) -> HttpResponse:
    """Decide a reopened review again."""
    review = _review_for(request, pk, "calibration.decide_reopened")
    words = {
        "title": _("Decide the rating again"),
        "lead": _("The review is completed with this rating, which replaces the earlier one in the talent profile."),
        "submit": _("Decide and complete"),
    }
    return _page(request, review, DecideForm(request.POST or None, review=review), decide_reopened, words)


def _review_for(request: PageRequest, pk: int, permission: str) -> Review:
    return get_for_user(Review.objects.with_people(), request.user, permission, pk=pk)


def _page(
    request: PageRequest, review: Review, form: forms.Form, action: Callable[..., Any], words: dict[str, str]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            action(review, by=request.user, **form.cleaned_data)
        except ActionError as error:
            put_on_form(form, error)
        else:
            return redirect("performance:review_detail", review.pk)
    context = {"review": review, "form": form, **words}
    return render(request, "calibration/review_form.html", context, status=422 if form.errors else 200)
