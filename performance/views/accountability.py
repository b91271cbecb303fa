"""What nothing followed from, and the figures of performance, for those who answer for people."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hrportal.common.access import access
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.enums.accountability import LooseEnd
from performance.forms.accountability import FiguresForm, UnitForm
from performance.insight.accountability import counts_of, line_of, loose_ends, with_details
from performance.insight.charts import distribution_rows, top_of
from performance.insight.metrics import MOST_CYCLES, cycle_to_show, recent_cycles, report, trend
from performance.insight.reach import ANSWERABLE
from performance.insight.span import Walk, total, walk
from performance.lists import LEFT_LYING


@access(roles=ANSWERABLE)
@require_safe
def accountability(request: PageRequest) -> HttpResponse:
    """What was said, decided or promised, and nothing followed: how much in each unit, and each of them."""
    form = UnitForm(request.GET)
    unit = form.chosen_unit
    counted = _counted(request.user, walk(request.user, unit), unit)
    kind = _shown(request, counted["totals"])
    page = window(request, with_details(loose_ends(request.user, kind, unit), kind, request.user), LEFT_LYING[kind])
    context = {
        "filter": SimpleNamespace(form=form, data=request.GET),
        "unit": unit,
        "show": kind,
        "tabs": LooseEnd.choices,
        "page": page,
        "lines": [line_of(row, kind) for row in page.rows],
        **counted,
    }
    return render_list(request, "performance/accountability.html", context, part="list")


@access(roles=ANSWERABLE)
@require_safe
def metrics(request: PageRequest) -> HttpResponse:
    """The figures of a cycle for a unit and those below it, and of the cycles before."""
    form = FiguresForm(request.GET, user=request.user)
    unit = form.chosen_unit
    cycle = (form.is_valid() and form.cleaned_data.get("cycle")) or cycle_to_show(request.user)
    context: dict[str, Any] = {"filter": SimpleNamespace(form=form, data=request.GET), "unit": unit, "cycle": cycle}
    if cycle:
        made = report(request.user, cycle, unit)
        context |= {"report": made, "steps": made.place.above, "ratings": distribution_rows(cycle, made.here.ratings)}
        context["top"] = top_of(context["ratings"])
        context["trend"] = trend(request.user, unit, list(recent_cycles(request.user)[:MOST_CYCLES]))
    return render(request, "performance/metrics.html", context)


def _shown(request: PageRequest, totals: list[tuple[LooseEnd, int]]) -> LooseEnd:
    """The kind that was asked for; else the first there is anything of."""
    show = request.GET.get("show", "")
    if show in LooseEnd.values:
        return LooseEnd(show)
    return next((kind for kind, count in totals if count), LooseEnd.REVIEWS)


def _counted(user: Principal, place: Walk, unit: OrgUnit | None) -> dict[str, Any]:
    """How many of each kind there are, here and in each unit one step below."""
    counts = {kind: counts_of(user, kind, unit) for kind in LooseEnd}
    return {
        "place": place,
        "steps": place.above,
        "totals": [(kind, sum(counts[kind].values())) for kind in LooseEnd],
        "units": [
            {
                "unit": below,
                "people": total(place.people, below.path),
                "counts": [(kind, total(counts[kind], below.path)) for kind in LooseEnd],
            }
            for below in place.below
        ],
    }
