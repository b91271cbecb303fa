"""One card: the evidence on it, moving it, and taking a move back."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calibration.actions import mark_discussed, move_card, undo_move
from calibration.actions.cards import last_own_move, words_before
from calibration.boards.card import evidence_on
from calibration.enums import SessionState
from calibration.forms import MoveForm, UndoForm
from calibration.models import Card
from calibration.views.common import say
from calibration.views.table import render_changes
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.boards import tell_both
from hrportal.common.forms import put_on_form
from hrportal.common.http import PageRequest


def _card_for(request: PageRequest, pk: int, permission: str | None = None) -> Card:
    sessions = ("session__cycle__scale", "session__org_unit", "session__parent", "review__cycle")
    return get_for_user(Card.objects.with_people().select_related(*sessions), request.user, permission, pk=pk)


@access()
@require_safe
def card_detail(request: PageRequest, pk: int) -> HttpResponse:
    """What there is to know before deciding; beside the board in a dialog, else as a page."""
    card = _card_for(request, pk)
    return _render_card(request, card, MoveForm.about(card))


@access()
@require_POST
def card_move(request: PageRequest, pk: int) -> HttpResponse:
    """A drop or a form. Whatever is refused comes back with what the person wrote."""
    card = _card_for(request, pk, "calibration.move_card")
    form = MoveForm(request.POST, card=card)
    if not form.is_valid():
        return _refuse(request, card, form)
    try:
        moved = move_card(card, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        return tell_both(request, form, stale, partial(_render_card, request, card, form))
    except ActionError as error:
        put_on_form(form, error)
        return _refuse(request, card, form)
    return _moved(request, moved)


@access()
@require_POST
def card_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Take one's own last move back; the words may be changed first, and come back where it is refused."""
    card = _card_for(request, pk, "calibration.undo_move")
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refuse(request, card, MoveForm.about(card), form)
    try:
        moved = undo_move(card, by=request.user, **form.cleaned_data)
    except ActionError as error:
        form.add_error(None, error.message)
        return _refuse(request, card, MoveForm.about(card), form)
    return _moved(request, moved)


@access()
@require_POST
def card_discuss(request: PageRequest, pk: int) -> HttpResponse:
    """Tick somebody off the queue of those to talk about, or put them back."""
    card = _card_for(request, pk, "calibration.discuss_card")
    try:
        card.is_discussed = mark_discussed(
            card, by=request.user, is_discussed="is_discussed" in request.POST
        ).is_discussed
    except ActionError as error:
        say(request, error)
    if request.htmx:
        return _render_card(request, card, MoveForm.about(card))
    return redirect("calibration:session_board", card.session_id)


def _moved(request: PageRequest, card: Card) -> HttpResponse:
    """To a board what changed; to a page the way back to it."""
    if request.htmx:
        return render_changes(request, card, last_move=last_own_move(card, by=request.user))
    messages.success(request, _("%(person)s: %(rating)s.") % {"person": card.review.employee, "rating": card.rating})
    return redirect("calibration:session_board", card.session_id)


def _refuse(request: PageRequest, card: Card, form: MoveForm, undo: UndoForm | None = None) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"errors": (undo or form).errors}, status=422)
    return _render_card(request, card, form, undo, status=422)


def _render_card(
    request: PageRequest, card: Card, form: MoveForm, undo: UndoForm | None = None, *, status: int = 200
) -> HttpResponse:
    template = "calibration/card_detail.html" + ("#dialog" if request.htmx else "")
    context = evidence_on(card, request.user) | _offers(request, card, undo)
    return render(request, template, {"card": card, "form": form} | context, status=status)


def _offers(request: PageRequest, card: Card, undo: UndoForm | None) -> dict[str, Any]:
    """What this person may do with the card now."""
    is_open = card.session.state == SessionState.OPEN
    may_move = is_open and request.user.has_perm("calibration.move_card", card)
    last = last_own_move(card, by=request.user) if may_move else None
    if last and undo is None:
        undo = UndoForm(initial={"version": card.version, "rationale": words_before(last)})
    return {
        "session": card.session,
        "may_move": may_move,
        "may_put_on_agenda": card.agenda_place is None
        and card.session.state != SessionState.LOCKED
        and request.user.has_perm("calibration.put_on_agenda", card),
        "last_move": last,
        "undo_form": undo if last else None,
    }
