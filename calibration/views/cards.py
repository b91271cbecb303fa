"""One card: the evidence on it, and moving it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from calibration import board
from calibration.actions import mark_discussed, move_card
from calibration.enums import SessionState
from calibration.forms import MoveForm
from calibration.models import CalibrationSession, Card
from calibration.views.common import put_on_form, say
from calibration.views.table import render_board
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.http import PageRequest
from performance.enums import Side
from performance.models import Answer, Feedback, Objective

MOST_FEEDBACK = 5


def _card_for(request: PageRequest, pk: int, permission: str | None = None) -> Card:
    cards = Card.objects.with_people().select_related("session__cycle__scale", "session__org_unit", "review__cycle")
    return get_for_user(cards, request.user, permission, pk=pk)


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
        return _conflict(request, card, form, stale)
    except ActionError as error:
        put_on_form(form, error)
        return _refuse(request, card, form)
    if request.htmx:
        return render_board(request, _session(card))
    messages.success(request, _("%(person)s: %(rating)s.") % {"person": card.review.employee, "rating": moved.rating})
    return redirect("calibration:session_board", card.session_id)


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


def _refuse(request: PageRequest, card: Card, form: MoveForm) -> HttpResponse:
    if request.htmx:
        return JsonResponse({"errors": form.errors}, status=422)
    return _render_card(request, card, form, status=422)


def _conflict(request: PageRequest, card: Card, form: MoveForm, stale: StaleVersion) -> HttpResponse:
    """Tell both values; the rationale is kept, and sending it again is a decision made knowingly."""
    if request.htmx:
        kept = _("Your words: “%s”") % form.cleaned_data["rationale"]
        answer = {"message": f"{stale.message} {kept}", "version": stale.version, "theirs": stale.theirs}
        return JsonResponse(answer, status=409)
    data = request.POST.copy()
    data["version"] = str(stale.version)
    form.data = data
    form.add_error(None, stale.message)
    return _render_card(request, card, form, status=409)


def _session(card: Card) -> CalibrationSession:
    return CalibrationSession.objects.with_cycle().get(pk=card.session_id)


def _render_card(request: PageRequest, card: Card, form: MoveForm, *, status: int = 200) -> HttpResponse:
    template = "calibration/card_detail.html" + ("#dialog" if request.htmx else "")
    return render(request, template, {"card": card, "form": form} | _evidence(request, card), status=status)


def _evidence(request: PageRequest, card: Card) -> dict[str, Any]:
    """What lies on the table for one person. Feedback only as far as its reader may see it anyway."""
    review, cycle = card.review, card.session.cycle
    goals = Objective.objects.filter(
        owner=review.employee_id, starts_on__lte=cycle.ends_on, due_on__gte=cycle.starts_on
    )
    feedback = Feedback.objects.visible_to(request.user).filter(recipient=review.employee_id)
    answers = Answer.objects.filter(part__review=review, part__side=Side.MANAGER).exclude(text="")
    is_open = card.session.state == SessionState.OPEN
    return {
        "goals": goals.with_results(),
        "feedback": feedback.select_related("giver")[:MOST_FEEDBACK],
        "answers": answers.select_related("question").order_by("question__section__order", "question__order"),
        "earlier": board.earlier_ratings(review),
        "moves": card.moves.select_related("from_rating", "to_rating", "moved_by"),
        "may_move": is_open and request.user.has_perm("calibration.move_card", card),
    }
