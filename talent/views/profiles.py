"""Pages about people: the list of profiles, and one profile."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.common.pdf import pdf_response
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from talent.enums import OpenTopic
from talent.filters import ProfileFilter
from talent.freshness import (
    POTENTIAL_RULE,
    RATING_BUDGET,
    RATING_RULE,
    SKILL_RULE,
    SUCCESSION_BUDGET,
    SUCCESSION_RULE,
    freshness,
)
from talent.models import Aspiration, CalibratedRating, DevelopmentPlan, PoolMember, Successor, TalentProfile
from talent.models.sight import others_talent
from talent.potential.levels import performance_of
from talent.potential.shown import explain, newest_assessment
from talent.profile.drawing import drawing_of
from talent.profile.lists import PROFILES
from talent.profile.readers import readers_of
from talent.profile.sections import rendered
from talent.progress import progress_of
from talent.skills import skills_of

READERS = {Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE}
BENCH_READERS = {Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE}


@access(roles=READERS)
@require_safe
def profile_list(request: PageRequest) -> HttpResponse:
    """People one may see, with the latest calibrated rating and whether it is still good."""
    profiles = TalentProfile.objects.visible_to(request.user).with_ratings()
    found = ProfileFilter(request.GET, profiles, request=request)
    page = window(request, found.qs, PROFILES)
    rows = [{"profile": profile, "rating": latest(profile)} for profile in page.rows]
    context = {"filter": found, "page": page, "rows": rows, "rule": RATING_RULE}
    return render_list(request, "talent/profile_list.html", context, part="rows")


@access(roles=READERS)
@require_safe
def profile_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What is known of one person, each datum with the day it is from."""
    profile = get_for_user(TalentProfile.objects.with_ratings(), request.user, pk=pk)
    user, employee = request.user, profile.employee
    context = content_of(profile, user) | {
        "chart": chart_of(profile.history),
        "sections": rendered(employee, user),
        "readers": readers_of(employee, user),
        "may_add_item": user.has_perm("talent.add_item", employee),
        "may_assess": user.has_perm("talent.open_potential_assessment", employee),
    }
    return render(request, "talent/profile_detail.html", context)


