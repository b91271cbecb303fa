"""The cascade of goals, walked from the company's strategy down to one person and back."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.common.paging import of, window
from hrportal.people.viewer import Principal
from performance.filters import CascadeFilter
from performance.goal_lists import CASCADE, below, drawn
from performance.goals.cascade import flat, forest, with_all_above
from performance.models import Objective

PAGE = 25
MOST_BELOW = 60


@access()
@require_safe
def goal_tree(request: PageRequest) -> HttpResponse:
    """The goals at the top with those just below them; with `at`, one goal between those above and below it; filtered, what was found with all above."""
    found = CascadeFilter(request.GET, queryset=drawn(request.user), request=request)
    focus = _focus(request)
    goals = _goals(request, found, focus)
    page = window(request, goals, CASCADE, size=PAGE)
    is_filtered = found.form.has_changed()
    under = [] if focus or is_filtered else _just_below(request.user, page.rows)
    shown = with_all_above([*([focus] if focus else []), *page.rows, *under], request.user)
    nodes = forest(shown, {goal.pk for goal in page.rows} if is_filtered else None)
    context = {"filter": found, "focus": focus, "page": page, "nodes": nodes, "rows": list(flat(nodes))}
    return render(request, "performance/goal_tree.html", context)


@access()
@require_safe
def goal_branch(request: PageRequest, pk: int) -> HttpResponse:
    """The goals that contribute to one goal, a page of them, to be put below it; without htmx its place in the tree."""
    goal = get_for_user(Objective.objects.all(), request.user, pk=pk)
    if not request.htmx:
        return redirect(f"{reverse('performance:goal_tree')}?at={goal.pk}")
    page = window(request, below(request.user, goal), CASCADE, query=of(request, at=pk), size=PAGE)
    return render(request, "performance/goal_branch.html", {"nodes": forest(page.rows), "page": page, "goal": goal})


def _goals(request: PageRequest, found: CascadeFilter, focus: Objective | None) -> QuerySet[Objective]:
    if focus:
        return below(request.user, focus)
    if found.form.has_changed():
        return found.qs.order_by("path")
    return found.qs.filter(parent=None).exclude(level="individual").order_by("path")


def _just_below(user: Principal, goals: list[Objective]) -> list[Objective]:
    """What contributes to the goals at the top, so that the cascade is seen before anything is opened."""
    return list(drawn(user).filter(parent__in=goals).order_by("path")[:MOST_BELOW])


def _focus(request: PageRequest) -> Objective | None:
    at = request.GET.get("at", "")
    if not is_number(at):
        return None
    return get_for_user(
        Objective.objects.with_results().with_staleness().with_contributors(request.user), request.user, pk=int(at)
    )
