"""A whole cycle after its sessions: what was decided, what waits to be completed, and completing all of it at once."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from calibration.actions.completion import complete_cycle, decisions_in
from calibration.decisions import progress
from calibration.decisions.nowhere import reviews_in_no_session
from calibration.models import CalibrationSession
from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest
from hrportal.common.pages import step
from hrportal.people.enums import HR_ROLES
from performance.models import ReviewCycle

MOST_NAMED = 20


@access(roles=HR_ROLES)
@require_safe
def cycle_outcome(request: PageRequest, pk: int) -> HttpResponse:
    """The sessions of a cycle, how far their reviews are, and the reviews that lay in none."""
    cycle = _cycle_for(request, pk)
    decided, user = decisions_in(cycle), request.user
    done, job = progress.standing_of(decided, user), progress.cycle_job(cycle, user)
    sessions = CalibrationSession.objects.visible_to(user).filter(cycle=cycle)
    nowhere = reviews_in_no_session(cycle, user)
    works = user.has_perm("calibration.complete_cycle", cycle)
    context = {
        "cycle": cycle,
        "sessions": sessions.with_cycle().with_counts(user).order_by("state", "name"),
        "nowhere": nowhere.select_related("employee", "reviewer")[:MOST_NAMED],
        "nowhere_count": nowhere.count(),
        "progress": done,
        "may_complete": works and decided.to_complete().exists(),
        "may_share": bool(done["to_share"]) and user.has_perm("performance.share_cycle", cycle),
        "job": job,
        "left_out": progress.left_out_of(job, user),
        "is_moving": progress.is_moving(done, job),
        "query": f"cycle={cycle.pk}",
    }
    return render(request, "calibration/cycle_outcome.html", context)


@access(roles=HR_ROLES)
@require_POST
def cycle_complete(request: PageRequest, pk: int) -> HttpResponse:
    cycle = _cycle_for(request, pk, "calibration.complete_cycle")
    return step(
        request, lambda: complete_cycle(cycle, by=request.user), back=reverse("calibration:cycle_outcome", args=[pk])
    )


def _cycle_for(request: PageRequest, pk: int, permission: str | None = None) -> ReviewCycle:
    cycles = ReviewCycle.objects.filter(is_calibrated=True).prefetch_related("org_units")
    return get_for_user(cycles, request.user, permission, pk=pk)
