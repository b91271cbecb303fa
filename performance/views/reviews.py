"""Reviews to read: the list, one review, the receipt after handing in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest, render_list
from hrportal.common.paging import window
from hrportal.common.pdf import pdf_response
from hrportal.people.enums import Role
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from performance.actions import settle_reviewer_change
from performance.enums import BEING_WRITTEN, RemarkKind, ReviewerChangeState, Side
from performance.filters import ReviewFilter
from performance.lists import REVIEWS
from performance.models import PartVersion, Review, ReviewerChange, ReviewRemark
from performance.reviews.audience import readers_of
from performance.reviews.reading import parts_for
from performance.reviews.steps import offered_steps
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
        "page": window(request, found.qs, REVIEWS, query=data),
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
    user = request.user
    may_see_remarks = user.has_perm("performance.see_remarks", review)
    context = {
        "review": review,
        "parts": parts_for(request.user, review),
        "steps": offered_steps(request.user, review),
        "milestones": milestones_of(review, with_remarks=may_see_remarks),
        "readers": readers_of(review),
        "panels": collect("performance.review_panels", user=request.user, review=review, request=request),
        "is_own": review.employee_id == request.user.viewer.employee_id,
        "settlement": settlement_of(review) if review.is_seen_by_employee else None,
        "delegation": review.current_delegation if may_see_remarks else None,
        "change": open_change_of(review) if user.has_perm("performance.settle_reviewer_change", review) else None,
        "versions_of": _sides_with_versions(user, review),
        "has_revisions": may_see_remarks and review.revision > 1,
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
    context: dict[str, Any] = {"review": review, "parts": parts, "is_own": side == Side.SELF, "next_review": None}
    if side == Side.MANAGER and request.user.viewer.employee_id:
        context["next_review"] = waiting.with_people().order_by("state", *BY_NAME).first()
    return render(request, "performance/review_receipt.html", context)


@access()
@require_safe
def review_pdf(request: PageRequest, pk: int) -> HttpResponse:
    """The review as a document to keep, with what this reader may read and nothing else."""
    review = _review(request, pk)
    context = {
        "review": review,
        "parts": parts_for(request.user, review),
        "settlement": settlement_of(review),
        "user": request.user,
        "made_at": timezone.now(),
    }
    return pdf_response(
        request,
        "performance/review_document.html",
        context,
        title=f"{review.employee.name} {review.cycle.name}",
        page_url=review.get_absolute_url(),
    )


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def review_settle_change(request: PageRequest, pk: int) -> HttpResponse:
    """The employee has a new manager: who goes on with the review?"""
    reviews = Review.objects.with_people().select_related("employee__org_unit", "employee__job", "employee__manager")
    review = get_for_user(reviews, request.user, "performance.settle_reviewer_change", pk=pk)
    if request.method == "POST":
        return _settle(request, review)
    change = open_change_of(review)
    if change is None:
        messages.info(request, _("This was decided already."))
        return redirect(review)
    return render(request, "performance/review_settle_change.html", {"review": review, "change": change})


def _settle(request: PageRequest, review: Review) -> HttpResponse:
    try:
        settle_reviewer_change(review, moves=request.POST.get("moves") == "yes", by=request.user)
    except ActionError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Done."))
    is_still_there = Review.objects.visible_to(request.user).filter(pk=review.pk).exists()
    return redirect(review if is_still_there else "performance:review_list")


def open_change_of(review: Review) -> ReviewerChange | None:
    """The open question who writes after a change of manager, if there is one."""
    waiting = review.reviewer_changes.filter(state=ReviewerChangeState.OPEN)
    return waiting.select_related("new_manager", "reviewer").first()


def settlement_of(review: Review) -> ReviewRemark | None:
    """HR's answer to a dispute of what the review says now."""
    answers = review.remarks.filter(kind=RemarkKind.SETTLED, revision=review.revision)
    return answers.select_related("made_by").first()


def _review(request: PageRequest, pk: int) -> Review:
    reviews = Review.objects.with_people().select_related(
        "cycle__template", "employee__org_unit", "employee__job", "reviewer", "manager_at_launch"
    )
    return get_for_user(reviews.with_ratings_for(request.user), request.user, pk=pk)


def _sides_with_versions(user: Principal, review: Review) -> list[str]:
    versions = PartVersion.objects.visible_to(user).filter(part__review=review).order_by()
    return sorted(versions.values_list("part__side", flat=True).distinct())


def _first_tab(user: Principal) -> str:
    if user.viewer.has(Role.MANAGER):
        return "to_write"
    return "all" if user.viewer.is_hr else "own"


def _tabs(user: Principal) -> list[tuple[str, str]]:
    tabs = []
    if user.viewer.has(Role.MANAGER):
        tabs += [("to_write", _("To write")), ("to_approve", _("To approve")), ("team", _("My team"))]
    if user.viewer.employee_id:
        tabs.append(("own", _("My own")))
    if user.viewer.is_hr:
        tabs.append(("all", _("All I look after")))
    return tabs
