"""What a part of a review said earlier: the list, one version beside what is written now, and bringing it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.common.paging import of, window
from hrportal.people.viewer import Principal
from performance import actions
from performance.cycle_lists import VERSIONS, earlier_versions
from performance.enums import STARTS_FROM, Side
from performance.models import PartVersion, Review, ReviewPart
from performance.reviews.differences import Piece, differences
from performance.reviews.reading import Reader, ReadSection

WRITING = {Side.SELF: "write_self_assessment", Side.MANAGER: "write_review"}
DESK = {Side.SELF: "performance:self_assessment_write", Side.MANAGER: "performance:review_write"}


@access()
@require_safe
def part_versions(request: PageRequest, pk: int, side: Side) -> HttpResponse:
    """Earlier versions of a half of a review, newest first."""
    review = _review(request, pk)
    query = of(request, review=pk, side=side)
    part = get_for_user(ReviewPart.objects.select_related("author"), request.user, review=review, side=side)
    context = {
        "review": review,
        "part": part,
        "side": side,
        "page": window(request, earlier_versions(request.user, query), VERSIONS, query=query),
        "may_write": _may_write(request.user, review, side),
        "is_by_other": part.author_id is not None and part.author_id != request.user.viewer.employee_id,
    }
    return render(request, "performance/part_versions.html", context)


@access()
@require_safe
def part_version(request: PageRequest, pk: int, side: Side, version: int) -> HttpResponse:
    """One earlier version, compared with what is written now."""
    review = _review(request, pk)
    kept = _kept(request, review, side, version)
    reader = Reader(request.user, review)
    then = reader.content(side, actions.content_kept(kept.content))
    now = reader.content(side, actions.content_of(kept.part))
    context = {
        "review": review,
        "kept": kept,
        "side": side,
        "sections": then,
        "changes": _changes(then, now),
        "may_write": _may_write(request.user, review, side),
    }
    return render(request, "performance/part_version.html", context)


@access()
@require_POST
def version_restore(request: PageRequest, pk: int, side: Side, version: int) -> HttpResponse:
    """Put an earlier version in the place of what is written."""
    review = _to_write(request, pk, side)
    kept = _kept(request, review, side, version)
    return _change(
        request,
        review,
        side,
        lambda: actions.restore_version(kept.part, kept, by=request.user, version=_version(request)),
    )


@access()
@require_POST
def part_start_afresh(request: PageRequest, pk: int, side: Side) -> HttpResponse:
    """Begin with an empty half; what was written is kept."""
    review = _to_write(request, pk, side)
    part = review.parts.get(side=side)
    return _change(
        request, review, side, lambda: actions.start_afresh(part, by=request.user, version=_version(request))
    )


@access()
@require_safe
def review_revisions(request: PageRequest, pk: int) -> HttpResponse:
    """What a review said before it was reopened or taken back in, for those who work on it."""
    review = get_for_user(_reviews(), request.user, "performance.see_remarks", pk=pk)
    reader = Reader(request.user, review)
    remarks = review.remarks.exclude(content={}).select_related("made_by")
    was_handed_in = review.parts.filter(side=Side.SELF, submitted_at__isnull=False).exists()
    sides = [Side.MANAGER, Side.SELF] if was_handed_in else [Side.MANAGER]
    revisions = [{"remark": remark, **_revision(reader, remark.content, sides)} for remark in remarks]
    return render(request, "performance/review_revisions.html", {"review": review, "revisions": revisions})


def _revision(reader: Reader, content: dict[str, Any], sides: list[Side]) -> dict[str, Any]:
    parts = content.get("parts", {})
    return {
        "parts": [
            (side.label, reader.content(side, actions.content_kept(parts[side]))) for side in sides if side in parts
        ],
        "proposed": reader.levels.get(content.get("proposed_rating") or 0),
        "final": reader.levels.get(content.get("final_rating") or 0),
        "comment": content.get("acknowledgement_comment", ""),
        "dispute": content.get("dispute_reason", ""),
    }


def _changes(then: list[ReadSection], now: list[ReadSection]) -> list[tuple[str, list[Piece]]]:
    """Each question or competency whose words differ, with the pieces of both."""
    before, after = _texts(then), _texts(now)
    titles = [*before, *(title for title in after if title not in before)]
    return [
        (title, differences(before.get(title, ""), after.get(title, "")))
        for title in titles
        if before.get(title, "") != after.get(title, "")
    ]


def _texts(sections: list[ReadSection]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for section in sections:
        for line in section.lines:
            given = [str(line.rating or ""), line.choice, _("Level %d") % line.level if line.level else "", line.text]
            texts[f"{section.title}: {line.title}"] = "\n".join(words for words in given if words)
        if section.needs:
            texts[section.title] = "\n".join(need.description for need in section.needs)
        if section.rating:
            texts[section.title] = "\n".join(filter(None, [section.rating.label, section.override_reason]))
    return texts


def _change(request: PageRequest, review: Review, side: Side, act: Any) -> HttpResponse:
    try:
        act()
    except ActionError as refusal:
        messages.error(request, refusal.message)
        return redirect("performance:part_versions", review.pk, side)
    messages.success(request, _("Done. What was there before is among the earlier versions."))
    return redirect(DESK[side], review.pk)


def _version(request: PageRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if is_number(given) else 0


def _reviews() -> Any:
    return Review.objects.select_related("cycle", "employee__org_unit", "employee__job", "reviewer")


def _review(request: PageRequest, pk: int) -> Review:
    return get_for_user(_reviews(), request.user, pk=pk)


def _to_write(request: PageRequest, pk: int, side: Side) -> Review:
    return get_for_user(_reviews(), request.user, f"performance.{WRITING[side]}", pk=pk)


def _may_write(user: Principal, review: Review, side: Side) -> bool:
    step = WRITING[side]
    return review.state in STARTS_FROM[step] and user.has_perm(f"performance.{step}", review)


def _kept(request: PageRequest, review: Review, side: Side, version: int) -> PartVersion:
    versions = PartVersion.objects.select_related("part", "author").filter(part__review=review, part__side=side)
    kept = get_for_user(versions, request.user, pk=version)
    kept.part = ReviewPart.objects.prefetch_related("answers", "competency_ratings", "development_needs").get(
        pk=kept.part_id
    )
    kept.part.review = review
    return kept
