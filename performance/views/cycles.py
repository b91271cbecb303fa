"""Cycles, for HR: list, dashboard, form, guideline, launch, late joiners, sharing and closing."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.pages import start, step
from hrportal.journal.models import Job
from hrportal.people.enums import HR_ROLES
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal, Viewer
from performance import actions
from performance.actions.cycles import UNFINISHED_CYCLE
from performance.cycles.calendars import day_of
from performance.cycles.lateness import handed_in_on_time, late
from performance.cycles.population import IN, people_to_come, people_without_review, population_of
from performance.enums import BEING_WRITTEN, FINISHED, CycleState, ReviewState
from performance.filters import CycleFilter
from performance.forms.cycles import CycleForm, GuidelineForm, LateJoinerForm
from performance.models import Review, ReviewCycle

form_view: Callable[..., Any] = require_http_methods(["GET", "HEAD", "POST"])
MOST_LISTED = 25
MOST_UNITS = 100
NEXT_SHOWN = 8


@access(roles=HR_ROLES)
@require_safe
def cycle_list(request: PageRequest) -> HttpResponse:
    """Every cycle with how far its reviews are; the numbers are of the reviews one looks after."""
    cycles = CycleFilter(request.GET, queryset=ReviewCycle.objects.visible_to(request.user), request=request)
    rows = list(cycles.qs[:100])
    counts = _progress(request.user, rows)
    context = {"filter": cycles, "cycles": [(cycle, counts.get(cycle.pk)) for cycle in rows]}
    return render(request, "performance/cycle_list.html", context)


@access(roles=HR_ROLES)
@require_safe
def cycle_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A cycle's dashboard; before launch, its population with the reasons for who is left out."""
    cycle = cycle_for(request, pk)
    context: dict[str, Any] = {"cycle": cycle, "job": _job(request, cycle), "may": _may(request.user, cycle)}
    context["guideline"] = _guideline(cycle)
    if cycle.state == CycleState.DRAFT:
        population = population_of(cycle)
        context |= {"population": population, "included": population.counts.get(IN, 0)}
        context["without_reviewer"] = population.without_reviewer.count()
        return render(request, "performance/cycle_draft.html", context)
    reviews = Review.objects.visible_to(request.user).filter(cycle=cycle)
    context |= _dashboard(cycle, reviews, request.user.viewer)
    context["panels"] = collect("performance.cycle_panels", user=request.user, cycle=cycle, request=request)
    if context["may"]["add_missing_people"]:
        context["missing"] = people_without_review(cycle).count()
        context["to_come"] = _to_come(cycle) if cycle.is_personal else []
    return render(request, "performance/cycle_detail.html", context)


@access(roles=HR_ROLES)
@form_view
def cycle_create(request: PageRequest) -> HttpResponse:
    """Draft a cycle."""
    return _cycle_form(request, None)


@access(roles=HR_ROLES)
@form_view
def cycle_edit(request: PageRequest, pk: int) -> HttpResponse:
    """Change a cycle."""
    return _cycle_form(request, cycle_for(request, pk, "performance.edit_cycle"))


