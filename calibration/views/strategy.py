"""Proposing development goals for a family of jobs: what it would do, and doing it."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from calibration.actions.strategy import start_proposing_from_strategy
from calibration.bridge.proposing import MOST_PREVIEWED, WHY_NOT, Preview, family_people, is_family, preview_of
from calibration.views.common import say
from hrportal.common.access import access
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.people.enums import HR_ROLES
from hrportal.people.models import Competency, Employee

MOST_NAMED = 20


@access(roles=HR_ROLES)
@require_http_methods(["GET", "POST"])
def strategy_propose(request: PageRequest) -> HttpResponse:
    """Look at what would be proposed to whom, and who is left out and why; sent, have it done in the background."""
    family = request.POST.get("family") or request.GET.get("family", "")
    if not family:
        return redirect("talent:strategy_list")
    if not is_family(family):
        raise Http404
    back = f"{reverse('talent:strategy_detail')}?{urlencode({'family': family})}"
    if request.method == "POST":
        try:
            job = start_proposing_from_strategy(by=request.user, family=family, result_url=back)
        except ActionError as refusal:
            say(request, refusal)
        else:
            return redirect("home:job_detail", job.pk)
    people = family_people(family, request.user)
    total = people.count()
    preview = preview_of(people) if total <= MOST_PREVIEWED else None
    context = {
        "family": family,
        "back": back,
        "export_query": urlencode({"family": family}),
        "total": total,
        "preview": preview,
        "competencies": _competencies(preview) if preview else [],
        "left_out": _left_out(preview) if preview else [],
    }
    return render(request, "calibration/strategy_propose.html", context)


def _competencies(preview: Preview) -> list[dict[str, Any]]:
    """By competency, to how many it would be proposed."""
    names = Competency.objects.in_bulk(preview.competencies)
    rows = [{"competency": names[pk], "people": many} for pk, many in preview.competencies.items()]
    return sorted(rows, key=lambda row: (-row["people"], row["competency"].name))


def _left_out(preview: Preview) -> list[dict[str, Any]]:
    """By reason, how many are left out and the first of them by name."""
    shown = [pk for people in preview.left_out.values() for pk in people[:MOST_NAMED]]
    names = Employee.objects.in_bulk(shown)
    return [
        {"why": WHY_NOT[why], "many": len(people), "people": [names[pk] for pk in people[:MOST_NAMED]]}
        for why, people in sorted(preview.left_out.items())
    ]
