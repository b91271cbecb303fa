"""The writing desk: one half of a review on the left, the evidence on the right."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.http import PageRequest
from hrportal.people.viewer import Principal
from performance.actions import save_part, submit_review, submit_self_assessment
from performance.enums import BEING_WRITTEN, STARTS_FROM, Side
from performance.forms.parts import MOST_NEEDS, PartForm, stored_fields
from performance.models import Review, ReviewPart
from performance.reviews.completeness import missing_from
from performance.reviews.evidence import evidence_for
from performance.reviews.scoring import score_of_part

SIDES = {
    Side.SELF: ("write_self_assessment", submit_self_assessment, "performance:self_assessment_write"),
    Side.MANAGER: ("write_review", submit_review, "performance:review_write"),
}


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def review_write(request: PageRequest, pk: int) -> HttpResponse:
    """The manager's part."""
    return _desk(request, pk, Side.MANAGER)


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def self_assessment_write(request: PageRequest, pk: int) -> HttpResponse:
    """The employee's own part."""
    return _desk(request, pk, Side.SELF)


@access()
@require_POST
def review_save(request: PageRequest, pk: int, side: Side) -> JsonResponse:
    """Where the desk saves by itself while somebody writes."""
    part = _part(request, pk, side)
    form = PartForm(part, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _first_error(form)}, status=422)
    try:
        saved = _save(request, form)
    except StaleVersion as stale:
        theirs = {name: "" if value is None else value for name, value in _stored(part).items()}
        return JsonResponse({"version": stale.version, "theirs": theirs, "message": stale.message}, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"version": saved.version, "saved_at": saved.saved_at.isoformat() if saved.saved_at else None})


@access()
@require_safe
def review_missing(request: PageRequest, pk: int, side: Side) -> HttpResponse:
    """What is still missing, for the bar below the desk."""
    part = _part(request, pk, side)
    return render(request, "performance/desk/missing.html", {"missing": missing_from(part)})


@access()
@require_safe
def review_score(request: PageRequest, pk: int) -> HttpResponse:
    """The computed score of what is written now, beside the overall rating."""
    part = _part(request, pk, Side.MANAGER)
    score = score_of_part(part)
    return render(request, "performance/score.html", {"score": score, "is_open": True}) if score else HttpResponse("")


@access()
@require_safe
def need_line(request: PageRequest, pk: int, line: int) -> HttpResponse:
    """One more line for a development need."""
    part = _part(request, pk, Side.MANAGER)
    if line >= MOST_NEEDS:
        return HttpResponse("")
    form = PartForm(part, lines=line + 1)
    item = {"fields": [form[f"need_{line}_description"], form[f"need_{line}_competency"]]}
    return render(
        request, "performance/desk/need_line.html", {"item": item, "review": part.review, "next_line": line + 1}
    )


def _desk(request: PageRequest, pk: int, side: Side) -> HttpResponse:
    part = _part(request, pk, side)
    if part.review.state not in STARTS_FROM[SIDES[side][0]]:
        messages.info(request, _("This part can no longer be changed."))
        return redirect("performance:review_detail", pk)
    if request.method == "POST":
        return _store(request, part)
    return _show(request, part, PartForm(part))


def _store(request: PageRequest, part: ReviewPart) -> HttpResponse:
    form = PartForm(part, request.POST)
    if not form.is_valid():
        return _show(request, part, form, status=422)
    _permission, submit, url_name = SIDES[Side(part.side)]
    try:
        _save(request, form)
        if request.POST.get("step") == "submit":
            get_for_user(
                Review.objects.select_related("employee"),
                request.user,
                f"performance.{submit.__name__}",
                pk=part.review_id,
            )
            submit(part.review, by=request.user)
            return redirect("performance:review_receipt", part.review_id)
    except StaleVersion as stale:
        return _conflict(request, part, form, stale)
    except ActionError as refusal:
        form.add_error(None, refusal.message)
        return _show(request, part, _with_version(part, request), errors=form, status=422)
    messages.success(request, _("Saved."))
    return redirect(url_name, part.review_id)


