"""What HR does with a cycle under way: more time, more people, the writing begins, asking who is late, the next one."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import start, step
from hrportal.common.paging import of, window
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES
from performance import actions
from performance.cycle_lists import LATE, late_reviews
from performance.cycles.population import people_without_review
from performance.forms.cycles import CloneForm, ExtensionForm
from performance.models import Review, ReviewCycle
from performance.views.cycles import cycle_for, done, form_view


@access(roles=HR_ROLES)
@form_view
def cycle_extend(request: PageRequest, pk: int) -> HttpResponse:
    """Move dates of a cycle under way to later days."""
    cycle = cycle_for(request, pk, "performance.extend_cycle")
    form = ExtensionForm(cycle, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, lambda: actions.extend_cycle(cycle, by=request.user, **form.cleaned_data))
    ):
        return redirect("performance:cycle_detail", pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "performance/cycle_extend.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@form_view
def cycle_clone(request: PageRequest, pk: int) -> HttpResponse:
    """Draft the cycle that follows."""
    cycle = cycle_for(request, pk, "performance.clone_cycle")
    form = CloneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clone = done(request, form, lambda: actions.clone_cycle(cycle, by=request.user, **form.cleaned_data))
        if clone:
            return redirect("performance:cycle_detail", clone.pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "performance/cycle_clone.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@form_view
def cycle_add_missing(request: PageRequest, pk: int) -> HttpResponse:
    """Open a review for everyone who is in the population by now and has none."""
    cycle = cycle_for(request, pk, "performance.add_missing_people")
    if request.method == "POST":
        return _start(request, cycle, actions.add_missing_people)
    context = {
        "cycle": cycle,
        "title": _("Add everyone who is missing?"),
        "consequence": _(
            "People who came into the population since the launch and have no review: %d. Each gets one, and is told."
        )
        % people_without_review(cycle).count(),
        "submit": _("Open their reviews"),
    }
    return render(request, "performance/cycle_step.html", context)


@access(roles=HR_ROLES)
@form_view
def cycle_begin_writing(request: PageRequest, pk: int) -> HttpResponse:
    """End the goal-setting phase."""
    cycle = cycle_for(request, pk, "performance.begin_writing")
    if request.method == "POST":
        return _start(request, cycle, actions.begin_writing)
    reviews = Review.objects.visible_to(request.user).filter(cycle=cycle, state="goal_setting")
    context = {
        "cycle": cycle,
        "title": _("Begin the writing?"),
        "consequence": _(
            "From today employees write their self-assessments. Reviews without agreed goals: %d. "
            "They go on as well; goals can be agreed at any time."
        )
        % reviews.filter(goals_agreed_at=None).count(),
        "submit": _("Begin the writing"),
    }
    return render(request, "performance/cycle_step.html", context)


@access(roles=HR_ROLES)
@require_safe
def cycle_late(request: PageRequest, pk: int) -> HttpResponse:
    """Who is late with which review, those who wait longest first, to be asked one by one or all."""
    cycle = cycle_for(request, pk)
    query = of(request, cycle=pk)
    page = window(request, late_reviews(request.user, query), LATE, query=query)
    may_nudge = request.user.has_perm("performance.nudge_late", cycle)
    context = {"cycle": cycle, "page": page, "may_nudge": may_nudge}
    return render(request, "performance/cycle_late.html", context)


@access(roles=HR_ROLES)
@require_POST
def cycle_nudge(request: PageRequest, pk: int) -> HttpResponse:
    """Ask everybody who is late."""
    return _start(request, cycle_for(request, pk, "performance.nudge_late"), actions.nudge_late)


@access(roles=HR_ROLES)
@require_POST
def cycle_stop_repeating(request: PageRequest, pk: int) -> HttpResponse:
    """Let this cycle be the last of its row."""
    cycle = cycle_for(request, pk, "performance.stop_repeating")
    return step(
        request,
        lambda: actions.stop_repeating(cycle, by=request.user),
        done=_("No further cycle follows by itself."),
        back=reverse("performance:cycle_detail", args=[pk]),
    )


@access()
@require_POST
def review_nudge(request: PageRequest, pk: int) -> HttpResponse:
    """Ask whoever holds one review up."""
    review = get_for_user(_reviews(), request.user, "performance.nudge_review", pk=pk)
    is_of_late = request.POST.get("from") == "late"
    return step(
        request,
        lambda: actions.nudge_review(review, by=request.user),
        done=_("The person who has to go on was asked."),
        back=reverse("performance:cycle_late", args=[review.cycle_id]) if is_of_late else review.get_absolute_url(),
    )


@access()
@require_POST
def review_agree_goals(request: PageRequest, pk: int) -> HttpResponse:
    """The goals of one person are agreed."""
    review = get_for_user(_reviews(), request.user, "performance.agree_goals", pk=pk)
    return step(
        request,
        lambda: actions.agree_goals(review, by=request.user),
        done=_("The goals are agreed."),
        back=review.get_absolute_url(),
    )


def _reviews() -> Any:
    return Review.objects.select_related("employee__org_unit", "reviewer", "cycle")


def _start(request: PageRequest, cycle: ReviewCycle, action: Callable[..., Job]) -> HttpResponse:
    back = reverse("performance:cycle_detail", args=[cycle.pk])
    return start(request, lambda: action(cycle, by=request.user), back=back)
