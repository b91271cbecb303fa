"""Development goals that the strategy proposes: the list, accepting, dismissing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.viewer import Principal
from performance import actions
from performance.enums import ProposalState
from performance.filters import GoalProposalFilter
from performance.forms.goal_proposals import AcceptProposalForm, DismissProposalForm
from performance.goal_lists import PROPOSALS
from performance.goals.proposals import line_of, open_periods, why_of
from performance.models import GoalProposal

form_view = require_http_methods(["GET", "HEAD", "POST"])


@access()
@require_safe
def goal_proposal_list(request: PageRequest) -> HttpResponse:
    """What is proposed to oneself, one's team, the people one looks after."""
    tabs = _tabs(request.user)
    data = request.GET.copy()
    data.setdefault("show", tabs[0][0])
    data.setdefault("state", ProposalState.PROPOSED)
    proposals = GoalProposal.objects.visible_to(request.user).with_names()
    found = GoalProposalFilter(data, queryset=proposals, request=request)
    page = window(request, found.qs, PROPOSALS, query=data)
    context = {
        "filter": found,
        "page": page,
        "lines": [line_of(proposal, request.user) for proposal in page.rows],
        "tabs": tabs,
        "show": data["show"],
        "names_person": data["show"] != "own",
    }
    return render_list(request, "performance/goal_proposal_list.html", context)


@access()
@form_view
def goal_proposal_accept(request: PageRequest, pk: int) -> HttpResponse:
    """Make a development goal of it, in a period that is open."""
    proposal = _proposal(request, pk, "performance.accept_goal_proposal")
    form = AcceptProposalForm(request.POST or None, proposal=proposal)
    if request.method == "POST" and form.is_valid():
        try:
            accepted = actions.accept_goal_proposal(proposal, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("The goal is set."))
            return redirect("performance:objective_detail", accepted.objective_id)
    context = {"proposal": proposal, "form": form, "why": why_of(proposal), "has_period": open_periods().exists()}
    return render(request, "performance/goal_proposal_accept.html", context, status=422 if form.errors else 200)


@access()
@form_view
def goal_proposal_dismiss(request: PageRequest, pk: int) -> HttpResponse:
    """Say why it is not to become a goal."""
    proposal = _proposal(request, pk, "performance.dismiss_goal_proposal")
    form = DismissProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.dismiss_goal_proposal(proposal, by=request.user, **form.cleaned_data)
        except ActionError as refusal:
            put_on_form(form, refusal)
        else:
            messages.success(request, _("Dismissed. Your reason is kept with it."))
            return redirect("performance:goal_proposal_list")
    context = {"proposal": proposal, "form": form, "why": why_of(proposal)}
    return render(request, "performance/goal_proposal_dismiss.html", context, status=422 if form.errors else 200)


def _proposal(request: PageRequest, pk: int, permission: str) -> GoalProposal:
    return get_for_user(GoalProposal.objects.with_names(), request.user, permission, pk=pk)


def _tabs(user: Principal) -> list[tuple[str, str]]:
    """Whose proposals there are to look at: one's own, one's team's, those of everyone HR looks after."""
    viewer = user.viewer
    tabs = [("own", _("My own"))] if viewer.employee_id else []
    if viewer.has(Role.MANAGER):
        tabs.append(("team", _("My team")))
    if viewer.is_hr:
        tabs.append(("others", _("Everyone I look after")))
    return tabs or [("own", _("My own"))]
