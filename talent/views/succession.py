"""Pages about benches: the critical roles, one role's bench, and each of its successors beside the role."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.common.pdf import pdf_response
from hrportal.people.enums import HR_ROLES, Role
from hrportal.people.viewer import Principal
from talent.bench import is_covered, is_empty, is_stale, is_thin
from talent.enums import Datum, Readiness, RetirementOutlook
from talent.filters import BenchFilter
from talent.freshness import SUCCESSION_BUDGET, SUCCESSION_RULE, freshness
from talent.models import (
    BenchSnapshot,
    ExternalSuccessor,
    FlightRisk,
    PotentialAssessment,
    SuccessionPlan,
    Successor,
    TalentProfile,
)
from talent.scores.bench import CHANCE_OF, VACANCY_OF
from talent.scores.readiness import MONTHS_PER_EXPERIENCE, MONTHS_PER_LEVEL
from talent.scores.retirement import retirement_outlook
from talent.skills.counting import COUNTING_RULE
from talent.staleness import StaleDatum
from talent.succession.assessed import Assessed, BenchView, bench_view, ninety_days_of
from talent.succession.chances import STAY_OF
from talent.succession.lists import BENCHES
from talent.succession.snapshots import difference, shown_place
from talent.views.profiles import latest

BENCH_READERS = {Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE}
MOST_SNAPSHOTS = 12
FEWEST_COMPARED, MOST_COMPARED = 2, 5


def refuse_others(request: PageRequest) -> None:
    """A manager to whom nothing of succession was opened does not find its pages."""
    if not request.user.has_perm("talent.read_benches"):
        raise Http404


@access(roles=BENCH_READERS)
@require_safe
def bench_list(request: PageRequest) -> HttpResponse:
    """All critical roles one may see: how many are covered, and which are not."""
    refuse_others(request)
    plans = SuccessionPlan.objects.visible_to(request.user).active().with_bench()
    found = BenchFilter(request.GET, plans, request=request)
    ordering = request.GET.get("ordering", "")
    by_tree = found.qs.order_by("position__org_unit__path", "position__name", "pk")
    page = window(request, found.qs if ordering else by_tree, BENCHES)
    context = {
        "filter": found,
        "page": page,
        "rows": [judged(plan) for plan in page.rows],
        "summary": summary_of(found.qs),
        "rule": SUCCESSION_RULE,
        "ordering": ordering,
        "as_table": request.GET.get("view") == "table",
        "may_designate": request.user.has_perm("talent.designate_critical_role"),
        "tab": "benches",
    }
    return render_list(request, "talent/bench_list.html", context, part="rows")


@access(roles=BENCH_READERS)
@require_safe
def bench_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One critical role: why, who sits there, who could, how far each is, and how fresh all of it is."""
    plan = get_for_user(SuccessionPlan.objects.active().with_bench(), request.user, pk=pk)
    manages = request.user.has_perm("talent.endorse_plan", plan)
    context = bench_context(plan, request.user) | {
        "manages": manages,
        "export_query": f"plan={pk}",
        "removed": _removed(plan, request.user) if manages else [],
        "removed_externals": plan.externals.exclude(removed_at=None) if manages else [],
        "snapshots": BenchSnapshot.objects.visible_to(request.user).filter(plan=plan)[:MOST_SNAPSHOTS],
    }
    newest = next(iter(context["snapshots"]), None)
    return render(
        request,
        "talent/bench_detail.html",
        context | {"edits": plan.version - newest.plan_version if newest else None, "newest": newest},
    )


@access(roles=BENCH_READERS)
@require_safe
def bench_pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The bench on paper, for a board."""
    plan = get_for_user(SuccessionPlan.objects.active().with_bench(), request.user, pk=pk)
    context = bench_context(plan, request.user) | {"today": timezone.localdate()}
    title = _("Bench %s") % plan.position.name
    return pdf_response(request, "talent/bench_pdf.html", context, title=title, page_url=plan.get_absolute_url())


def bench_context(plan: SuccessionPlan, user: Principal) -> dict[str, Any]:
    """Everything that page and paper show of a bench, read `with_bench`."""
    view = bench_view(plan, user)
    profiles = profiles_of([successor.employee for successor in plan.bench], user)
    return (
        judged(plan)
        | {
            "view": view,
            "groups": _grouped(view, profiles),
            "demands": _demands(view),
            "externals": ExternalSuccessor.objects.visible_to(user).filter(plan=plan).standing(),
            "ninety_days": ninety_days_of(plan, user),
            "retirement": retirement_of(plan, user),
            "rule": SUCCESSION_RULE,
        }
        | constants()
    )


def constants() -> dict[str, Any]:
    """What the figures rest on, so that whoever reads them can work them out again."""
    chances = [(Readiness(band).label, chance) for band, chance in CHANCE_OF.items()]
    return {
        "chances": chances,
        "stay_of": STAY_OF,
        "vacancy_of": VACANCY_OF,
        "months_per_level": MONTHS_PER_LEVEL,
        "months_per_experience": MONTHS_PER_EXPERIENCE,
    }


def retirement_of(plan: SuccessionPlan, user: Principal) -> Promise | str | None:
    """When the incumbent may retire, as a band, for the HR of this person alone; None for everybody else and if unknown."""
    incumbent, viewer = plan.incumbent, user.viewer
    if incumbent is None or viewer.scopes is not None or not viewer.has(*map(Role, HR_ROLES)):
        return None
    if not viewer.looks_after(incumbent):
        return None
    outlook = retirement_outlook(incumbent.birth_year, timezone.localdate().year)
    return RetirementOutlook(outlook).label if outlook else None


@access(roles=BENCH_READERS)
@require_safe
def successor_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One successor beside the role: every number with what it is made of, so that anybody can work it out again."""
    rows = Successor.objects.standing().filter(plan__is_active=True)
    successor = get_for_user(rows, request.user, pk=pk)
    plan = SuccessionPlan.objects.visible_to(request.user).with_bench().get(pk=successor.plan_id)
    view = bench_view(plan, request.user)
    row = next(each for each in view.rows if each.successor.pk == successor.pk)
    context = {
        "view": view,
        "plan": plan,
        "row": row,
        "turns": [pair for pair in view.turning if row in pair],
        "stale": readable_stale(row.successor, request.user),
        "manages": request.user.has_perm("talent.change_readiness", row.successor),
        "ninety_days": [each for each in ninety_days_of(plan, request.user) if each.plan.successor_id == successor.pk],
        "freshness": freshness(successor.assessed_on, SUCCESSION_BUDGET, timezone.localdate()),
        "rules": [COUNTING_RULE, SUCCESSION_RULE],
    }
    return render(request, "talent/successor_detail.html", context | constants())