@access(roles=READERS)
@require_safe
def profile_pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The profile as a document to keep, with what this reader may read and nothing else."""
    profile = get_for_user(TalentProfile.objects.with_ratings(), request.user, pk=pk)
    context = content_of(profile, request.user) | {
        "sections": rendered(profile.employee, request.user, in_print=True),
        "user": request.user,
        "made_at": timezone.now(),
    }
    url = reverse("talent:profile_detail", args=[profile.pk])
    title = f"{profile.employee.name} {_('Talent profile')}"
    return pdf_response(request, "talent/profile_document.html", context, title=title, page_url=url)


def content_of(profile: TalentProfile, user: Principal) -> dict[str, Any]:
    """What page and document show of one person to one reader; each part asks `visible_to` for itself."""
    employee, today = profile.employee, timezone.localdate()
    plans = DevelopmentPlan.objects.visible_to(user).with_items(user).open()
    plan = plans.filter(employee=employee).first()
    assessment = newest_assessment(employee.pk, user)
    return {
        "profile": profile,
        "employee": employee,
        "latest": latest(profile),
        "ratings": _with_corrections(profile, user),
        "drawing": drawing_of(profile.history),
        "performance": performance_of([employee.pk], today).get(employee.pk),
        "reads_potential": may_read_potential(employee, user),
        "potential": explain(assessment, user, today) if assessment else None,
        "skills": skills_of(employee, user),
        "aspirations": aspirations_of(employee, user),
        "plan": plan,
        "progress": progress_of(plan.seen, today) if plan else None,
        "pools": pools_of(employee, user),
        "benches": benches_of(employee, user),
        "reads_benches": bool(BENCH_READERS & user.viewer.roles),
        "rules": [RATING_RULE, POTENTIAL_RULE, SKILL_RULE, SUCCESSION_RULE],
    }


def may_read_potential(employee: Employee, user: Principal) -> bool:
    """Whether this reader reads potential of this person at all: what is closed to them is not shown as missing."""
    seen = Employee.objects.filter(others_talent(user, OpenTopic.POTENTIAL, "potential:read", ""), pk=employee.pk)
    return seen.exists()


def aspirations_of(employee: Employee, user: Principal) -> dict[str, Any]:
    """What the person wants, as far as this reader is told: now, and before."""
    said = list(Aspiration.objects.visible_to(user).filter(employee=employee).prefetch_related("jobs"))
    return {
        "current": next((row for row in said if row.valid_to is None), None),
        "earlier": [row for row in said if row.valid_to is not None],
    }


def pools_of(employee: Employee, user: Principal) -> list[PoolMember]:
    """The pools this person is in or nominated for, as far as the viewer may see them."""
    seen = PoolMember.objects.visible_to(user).standing().filter(employee=employee)
    return list(seen.select_related("pool").order_by("pool__name", "pk"))


def latest(profile: TalentProfile) -> dict[str, Any] | None:
    """The newest rating that counts, placed on its scale, with its freshness; None where there is none yet."""
    return rated(profile.history[0]) if profile.history else None


def rated(rating: CalibratedRating) -> dict[str, Any]:
    """A rating as pages show it."""
    return {
        "rating": rating,
        "position": position_of(rating),
        "freshness": freshness(rating.period_ends_on, RATING_BUDGET, timezone.localdate()),
    }


def position_of(rating: CalibratedRating) -> int | None:
    """Where it lies on a scale of five steps, whatever its own scale is."""
    width = rating.highest - rating.lowest
    return 1 + round(4 * (rating.value - rating.lowest) / width) if width else None


def chart_of(ratings: list[CalibratedRating]) -> dict[str, Any]:
    """Ratings over time, oldest first; on different scales, each as its place on its own."""
    oldest_first = ratings[::-1]
    scales = {(rating.lowest, rating.highest) for rating in ratings}
    same_scale = len(scales) == 1
    lowest, highest = scales.pop() if same_scale else (0, 100)
    values = [rating.value if same_scale else _percent(rating) for rating in oldest_first]
    return {
        "type": "line",
        "labels": [rating.period for rating in oldest_first],
        "series": [{"label": _("Calibrated rating"), "values": values, "tone": "accent"}],
        "lowest": lowest,
        "highest": highest,
        "percent": not same_scale,
    }


def _percent(rating: CalibratedRating) -> int | None:
    width = rating.highest - rating.lowest
    return round(100 * (rating.value - rating.lowest) / width) if width else None


def _with_corrections(profile: TalentProfile, user: Principal) -> list[dict[str, Any]]:
    """Each rating that counts, with those it replaced and the way back to where it was decided."""
    replaced: dict[str, list[CalibratedRating]] = {}
    for rating in profile.ratings.exclude(replaced_at=None).newest_first():
        replaced.setdefault(rating.source, []).append(rating)
    links: dict[int, str] = {}
    for shown in collect("talent.rating_lineage", viewer_user=user, ratings=profile.history):
        links |= shown
    return [
        rated(rating) | {"replaced": replaced.get(rating.source, []), "lineage_url": links.get(rating.pk)}
        for rating in profile.history
    ]


def benches_of(employee: Any, user: Principal) -> list[dict[str, Any]]:
    """The benches this person stands on, as far as the viewer may see each."""
    found = Successor.objects.visible_to(user).standing().filter(employee=employee, plan__is_active=True)
    return [
        {
            "successor": successor,
            "freshness": freshness(successor.assessed_on, SUCCESSION_BUDGET, timezone.localdate()),
        }
        for successor in found.select_related("plan__position__org_unit")
    ]