def _with_version(part: ReviewPart, request: PageRequest) -> PartForm:
    """What was typed, on top of the version that is stored now."""
    data = request.POST.copy()
    data["version"] = str(ReviewPart.objects.values_list("version", flat=True).get(pk=part.pk))
    return PartForm(part, data)


def _show(
    request: PageRequest, part: ReviewPart, form: PartForm, *, errors: PartForm | None = None, status: int = 200
) -> HttpResponse:
    review = part.review
    score = score_of_part(part) if part.side == Side.MANAGER else None
    context = {
        "review": review,
        "part": part,
        "form": form,
        "errors": errors or form,
        "sections": form.sections(),
        "missing": missing_from(part, score),
        "score": score,
        "score_url": reverse("performance:review_score", args=[review.pk]),
        "has_versions": part.versions.exists(),
        "writes_for": _writes_for(request.user, part),
        "evidence": evidence_for(request.user, review),
        "next_review": _next_to_write(request.user, review) if part.side == Side.MANAGER else None,
        "is_waiting": part.side == Side.MANAGER and review.state not in STARTS_FROM["submit_review"],
        "due_on": review.manager_due_on if part.side == Side.MANAGER else review.self_due_on,
        "save_url": reverse("performance:review_save", args=[review.pk, part.side]),
        "missing_url": reverse("performance:review_missing", args=[review.pk, part.side]),
    }
    return render(request, "performance/review_form.html", context, status=status)


def _writes_for(user: Principal, part: ReviewPart) -> str:
    """The reviewer's name where somebody else writes for them; only the reviewer hands the review in."""
    review, me = part.review, user.viewer.employee_id
    return review.reviewer.name if part.side == Side.MANAGER and review.reviewer and review.reviewer_id != me else ""


def _conflict(request: PageRequest, part: ReviewPart, form: PartForm, stale: StaleVersion) -> HttpResponse:
    stored = _stored(part)
    pairs = [
        {"label": _label_of(form, name), "mine": request.POST[name], "theirs": stored.get(name) or ""}
        for name in form.fields
        if name in request.POST and name != "version" and request.POST[name] != str(stored.get(name) or "")
    ]
    mine = [(name, value) for name, value in request.POST.items() if name not in {"csrfmiddlewaretoken", "version"}]
    context = {"review": part.review, "part": part, "pairs": pairs, "mine": mine, "version": stale.version}
    context["desk_url"] = reverse(SIDES[Side(part.side)][2], args=[part.review_id])
    return render(request, "performance/review_conflict.html", context, status=409)


def _label_of(form: PartForm, name: str) -> str:
    return next(
        (item.title for section in form.sections() for item in section.items if form[name] in item.fields), ""
    ) or str(form.fields[name].label)


def _part(request: PageRequest, pk: int, side: Side) -> ReviewPart:
    reviews = Review.objects.select_related("cycle__template", "employee__job", "employee__org_unit", "reviewer")
    review = get_for_user(reviews, request.user, f"performance.{SIDES[side][0]}", pk=pk)
    parts = ReviewPart.objects.prefetch_related("answers", "competency_ratings", "development_needs")
    part = parts.get(review=review, side=side)
    part.review = review
    return part


def _stored(part: ReviewPart) -> dict[str, Any]:
    return stored_fields(ReviewPart.objects.get(pk=part.pk))


def _save(request: PageRequest, form: PartForm) -> ReviewPart:
    return save_part(form.part, by=request.user, version=form.cleaned_data["version"], changes=form.changes())


def _first_error(form: PartForm) -> str:
    return str(next(iter(form.errors.values()))[0])


def _next_to_write(user: Principal, review: Review) -> Review | None:
    """The reviewer's next one in the order of the list, from the top again after the last."""
    waiting = Review.objects.visible_to(user).filter(
        reviewer=user.viewer.employee_id, cycle=review.cycle_id, state__in=BEING_WRITTEN
    )
    names = ("employee__last_name", "employee__first_name", "pk")
    order = list(waiting.order_by(*names).values_list("pk", flat=True))
    if review.pk not in order or len(order) < 2:
        return None
    after = order[(order.index(review.pk) + 1) % len(order)]
    return Review.objects.select_related("employee").get(pk=after)