@access(roles=BENCH_READERS)
@require_safe
def successors_compare(request: PageRequest, pk: int) -> HttpResponse:
    """Two to five successors of one bench side by side."""
    plan = get_for_user(SuccessionPlan.objects.active().with_bench(), request.user, pk=pk)
    view = bench_view(plan, request.user)
    wanted = {int(each) for each in request.GET.getlist("successor") if each.isdecimal() and len(each) < 12}
    chosen = [row for row in view.rows if row.successor.pk in wanted][:MOST_COMPARED]
    rows = chosen if len(chosen) >= FEWEST_COMPARED else view.rows[:MOST_COMPARED]
    compared = BenchView(plan, rows)
    context = {
        "view": compared,
        "plan": plan,
        "everybody": view.rows,
        "demands": _demands(compared),
        "is_enough": len(rows) >= FEWEST_COMPARED,
        "most": MOST_COMPARED,
        "export_query": urlencode([("plan", pk), *(("successor", row.successor.pk) for row in rows)]),
    }
    return render(request, "talent/successors_compare.html", context)


@access(roles=BENCH_READERS)
@require_safe
def snapshot_detail(request: PageRequest, pk: int) -> HttpResponse:
    """A bench as it was endorsed, and what is different now."""
    snapshots = BenchSnapshot.objects.filter(plan__is_active=True).select_related(
        "plan__position", "incumbent", "endorsed_by"
    )
    snapshot = get_for_user(snapshots, request.user, pk=pk)
    plan = SuccessionPlan.objects.visible_to(request.user).get(pk=snapshot.plan_id)
    found = difference(snapshot, plan, request.user)
    context = {
        "snapshot": snapshot,
        "plan": plan,
        "export_query": f"snapshot={pk}",
        "seats": snapshot.seats.select_related("employee__job", "employee__org_unit"),
        "difference": found,
        "people": [
            {"person": each.what, "before": shown_place(each.before), "now": shown_place(each.now)}
            for each in found.people
        ],
        "stale": len(snapshot.rested_on_stale),
    }
    return render(request, "talent/snapshot_detail.html", context)


def readable_stale(successor: Successor, user: Principal) -> list[StaleDatum]:
    """What an approval rested on that was out of date, of the kinds this reader may read about the person."""
    data = [StaleDatum.of(each) for each in successor.rested_on_stale]
    person = {"employee": successor.employee_id}
    may = {
        Datum.SUCCESSION: lambda: True,
        Datum.RATING: lambda: TalentProfile.objects.visible_to(user).filter(**person).exists(),
        Datum.POTENTIAL: lambda: PotentialAssessment.objects.visible_to(user).filter(**person).exists(),
        Datum.FLIGHT_RISK: lambda: FlightRisk.objects.visible_to(user).filter(**person).exists(),
    }
    return [datum for datum in data if may[datum.kind]()]


def _demands(view: BenchView) -> list[dict[str, Any]]:
    """What the role asks for, a line for each competency, with the line of each successor."""
    if not view.rows:
        return []
    return [
        {"competency": lines[0].competency, "demand": lines[0].fit.demand, "lines": list(lines)}
        for lines in zip(*(row.lines for row in view.rows), strict=True)
    ]


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


def profiles_of(people: list[Any], user: Principal) -> dict[int, TalentProfile]:
    """The profiles of these people that this user may read, by employee."""
    visible = TalentProfile.objects.visible_to(user).with_ratings().filter(employee__in=people)
    return {profile.employee_id: profile for profile in visible}


def _grouped(view: BenchView, profiles: dict[int, TalentProfile]) -> list[dict[str, Any]]:
    """The bench by readiness, best first; an empty band is shown as empty."""
    return [
        {
            "readiness": band,
            "rows": [
                _row(row, profiles.get(row.successor.employee_id))
                for row in view.rows
                if row.successor.readiness == band
            ],
        }
        for band in Readiness
    ]


def _row(assessed: Assessed, profile: TalentProfile | None) -> dict[str, Any]:
    successor = assessed.successor
    return {
        "successor": successor,
        "assessed": assessed,
        "profile": profile,
        "latest": latest(profile) if profile else None,
        "freshness": freshness(successor.assessed_on, SUCCESSION_BUDGET, timezone.localdate()),
    }


def _removed(plan: SuccessionPlan, user: Principal) -> list[Successor]:
    gone = Successor.objects.visible_to(user).filter(plan=plan).exclude(removed_at=None)
    return list(gone.select_related("employee").order_by("-removed_at"))
