"""Pages about all benches: drawn as a chart, looked at together, and what an absence would break."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.journal.models import Job
from hrportal.people.models import Employee
from hrportal.people.search import named
from hrportal.people.viewer import Principal
from talent import actions
from talent.filters import ChartFilter
from talent.models import BenchStudy, SuccessionPlan, Successor
from talent.succession.chart import MOST_DRAWN, chart_of, flat
from talent.succession.leaving import chain_from, leaving_of
from talent.succession.together import STAYS_CURRENT, read_study
from talent.views.succession import BENCH_READERS, refuse_others

ZOOMS = ("60", "80", "100", "120")
SHOWN = 12
FIGURE_WORDS = {
    "covered": _("Roles with a successor ready within 24 months"),
    "ready_now": _("Roles with somebody ready now"),
    "net": _("Roles that distinct people could fill at once"),
    "slots": _("Places on benches"),
}


@access(roles=BENCH_READERS)
@require_safe
def bench_chart(request: PageRequest) -> HttpResponse:
    """The critical roles as an organisation chart, with who could follow whom."""
    refuse_others(request)
    plans = SuccessionPlan.objects.visible_to(request.user).active().with_bench()
    found = ChartFilter(request.GET, plans, request=request)
    drawn = list(found.qs.order_by("position__org_unit__path", "position__name", "pk")[: MOST_DRAWN + 1])
    nodes = chart_of(drawn[:MOST_DRAWN], request.user)
    zoom = request.GET.get("zoom", "")
    context = {
        "filter": found,
        "nodes": nodes,
        "rows": list(flat(nodes)),
        "is_cut": len(drawn) > MOST_DRAWN,
        "most": MOST_DRAWN,
        "zoom": zoom if zoom in ZOOMS else "100",
        "zooms": ZOOMS,
        "tab": "chart",
    }
    return render(request, "talent/bench_chart.html", context)


@access(roles=BENCH_READERS)
@require_safe
def benches_together(request: PageRequest) -> HttpResponse:
    """The latest study of all benches one may see, or why there is none and how to have one made."""
    refuse_others(request)
    studies = BenchStudy.objects.visible_to(request.user)
    latest, running = studies.computed().first(), studies.first()
    context: dict[str, Any] = {"tab": "together", "study": latest}
    if running and not running.computed_at and running.job_id:
        context["job"] = Job.objects.visible_to(request.user).filter(pk=running.job_id).first()
    if latest and latest.computed_at:
        is_old = latest.computed_at < timezone.now() - STAYS_CURRENT
        context |= {"view": read_study(latest, request.user), "freshness": "stale" if is_old else "fresh"}
    return render(request, "talent/benches_together.html", context)


@access(roles=BENCH_READERS)
@require_POST
def bench_study_start(request: PageRequest) -> HttpResponse:
    """Have one computed; the page shows how far it is."""
    refuse_others(request)
    actions.start_bench_study(by=request.user)
    return redirect("talent:benches_together")


@access(roles=BENCH_READERS)
@require_safe
def what_if(request: PageRequest) -> HttpResponse:
    """Pick somebody: what would break if they left."""
    refuse_others(request)
    people = _people(request.user)
    asked, search = request.GET.get("person", ""), request.GET.get("q", "").replace("\x00", "")
    context: dict[str, Any] = {"tab": "what_if", "search": search, "person": None}
    if asked:
        context |= _leaving(people, asked, request.user)
    else:
        context["found"] = people.filter(named(search))[:SHOWN]
    return render(request, "talent/what_if.html", context)


def _people(user: Principal) -> Any:
    """Who stands on a bench or holds a critical seat that this reader sees."""
    plans = SuccessionPlan.objects.visible_to(user).active().order_by().values("pk")
    standing = Successor.objects.visible_to(user).filter(plan__in=plans).standing().order_by().values("employee")
    seats = SuccessionPlan.objects.filter(pk__in=plans).values("position")
    people = Employee.objects.employed().filter(Q(pk__in=standing) | Q(position__in=seats))
    return people.select_related("job", "org_unit", "position")


def _leaving(people: Any, asked: str, user: Principal) -> dict[str, Any]:
    person = people.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None
    if person is None:
        raise Http404
    found = leaving_of(person, user)
    figures = [{"words": FIGURE_WORDS[each.name], "figure": each} for each in found.figures]
    return {"person": person, "leaving": found, "figures": figures}


@access(roles=BENCH_READERS)
@require_safe
def bench_lineage(request: PageRequest, pk: int) -> HttpResponse:
    """Who would follow into this seat, and who into theirs, until nobody is named or the chain closes to a circle."""
    plan = get_for_user(
        SuccessionPlan.objects.active().select_related("position__incumbent", "position__org_unit"), request.user, pk=pk
    )
    context = {"plan": plan, "chain": chain_from(plan.position, plan.incumbent, request.user)}
    return render(request, "talent/bench_lineage.html", context)
