"""Pages about benches: the critical roles, one role's bench, and what HR does to it."""

from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from talent.bench import is_covered, is_empty, is_stale, is_thin
from talent.enums import Readiness
from talent.filters import BenchFilter
from talent.freshness import SUCCESSION_BUDGET, SUCCESSION_RULE, freshness
from talent.gaps import requirements_of
from talent.models import SuccessionPlan, Successor, TalentProfile
from talent.views.profiles import BENCH_READERS, latest


@access(roles=BENCH_READERS)
@require_safe
def bench_list(request: PageRequest) -> HttpResponse:
    """All critical roles one may see: how many are covered, and which are not."""
    plans = SuccessionPlan.objects.visible_to(request.user).active().with_bench()
    found = BenchFilter(request.GET, plans, request=request)
    ordering = request.GET.get("ordering", "")
    by_tree = found.qs.order_by("position__org_unit__path", "position__name", "pk")
    page = window(request, found.qs if ordering else by_tree)
    context = {
        "filter": found,
        "page": page,
        "rows": [judged(plan) for plan in page.rows],
        "summary": summary_of(found.qs),
        "rule": SUCCESSION_RULE,
        "ordering": ordering,
        "as_table": request.GET.get("view") == "table",
        "may_designate": request.user.has_perm("talent.designate_critical_role"),
    }
    return render_list(request, "talent/bench_list.html", context, part="rows")


@access(roles=BENCH_READERS)
@require_safe
def bench_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One critical role: why, who sits there, who could, how far each is, and how fresh all of it is."""
    plan = get_for_user(SuccessionPlan.objects.active().with_bench(), request.user, pk=pk)
    people = [successor.employee for successor in plan.bench]
    manages = request.user.has_perm("talent.endorse_plan", plan)
    context = judged(plan) | {
        "groups": _grouped(plan.bench, profiles_of(people, request.user)),
        "people": people,
        "requirements": requirements_of(plan.position.job, people, request.user),
        "manages": manages,
        "removed": _removed(plan, request.user) if manages else [],
        "rule": SUCCESSION_RULE,
    }
    return render(request, "talent/bench_detail.html", context)


def judged(plan: SuccessionPlan) -> dict[str, Any]:
    """A bench with its verdict, as cards and tables show it."""
    today, strength = timezone.localdate(), plan.strength
    return {
        "plan": plan,
        "strength": strength,
        "health": strength.health(today),
        "cover": strength.cover,
        "is_stale": strength.is_stale(today),
        "freshness": freshness(plan.reviewed_on, SUCCESSION_BUDGET, today),
    }


def summary_of(plans: QuerySet[SuccessionPlan]) -> dict[str, Any]:
    """How many benches show which colour, and which share is covered; no share of nothing."""
    today = timezone.localdate()
    counts = plans.order_by().aggregate(
        total=Count("pk"),
        covered=Count("pk", filter=is_covered()),
        covered_stale=Count("pk", filter=is_covered() & is_stale(today)),
        thin=Count("pk", filter=is_thin()),
        empty=Count("pk", filter=is_empty()),
        stale=Count("pk", filter=is_stale(today)),
    )
    share = round(100 * counts["covered"] / counts["total"]) if counts["total"] else None
    return counts | {"covered_share": share}


def profiles_of(people: list[Any], user: Any) -> dict[int, TalentProfile]:
    """The profiles of these people that this user may read, by employee."""
    visible = TalentProfile.objects.visible_to(user).with_ratings().filter(employee__in=people)
    return {profile.employee_id: profile for profile in visible}


def _grouped(bench: list[Successor], profiles: dict[int, TalentProfile]) -> list[dict[str, Any]]:
    """The bench by readiness, best first; an empty band is shown as empty."""
    return [
        {"readiness": band, "rows": [_row(s, profiles.get(s.employee_id)) for s in bench if s.readiness == band]}
        for band in Readiness
    ]


def _row(successor: Successor, profile: TalentProfile | None) -> dict[str, Any]:
    return {
        "successor": successor,
        "profile": profile,
        "latest": latest(profile) if profile else None,
        "freshness": freshness(successor.assessed_on, SUCCESSION_BUDGET, timezone.localdate()),
    }


def _removed(plan: SuccessionPlan, user: Any) -> list[Successor]:
    gone = Successor.objects.visible_to(user).filter(plan=plan).exclude(removed_at=None)
    return list(gone.select_related("employee").order_by("-removed_at"))
