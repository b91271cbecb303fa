"""The steps of a review as pages: GET asks and names the consequence, POST does it. All decided in the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from performance import actions
from performance.forms.steps import (
    AcknowledgeForm,
    DelegateForm,
    DisputeForm,
    ExtendForm,
    PlainForm,
    ReasonForm,
    ReassignForm,
    ReturnForm,
    SettleForm,
)
from performance.models import Review


@dataclass(frozen=True)
class Step:
    """One step: the action, what it asks for, and its words."""

    action: Callable[..., Any]
    title: Any
    consequence: Any
    submit: Any
    form: type[forms.Form] = PlainForm
    is_danger: bool = False


STEPS = {
    "skip_self_assessment": Step(
        actions.skip_self_assessment,
        _("Go on without the self-assessment?"),
        _("It can no longer be written, and what was drafted stays unseen. The review can then be submitted."),
        _("Go on without it"),
    ),
    "approve_review": Step(
        actions.approve_review,
        _("Approve this review?"),
        _("It goes on to calibration or, where the cycle has none, becomes final."),
        _("Approve"),
    ),
    "return_review": Step(
        actions.return_review,
        _("Send this review back?"),
        _("The reviewer can write again and reads your reason. Nothing written is lost."),
        _("Send back"),
        ReturnForm,
    ),
    "extend_review": Step(
        actions.extend_review,
        _("Give this review more time?"),
        _("The new date counts for this review alone. Whoever is at work on it is told."),
        _("Give more time"),
        ExtendForm,
    ),
    "delegate_review": Step(
        actions.delegate_review,
        _("Let somebody write for the reviewer?"),
        _("They see this review and write in it meanwhile. The reviewer stays accountable and hands it in."),
        _("Delegate"),
        DelegateForm,
    ),
    "end_delegation": Step(
        actions.end_delegation,
        _("End the writing on behalf?"),
        _("Only the reviewer writes from now on. What was written stays, with the name of its writer."),
        _("End it"),
    ),
    "reassign_review": Step(
        actions.reassign_review,
        _("Give this review to someone else?"),
        _("All that is written stays and moves with it, with the names of its writers."),
        _("Reassign"),
        ReassignForm,
    ),
    "withdraw_review": Step(
        actions.withdraw_review,
        _("Take this review out of the cycle?"),
        _("It is kept, but nobody writes or decides on it any more."),
        _("Withdraw"),
        ReasonForm,
        is_danger=True,
    ),
    "restore_review": Step(
        actions.restore_review,
        _("Take this review back in?"),
        _("It goes on where it can: what was written is still there."),
        _("Take back in"),
        ReasonForm,
    ),
    "share_review": Step(
        lambda review, *, by: actions.share_reviews([review.pk], by=by),
        _("Share this review with the employee?"),
        _("The employee then reads the manager’s part and the final rating. The proposed rating stays hidden."),
        _("Share"),
    ),
    "acknowledge_review": Step(
        actions.acknowledge_review,
        _("Acknowledge your review"),
        _("This records that you have read it. You need not agree."),
        _("Acknowledge"),
        AcknowledgeForm,
    ),
    "dispute_review": Step(
        actions.dispute_review,
        _("Disagree with your review"),
        _(
            "HR reads your reasons and answers. Your review stays as it is meanwhile, and what you write is kept with it."
        ),
        _("Send to HR"),
        DisputeForm,
    ),
    "settle_dispute": Step(
        actions.settle_dispute,
        _("Answer this dispute"),
        _("The review stays as it is and the matter is closed with your answer."),
        _("Answer"),
        SettleForm,
    ),
    "reopen_review": Step(
        actions.reopen_review,
        _("Reopen this review?"),
        _(
            "It is written and decided again as a new version. What it says now is kept; the employee no longer sees it meanwhile."
        ),
        _("Reopen"),
        ReasonForm,
        is_danger=True,
    ),
}


@access()
class StepView(View):
    """One step of one review."""

    request: PageRequest
    http_method_names = ["get", "head", "post"]
    step = ""

    def get(self, request: PageRequest, pk: int) -> HttpResponse:
        return self._ask(request, self._review(pk), STEPS[self.step].form())

    def post(self, request: PageRequest, pk: int) -> HttpResponse:
        review, step = self._review(pk), STEPS[self.step]
        form = step.form(request.POST)
        if form.is_valid():
            try:
                step.action(review, by=request.user, **form.cleaned_data)
            except ActionError as refusal:
                put_on_form(form, refusal)
            else:
                messages.success(request, _("Done."))
                return redirect(self._next_page(review))
        return self._ask(request, review, form, status=422)

    def _review(self, pk: int) -> Review:
        reviews = Review.objects.with_people().select_related("employee__org_unit")
        return get_for_user(reviews, self.request.user, f"performance.{self.step}", pk=pk)

    def _next_page(self, review: Review) -> str:
        """Back to the review, unless the step took it out of one's sight."""
        is_still_there = Review.objects.visible_to(self.request.user).filter(pk=review.pk).exists()
        return review.get_absolute_url() if is_still_there else "performance:review_list"

    def _ask(self, request: PageRequest, review: Review, form: forms.Form, status: int = 200) -> HttpResponse:
        context = {"review": review, "step": STEPS[self.step], "form": form}
        return render(request, "performance/review_step.html", context, status=status)
