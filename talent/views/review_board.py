"""The table of a talent review: the grid, one card, moves, the second grid, people side by side."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import access
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.boards import tell_both
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.common.pages import step
from hrportal.common.paging import of
from talent.actions import review_board as steps
from talent.actions.review_board import last_own_move
from talent.enums import TalentReviewState
from talent.filters.talent_reviews import VIEWS, ReviewMemberFilter
from talent.forms.talent_reviews import MoveForm, UndoForm, box_choices
from talent.models import BoxMove, ReviewMember, TalentReview
from talent.talent_reviews.board import Table, held_of, marked, rows_of, tally_of
from talent.talent_reviews.boxes import label_of
from talent.talent_reviews.card import FEWEST, MOST, compare, evidence_on
from talent.talent_reviews.risks import risk_grid
from talent.views.talent_reviews import member_for, review_for, shared

REFRESH_SECONDS = 2
# The usual questions to a grid; the rest is folded away until somebody asks.
FIRST_FILTERS = {"unit", "manager", "family", "discussed", "view"}


@access()
@require_safe
def talent_review_board(request: PageRequest, pk: int) -> HttpResponse:
    """The page; to htmx only the grid, and nothing at all while it is as the asker knows it (`If-None-Match`)."""
    review = review_for(request, pk)
    if review.state == TalentReviewState.PREPARING:
        return redirect("talent:talent_review_detail", pk)
    table = Table(review, request.user)
    response = _refreshed(request, table) if request.htmx else _whole(request, table)
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _whole(request: PageRequest, table: Table) -> HttpResponse:
    context = shared(request, table.review, "board") | _context(request, table)
    return render(request, "talent/talent_review_board.html", context)


def _refreshed(request: PageRequest, table: Table) -> HttpResponse:
    """The grid alone, or that it is as it was."""
    etag = quote_etag(table.stamp())
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = render(request, "talent/review_frame.html", _context(request, table))
    response["ETag"] = etag
    return response


def _context(request: PageRequest, table: Table) -> dict[str, Any]:
    """What the grid shows this person, narrowed by the filter in the URL."""
    # First of all, so that what changes while the rest is read is asked for once more.
    stamp = table.stamp()
    found = ReviewMemberFilter(request.GET, queryset=table.members, request=request, review=table.review)
    cards = marked(table, found.qs.for_board())
    asked = set(found.form.changed_data)
    return _common(request, table) | {
        "filter": found,
        "cards": cards,
        "rows": rows_of(table, cards),
        "held": held_of(cards),
        "stamp": stamp,
        "choices": box_choices(table.review),
        "more_filters": bool(asked - FIRST_FILTERS),
        "is_filtered": bool(asked - {"view"}),
        "refresh_seconds": REFRESH_SECONDS if table.review.is_open else None,
        "query": request.GET.urlencode(),
        "export_query": of(request, review=table.review.pk).urlencode(),
        "chosen": {int(pk) for pk in request.GET.getlist("cards") if is_number(pk)},
    }


def _common(request: PageRequest, table: Table) -> dict[str, Any]:
    """What the grid and the answer to a move have in common."""
    asked = request.GET.get("view", "")
    view = asked if asked in VIEWS else VIEWS[0]
    return {
        "review": table.review,
        "boxes": table.boxes,
        "tally": tally_of(table),
        "view": view,
        "may_move": table.may_move,
        "cards_url": reverse("talent:review_member_detail", args=[0]).removesuffix("0/"),
        "steering": f"?view={view}" if view != VIEWS[0] else "",
    }


@access()
@require_safe
def talent_review_risks(request: PageRequest, pk: int) -> HttpResponse:
    """The second grid: likelihood of leaving by impact of the loss, as retention knows it today."""
    review = review_for(request, pk)
    if review.state == TalentReviewState.PREPARING:
        return redirect("talent:talent_review_detail", pk)
    grid = risk_grid(Table(review, request.user))
    context = shared(request, review, "risks") | {"grid": grid, "export_query": f"review={pk}"}
    return render(request, "talent/talent_review_risks.html", context)


@access()
@require_safe
def talent_review_compare(request: PageRequest, pk: int) -> HttpResponse:
    """Two to four people side by side; with fewer or more it says so. Whoever is not the reader's to see is not counted."""
    review = review_for(request, pk)
    chosen = [int(card) for card in request.GET.getlist("cards") if card.isdecimal() and len(card) < 19]
    members = Table(review, request.user).members.filter(pk__in=chosen)
    picked = list(members.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    context = shared(request, review, "board") | {"picked": picked, "fewest": FEWEST, "most": MOST}
    if FEWEST <= len(picked) <= MOST:
        context["people"] = compare(members.for_board(), review, request.user)
        context["export_query"] = urlencode([("review", pk), *(("card", card) for card in picked)])
    return render(request, "talent/talent_review_compare.html", context)


@access()
@require_POST
def talent_review_figures(request: PageRequest, pk: int) -> HttpResponse:
    """Read the figures of everybody in the holding area again."""
    review = review_for(request, pk, "talent.work_talent_review")
    held = list(Table(review, request.user).members.held().select_related("review"))
    try:
        placed = sum(card.box is not None for card in steps.take_figures(held, by=request.user))
    except ActionError as error:
        messages.error(request, error.message)
    else:
        words = ngettext("%d person left the holding area.", "%d people left the holding area.", placed) % placed
        messages.success(request, words)
    return redirect("talent:talent_review_board", pk)


@access()
@require_safe
def review_member_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What there is to know before deciding; beside the grid in a dialog, else as a page."""
    member = member_for(request, pk)
    return _render_card(request, member, MoveForm.about(member))


@access()
@require_POST
def review_member_move(request: PageRequest, pk: int) -> HttpResponse:
    """A drop, a key or a form. Whatever is refused comes back with what the person wrote."""
    member = member_for(request, pk, "talent.move_member")
    form = MoveForm(request.POST, member=member)
    if not form.is_valid():
        return _refuse(request, member, form)
    try:
        moved = steps.move_member(member, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        return tell_both(request, form, stale, partial(_render_card, request, member, form))
    except ActionError as error:
        put_on_form(form, error)
        return _refuse(request, member, form)
    return _moved(request, moved)


@access()
@require_POST
def review_member_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's own last move back."""
    member = member_for(request, pk, "talent.undo_member_move")
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refuse(request, member, MoveForm.about(member), form)
    try:
        moved = steps.undo_member_move(member, by=request.user, **form.cleaned_data)
    except ActionError as error:
        form.add_error(None, error.message)
        return _refuse(request, member, MoveForm.about(member), form)
    return _moved(request, moved)


@access()
@require_POST
def review_member_figures(request: PageRequest, pk: int) -> HttpResponse:
    """Read the figures of one card again."""
    member = member_for(request, pk, "talent.take_figures")
    return step(
        request,
        lambda: steps.take_figures([member], by=request.user),
        done=_("The figures of %s are of today.") % member.employee.name,
        back=reverse("talent:review_member_detail", args=[pk]),
    )


@access()
@require_POST
def review_member_discuss(request: PageRequest, pk: int) -> HttpResponse:
    """Tick somebody off the list of those to talk about, or put them back."""
    member = member_for(request, pk, "talent.discuss_member")
    try:
        steps.discuss_member(member, by=request.user, is_discussed="is_discussed" in request.POST)
    except ActionError as error:
        messages.error(request, error.message)
    if request.htmx:
        member = member_for(request, pk)
        return _render_card(request, member, MoveForm.about(member))
    return redirect("talent:talent_review_board", member.review_id)


def _moved(request: PageRequest, member: ReviewMember) -> HttpResponse:
    """To a grid what changed; to a page the way back to it."""
    review = TalentReview.objects.with_people().get(pk=member.review_id)
    if not request.htmx:
        where = label_of(review, member.box)
        messages.success(request, _("%(person)s: %(box)s.") % {"person": member.employee, "box": where})
        return redirect("talent:talent_review_board", review.pk)
    table = Table(review, request.user)
    cards = marked(table, table.members.filter(pk=member.pk).for_board())
    context = _common(request, table) | {"cards": cards, "told": _told(last_own_move(member, by=request.user), review)}
    return render(request, "talent/review_changes.html", context)


def _told(move: BoxMove | None, review: TalentReview) -> dict[str, Any] | None:
    """The last move in words."""
    if move is None:
        return None
    return {"move": move, "old": label_of(review, move.from_box), "new": label_of(review, move.to_box)}


def _refuse(request: PageRequest, member: ReviewMember, form: MoveForm, undo: UndoForm | None = None) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"errors": (undo or form).errors}, status=422)
    return _render_card(request, member, form, undo, status=422)


def _render_card(
    request: PageRequest, member: ReviewMember, form: MoveForm, undo: UndoForm | None = None, *, status: int = 200
) -> HttpResponse:
    template = "talent/review_member_detail.html" + ("#dialog" if request.htmx else "")
    context = shared(request, member.review, "board") | evidence_on(member, request.user)
    context |= _offers(request, member, undo) | {"form": form}
    return render(request, template, context, status=status)


def _offers(request: PageRequest, member: ReviewMember, undo: UndoForm | None) -> dict[str, Any]:
    """What this person may do with the card now."""
    may_move = member.review.is_open and request.user.has_perm("talent.move_member", member)
    last = last_own_move(member, by=request.user) if may_move else None
    if last and undo is None:
        undo = UndoForm(initial={"version": member.version})
    return {
        "may_move": may_move,
        "last_move": _told(last, member.review),
        "undo_form": undo if last else None,
        "may_note": member.review.takes_notes and request.user.has_perm("talent.note_member", member),
    }
