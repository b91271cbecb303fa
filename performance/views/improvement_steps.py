"""The steps of an improvement plan as pages: GET asks and names the consequence, POST does it. All decided in the actions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES, Role
from performance import actions
from performance.enums import IMPROVEMENT_STARTS_FROM
from performance.forms import improvement as forms
from performance.improvement.content import content_of_plan
from performance.models import ImprovementMilestone, ImprovementPlan
from performance.views.improvement_story import shown_content


@dataclass(frozen=True)
class PlanStep:
    """One step: the action, what it asks for, and its words."""

    action: Callable[..., Any]
    title: Any
    consequence: Any
    submit: Any
    form: type[forms.PlanStepForm] = forms.PlanStepForm
    is_danger: bool = False


STEPS = {
    "submit_improvement_plan": PlanStep(
        actions.submit_improvement_plan,
        _("Hand this plan to HR?"),
        _("HR reads it and opens it, or sends it back with a reason. Until it is opened the employee does not see it."),
        _("Hand to HR"),
    ),
    "return_improvement_plan": PlanStep(
        actions.return_improvement_plan,
        _("Send this plan back?"),
        _("The manager can write again and reads your reason. The employee learns nothing of it."),
        _("Send back"),
        forms.PlanReasonForm,
    ),
    "approve_improvement_plan": PlanStep(
        actions.approve_improvement_plan,
        _("Approve and open this plan?"),
        _(
            "The employee reads it from now on and is asked to acknowledge it. Make sure that the manager talks to them first. This cannot be undone."
        ),
        _("Approve and open"),
    ),
    "acknowledge_improvement_plan": PlanStep(
        actions.acknowledge_improvement_plan,
        _("Acknowledge the plan"),
        _("This records that you have read it. You need not agree: say how you see it, your words stay with the plan."),
        _("I have read it"),
        forms.ReadPlanForm,
    ),
    "respond_to_improvement_plan": PlanStep(
        actions.respond_to_improvement_plan,
        _("Say how you see it"),
        _("Your words stay with the plan as you write them. Your managers and HR read them."),
        _("Add"),
        forms.ResponseForm,
    ),
    "check_in_improvement_plan": PlanStep(
        actions.check_in_improvement_plan,
        _("Note a check-in"),
        _("The employee, the managers and HR read it. It stays as you write it."),
        _("Note it"),
        forms.PlanCheckInForm,
    ),
    "add_improvement_evidence": PlanStep(
        actions.add_improvement_evidence,
        _("Add evidence"),
        _("The employee, the managers and HR read it. It stays as you write it."),
        _("Add"),
        forms.EvidenceForm,
    ),
    "pause_improvement_plan": PlanStep(
        actions.pause_improvement_plan,
        _("Pause this plan?"),
        _("Nothing falls due until it is resumed. Its dates stay: extend it if the time is missing afterwards."),
        _("Pause"),
        forms.PlanReasonForm,
    ),
    "resume_improvement_plan": PlanStep(
        actions.resume_improvement_plan,
        _("Resume this plan?"),
        _("Check-ins and milestones fall due again. What was changed meanwhile is read by the employee first."),
        _("Resume"),
    ),
    "extend_improvement_plan": PlanStep(
        actions.extend_improvement_plan,
        _("Give more time"),
        _("The new last day and your reason stay on record. The employee and HR are told."),
        _("Extend"),
        forms.ExtensionForm,
    ),
    "hand_over_improvement_plan": PlanStep(
        actions.hand_over_improvement_plan,
        _("Give this plan to another manager?"),
        _("All that is written stays and moves with it. The new manager reads everything but what HR keeps to itself."),
        _("Hand over"),
        forms.PlanHandOverForm,
    ),
    "remark_on_improvement_plan": PlanStep(
        actions.remark_on_improvement_plan,
        _("Note a remark"),
        _("The employee never reads it here. It is part of the record, and may have to be disclosed by law."),
        _("Note it"),
        forms.RemarkForm,
    ),
    "close_improvement_plan": PlanStep(
        actions.close_improvement_plan,
        _("Close this plan?"),
        _("Its outcome and your summary are final; the employee and HR are told. Everything stays readable."),
        _("Close the plan"),
        forms.ClosePlanForm,
        is_danger=True,
    ),
    "withdraw_improvement_plan": PlanStep(
        actions.withdraw_improvement_plan,
        _("Withdraw this plan?"),
        _("It ends without an outcome and is kept. If it was never opened, the employee learns nothing of it."),
        _("Withdraw"),
        forms.PlanReasonForm,
        is_danger=True,
    ),
    "judge_improvement_milestone": PlanStep(
        actions.judge_improvement_milestone,
        _("What became of this milestone?"),
        _("The employee reads the result and the note. What was said before stays on record."),
        _("Save the result"),
        forms.MilestoneResultForm,
    ),
}

# Whoever takes one of these says that they have read the plan, so it stands on the page.
DECIDED_ON_READING = {"approve_improvement_plan", "acknowledge_improvement_plan"}


@access(roles={Role.EMPLOYEE, *HR_ROLES})
class PlanStepView(View):
    """One step of one plan."""

    request: PageRequest
    http_method_names = ["get", "head", "post"]
    step = ""

    def get(self, request: PageRequest, pk: int, **kwargs: int) -> HttpResponse:
        plan = self._plan(pk)
        if plan.state not in IMPROVEMENT_STARTS_FROM[self.step]:
            messages.info(request, _("This is no longer possible: the plan is at another step now."))
            return redirect(plan)
        subject = self._subject(plan)
        return self._ask(request, plan, subject, STEPS[self.step].form(plan=plan, initial=self._initial(subject)))

    def post(self, request: PageRequest, pk: int, **kwargs: int) -> HttpResponse:
        plan, step = self._plan(pk), STEPS[self.step]
        subject, form = self._subject(plan), step.form(request.POST, plan=plan)
        if form.is_valid():
            try:
                step.action(subject, by=request.user, **form.cleaned_data)
            except ActionError as refusal:
                put_on_form(form, refusal)
            else:
                messages.success(request, _("Done."))
                return redirect(self._next_page(plan))
        return self._ask(request, plan, subject, form, status=422)

    def _plan(self, pk: int) -> ImprovementPlan:
        plans = ImprovementPlan.objects.with_people()
        return get_for_user(plans, self.request.user, f"performance.{self.step}", pk=pk)

    def _subject(self, plan: ImprovementPlan) -> Any:
        """The row the step is about: the plan itself."""
        return plan

    def _initial(self, subject: Any) -> dict[str, Any]:
        return {}

    def _next_page(self, plan: ImprovementPlan) -> str:
        """Back to the plan, unless the step took it out of one's sight."""
        is_still_there = ImprovementPlan.objects.visible_to(self.request.user).filter(pk=plan.pk).exists()
        return plan.get_absolute_url() if is_still_there else "performance:improvement_plan_list"

    def _ask(
        self, request: PageRequest, plan: ImprovementPlan, subject: Any, form: Any, status: int = 200
    ) -> HttpResponse:
        context = {"plan": plan, "subject": subject, "step": STEPS[self.step], "form": form}
        if self.step in DECIDED_ON_READING:
            context["content"] = shown_content(content_of_plan(plan))
        return render(request, "performance/improvement_plan_step.html", context, status=status)


class MilestoneResultView(PlanStepView):
    """What became of one milestone."""

    step = "judge_improvement_milestone"

    def _subject(self, plan: ImprovementPlan) -> ImprovementMilestone:
        rows = ImprovementMilestone.objects.filter(plan=plan, dropped_at=None).select_related("plan")
        return get_object_or_404(rows, pk=self.kwargs["milestone"])

    def _initial(self, subject: ImprovementMilestone) -> dict[str, Any]:
        return {"result": subject.result, "note": subject.note}