@access(roles=HR_ROLES)
@form_view
def cycle_guideline(request: PageRequest, pk: int) -> HttpResponse:
    """The shares expected at each rating."""
    cycle = cycle_for(request, pk, "performance.edit_cycle")
    form = GuidelineForm(cycle, request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, lambda: actions.edit_cycle(cycle, by=request.user, guideline=form.guideline()))
    ):
        return redirect("performance:cycle_detail", cycle.pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "performance/cycle_guideline.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@form_view
def cycle_launch(request: PageRequest, pk: int) -> HttpResponse:
    """Ask once more, with the consequence in numbers; then launch in the background."""
    cycle = cycle_for(request, pk, "performance.launch_cycle")
    if request.method == "POST":
        return start(
            request,
            lambda: actions.launch_cycle(cycle, by=request.user),
            back=reverse("performance:cycle_detail", args=[pk]),
        )
    population = population_of(cycle)
    context = {
        "cycle": cycle,
        "included": people_without_review(cycle).count(),
        "without_reviewer": population.without_reviewer.count(),
    }
    return render(request, "performance/cycle_launch.html", context)


@access(roles=HR_ROLES)
@form_view
def cycle_add_person(request: PageRequest, pk: int) -> HttpResponse:
    """Open one more review in a cycle under way."""
    cycle = cycle_for(request, pk, "performance.add_late_joiner")
    form = LateJoinerForm(request.POST or None, user=request.user)
    if (
        request.method == "POST"
        and form.is_valid()
        and done(request, form, lambda: actions.add_late_joiner(cycle, form.cleaned_data["employee"], by=request.user))
    ):
        return redirect("performance:cycle_detail", cycle.pk)
    context = {"cycle": cycle, "form": form}
    return render(request, "performance/cycle_add_person.html", context, status=422 if form.errors else 200)


@access(roles=HR_ROLES)
@form_view
def cycle_share(request: PageRequest, pk: int) -> HttpResponse:
    """Show every completed review to its employee, in the background."""
    cycle = cycle_for(request, pk, "performance.share_cycle")
    if request.method != "POST":
        context = {
            "cycle": cycle,
            "title": _("Share the completed reviews?"),
            "consequence": _(
                "Their employees then read the manager’s part and the final rating. This is not taken back."
            ),
            "submit": _("Share"),
        }
        return render(request, "performance/cycle_step.html", context)
    return start(
        request,
        lambda: actions.share_cycle(cycle, by=request.user),
        back=reverse("performance:cycle_detail", args=[pk]),
    )


@access(roles=HR_ROLES)
@form_view
def cycle_close(request: PageRequest, pk: int) -> HttpResponse:
    """End a cycle for good."""
    cycle = cycle_for(request, pk, "performance.close_cycle")
    if request.method != "POST":
        context = {
            "cycle": cycle,
            "title": _("Close this cycle?"),
            "consequence": _(
                "It ends for good: no review is added or reopened. Every review must be completed or withdrawn."
            ),
            "submit": _("Close the cycle"),
            "is_danger": True,
        }
        return render(request, "performance/cycle_step.html", context)
    return step(
        request,
        lambda: actions.close_cycle(cycle, by=request.user),
        done=_("The cycle is closed."),
        back=reverse("performance:cycle_detail", args=[pk]),
    )


def cycle_for(request: PageRequest, pk: int, permission: str | None = None) -> ReviewCycle:
    """The cycle of a page, with all that its settings show."""
    cycles = ReviewCycle.objects.select_related("template", "scale", "cloned_from").prefetch_related(
        "org_units", "excluded_units", "included_people", "excluded_people", "extensions__made_by"
    )
    return get_for_user(cycles, request.user, permission, pk=pk)


def _cycle_form(request: PageRequest, cycle: ReviewCycle | None) -> HttpResponse:
    form = CycleForm(request.POST or None, instance=cycle, user=request.user)
    if request.method == "POST" and form.is_valid():
        fields = form.cleaned_data
        saved = done(
            request,
            form,
            lambda: (
                actions.edit_cycle(cycle, by=request.user, **fields)
                if cycle
                else actions.create_cycle(by=request.user, **fields)
            ),
        )
        if saved:
            return redirect("performance:cycle_detail", saved.pk)
    context = {"form": form, "cycle": cycle}
    return render(request, "performance/cycle_form.html", context, status=422 if form.errors else 200)


def done(request: PageRequest, form: Any, action: Callable[[], Any]) -> Any:
    """What the action made, or None with its refusal on the form."""
    try:
        made = action()
    except ActionError as refusal:
        put_on_form(form, refusal)
        return None
    messages.success(request, _("Saved."))
    return made


def _job(request: PageRequest, cycle: ReviewCycle) -> Job | None:
    if cycle.state != CycleState.LAUNCHING or cycle.launch_job_id is None:
        return None
    return Job.objects.visible_to(request.user).filter(pk=cycle.launch_job_id).first()


def _may(user: Principal, cycle: ReviewCycle) -> dict[str, bool]:
    """What the page offers: allowed by the rules and possible in the cycle's state."""
    is_running = cycle.state in UNFINISHED_CYCLE
    possible = {
        "preview_population": cycle.state != CycleState.CLOSED,
        "extend_cycle": is_running,
        "add_missing_people": is_running,
        "begin_writing": is_running and cycle.sets_goals,
        "nudge_late": is_running,
        "clone_cycle": True,
        "stop_repeating": cycle.repeats,
        "edit_cycle": cycle.state not in (CycleState.CLOSED, CycleState.LAUNCHING),
        "launch_cycle": cycle.state in (CycleState.DRAFT, CycleState.LAUNCHING),
        "add_late_joiner": is_running,
        "share_cycle": is_running or cycle.state == CycleState.COMPLETED,
        "close_cycle": is_running or cycle.state == CycleState.COMPLETED,
    }
    return {name: now and user.has_perm(f"performance.{name}", cycle) for name, now in possible.items()}


def _guideline(cycle: ReviewCycle) -> list[tuple[str, int | None]]:
    shares = dict(cycle.guideline.values_list("value", "percent"))
    return [(level.label, shares.get(level.value)) for level in cycle.scale.levels.all()] if shares else []


def _progress(user: Principal, cycles: list[ReviewCycle]) -> dict[int, dict[str, Any]]:
    reviews = Review.objects.visible_to(user).filter(cycle__in=cycles).exclude(state=ReviewState.WITHDRAWN)
    rows = (
        reviews.order_by().values("cycle").annotate(all=Count("pk"), finished=Count("pk", filter=Q(state__in=FINISHED)))
    )
    return {row["cycle"]: {**row, "percent": 100 * row["finished"] // row["all"]} for row in rows}


def _dashboard(cycle: ReviewCycle, reviews: Any, viewer: Viewer) -> dict[str, Any]:
    """Counts by state and unit, how timely, who is late, and whom nobody reviews."""
    by_state = dict(reviews.order_by().values_list("state").annotate(Count("pk")))
    counted = reviews.exclude(state=ReviewState.WITHDRAWN)
    link = f"{reverse('performance:review_list')}?show=all&cycle={cycle.pk}"
    return {
        "states": [(state, by_state.get(state, 0), f"{link}&state={state}") for state in ReviewState],
        "total": sum(by_state.values()),
        "units": _units(counted),
        "late_count": reviews.filter(viewer.hr(), late(timezone.localdate())).count(),
        "on_time": _share_on_time(counted),
        "nobody": reviews.without_writer().with_people()[:MOST_LISTED],
        "to_share": by_state.get(ReviewState.COMPLETED, 0),
        "agreed": reviews.filter(state=ReviewState.GOAL_SETTING, goals_agreed_at__isnull=False).count(),
        "agreeing": by_state.get(ReviewState.GOAL_SETTING, 0),
        "link": link,
    }


def _units(reviews: Any) -> list[dict[str, Any]]:
    """How far each unit is; those with most still to be written first."""
    rows = (
        reviews.order_by()
        .values("org_unit", "org_unit__name")
        .annotate(
            all=Count("pk"),
            open=Count("pk", filter=Q(state__in=[ReviewState.GOAL_SETTING, *BEING_WRITTEN])),
            finished=Count("pk", filter=Q(state__in=FINISHED)),
            late=Count("pk", filter=late(timezone.localdate())),
        )
    )
    listed = rows.order_by("-open", "org_unit__name")[:MOST_UNITS]
    return [{**row, "percent": 100 * (row["all"] - row["open"]) // row["all"]} for row in listed]


def _share_on_time(reviews: Any) -> int | None:
    """Per cent of the submitted reviews that were handed in by their date; unknown until one was."""
    dated = reviews.filter(submitted_at__isnull=False, manager_due_on__isnull=False)
    counts = dated.aggregate(all=Count("pk"), on_time=Count("pk", filter=handed_in_on_time()))
    return 100 * counts["on_time"] // counts["all"] if counts["all"] else None


def _to_come(cycle: ReviewCycle) -> list[tuple[Any, Any, Any]]:
    """The next people of a cycle that follows everybody's calendar, with their day and when their review opens."""
    opens = datetime.timedelta(days=cycle.opens_days_before)
    rows = []
    for person in people_to_come(cycle).select_related("job", "org_unit")[:NEXT_SHOWN]:
        day = day_of(cycle, person.hired_on) if person.hired_on else None
        rows.append((person, day, day and day - opens))
    return rows
