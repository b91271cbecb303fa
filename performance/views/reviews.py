"""Reviews to read: the list, one review, the receipt after handing in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.people.enums import Role
from hrportal.people.slots import collect
from performance.audience import readers_of
from performance.enums import BEING_WRITTEN, Side
from performance.filters import ReviewFilter
from performance.models import Review
from performance.reading import parts_for
from performance.steps import offered_steps
from performance.views.timeline import milestones_of

BY_NAME = ("employee__last_name", "employee__first_name", "pk")


@access()
@require_safe
def review_list(request: PageRequest) -> HttpResponse:
    """Reviews one writes, leads, looks after or has; the tabs are the reader's own."""
    reviews = Review.objects.visible_to(request.user).with_people().with_ratings_for(request.user)
    data = request.GET.copy()
    data.setdefault("show", _first_tab(request.user))
    # A whole company is not sorted by name for one page of it: there the newest come first, and a search finds the rest.
    order = ["-pk"] if data["show"] == "all" else ["-cycle__ends_on", *BY_NAME]
    found = ReviewFilter(data, queryset=reviews.order_by(*order), request=request)
    context = {
        "filter": found,
        "page": window(request, found.qs),
        "tabs": _tabs(request.user),
        "show": data["show"],
        "being_written": BEING_WRITTEN,
    }
    return render_list(request, "performance/review_list.html", context)


@access()
@require_safe
def review_detail(request: PageRequest, pk: int) -> HttpResponse:
    """One review, as far as this reader may see it, with the steps that are open to them."""
    review = _review(request, pk)
    may_see_remarks = request.user.has_perm("performance.see_remarks", review)
    context = {
        "review": review,
        "parts": parts_for(request.user, review),
        "steps": offered_steps(request.user, review),
        "milestones": milestones_of(review, with_remarks=may_see_remarks),
        "readers": readers_of(review),
        "panels": collect("performance.review_panels", user=request.user, review=review, request=request),
        "is_own": review.employee_id == request.user.viewer.employee_id,
    }
    return render(request, "performance/review_detail.html", context)


@access()
@require_safe
def review_receipt(request: PageRequest, pk: int) -> HttpResponse:
    """What was handed in, word for word as it is stored."""
    review = _review(request, pk)
    side = Side.SELF if review.employee_id == request.user.viewer.employee_id else Side.MANAGER
    parts = [read for read in parts_for(request.user, review) if read.part.side == side]
    waiting = Review.objects.visible_to(request.user).filter(
        reviewer=request.user.viewer.employee_id, state__in=BEING_WRITTEN
    )
    context = {"review": review, "parts": parts, "is_own": side == Side.SELF, "next_review": None}
    if side == Side.MANAGER and request.user.viewer.employee_id:
        context["next_review"] = waiting.with_people().order_by("state", *BY_NAME).first()
    return render(request, "performance/review_receipt.html", context)


def _review(request: PageRequest, pk: int) -> Review:
    reviews = Review.objects.with_people().select_related(
        "cycle__template", "employee__org_unit", "employee__job", "reviewer", "manager_at_launch"
    )
    return get_for_user(reviews.with_ratings_for(request.user), request.user, pk=pk)


def _first_tab(user: Any) -> str:
    if user.viewer.has(Role.MANAGER):
        return "to_write"
    return "all" if user.viewer.is_hr else "own"


def _tabs(user: Any) -> list[tuple[str, str]]:
    tabs = []
    if user.viewer.has(Role.MANAGER):
        tabs += [("to_write", _("To write")), ("to_approve", _("To approve")), ("team", _("My team"))]
    if user.viewer.employee_id:
        tabs.append(("own", _("My own")))
    if user.viewer.is_hr:
        tabs.append(("all", _("All I look after")))
    return tabs
