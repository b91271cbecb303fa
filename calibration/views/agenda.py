"""The agenda: whom the table talks about, one after the other."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from calibration.actions import mark_discussed, move_on_agenda, put_many_on_agenda, put_on_agenda, take_off_agenda
from calibration.around.agenda import Agenda
from calibration.around.written import written_by_manager
from calibration.enums import SessionState
from calibration.forms.table import AgendaNoteForm
from calibration.models import CalibrationSession, Card
from calibration.views.common import say, session_for
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError
from hrportal.common.http import PageRequest


@access()
@require_safe
def session_agenda(request: PageRequest, pk: int) -> HttpResponse:
    """Who is talked about, in which order; for those who make the agenda, who else might be."""
    session = session_for(request, pk)
    above = CalibrationSession.objects.visible_to(request.user).filter(children=session).first()
    if above:
        return redirect("calibration:session_agenda", above.pk)  # one table, one agenda
    return render(request, "calibration/agenda.html", _context(request, session))


@access()
@require_safe
def session_agenda_next(request: PageRequest, pk: int) -> HttpResponse:
    """To the first who is left to talk about."""
    card = Agenda(session_for(request, pk), request.user).next_after()
    if card is None:
        messages.info(request, _("Nobody on the agenda is left to talk about."))
        return redirect("calibration:session_agenda", pk)
    return redirect("calibration:card_agenda", card.pk)


@access()
@require_POST
def session_agenda_add(request: PageRequest, pk: int) -> HttpResponse:
    """Put the chosen ones of those who might be talked about on the agenda."""
    session = session_for(request, pk, "calibration.make_agenda")
    chosen = set(request.POST.getlist("cards"))
    cards = [hint.card for hint in Agenda(session, request.user).hints if str(hint.card.pk) in chosen]
    return put_and_tell(request, session, cards)


def put_and_tell(request: PageRequest, session: CalibrationSession, cards: Sequence[Card]) -> HttpResponse:
    """Put these people on the agenda, and lead there with the number of those who are new on it."""
    try:
        added = put_many_on_agenda(session, cards, by=request.user)
    except ActionError as error:
        say(request, error)
    else:
        words = ngettext("%d person was put on the agenda.", "%d people were put on the agenda.", added) % added
        messages.success(request, words)
    return redirect("calibration:session_agenda", session.pk)


@access()
@require_safe
def card_agenda(request: PageRequest, pk: int) -> HttpResponse:
    """One person, large: what is proposed, what was written, and the way to the evidence and to the next one."""
    card = _card(request, pk)
    table = _table_of(card, request)
    agenda = Agenda(table, request.user)
    place = agenda.place_of(pk)
    if place is None:
        return redirect("calibration:card_detail", pk)
    shown = agenda.items[place]
    context = {
        "session": table,
        "card": shown,
        "place": place + 1,
        "total": len(agenda.items),
        "left": len(agenda.to_discuss),
        "answers": written_by_manager(shown, request.user),
        "next_card": agenda.next_after(pk),
        "previous_card": agenda.before(pk),
        "may_move": card.session.state == SessionState.OPEN and request.user.has_perm("calibration.move_card", card),
    }
    return render(request, "calibration/agenda_card.html", context)


@access()
@require_POST
def card_agenda_discuss(request: PageRequest, pk: int) -> HttpResponse:
    """Tick off who was talked about, and on to the next; or put them back."""
    card = _card(request, pk, "calibration.discuss_card")
    is_discussed = "back" not in request.POST
    try:
        mark_discussed(card, by=request.user, is_discussed=is_discussed)
    except ActionError as error:
        say(request, error)
        return redirect("calibration:card_agenda", pk)
    if not is_discussed:
        return redirect("calibration:card_agenda", pk)
    table = _table_of(card, request)
    after = Agenda(table, request.user).next_after(pk)
    if after is None:
        messages.success(request, _("Everybody on the agenda was talked about."))
        return redirect("calibration:session_agenda", table.pk)
    return redirect("calibration:card_agenda", after.pk)


@access()
@require_POST
def card_agenda_put(request: PageRequest, pk: int) -> HttpResponse:
    """Put somebody on the agenda, or say why they are there."""
    form = AgendaNoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return _back(request, _card(request, pk, "calibration.put_on_agenda"))
    note = form.cleaned_data["note"] if "note" in request.POST else None
    return _change(request, pk, lambda card: put_on_agenda(card, by=request.user, note=note))


@access()
@require_POST
def card_agenda_remove(request: PageRequest, pk: int) -> HttpResponse:
    """Take somebody off the agenda."""
    return _change(request, pk, lambda card: take_off_agenda(card, by=request.user))


@access()
@require_POST
def card_agenda_move(request: PageRequest, pk: int) -> HttpResponse:
    """One place earlier or, with `later`, later."""
    earlier = "later" not in request.POST
    return _change(request, pk, lambda card: move_on_agenda(card, by=request.user, earlier=earlier))


def _change(request: PageRequest, pk: int, deed: Callable[[Card], Any]) -> HttpResponse:
    card = _card(request, pk, "calibration.put_on_agenda")
    try:
        deed(card)
    except ActionError as error:
        say(request, error)
    return _back(request, card)


def _back(request: PageRequest, card: Card) -> HttpResponse:
    """To htmx the list as it is now; else to where the button was pressed."""
    table = _table_of(card, request)
    if request.htmx:
        return render(request, "calibration/agenda.html#list", _context(request, table))
    if request.POST.get("back") == "card":
        return redirect("calibration:card_detail", card.pk)
    return redirect("calibration:session_agenda", table.pk)


def _context(request: PageRequest, session: CalibrationSession) -> dict[str, Any]:
    agenda = Agenda(session, request.user)
    plans = session.state != SessionState.LOCKED and request.user.has_perm("calibration.make_agenda", session)
    return {
        "session": session,
        "agenda": agenda,
        "export_query": f"session={session.pk}",
        "may_plan": plans,
        "hints": agenda.hints if plans else [],
        "under_this": session.children.exists(),
    }


def _card(request: PageRequest, pk: int, permission: str | None = None) -> Card:
    rows = Card.objects.select_related("review__employee", "rating", "session__cycle", "session__org_unit")
    return get_for_user(rows.select_related("session__parent"), request.user, permission, pk=pk)


def _table_of(card: Card, request: PageRequest) -> CalibrationSession:
    """The table that talks about a card: the uppermost that this reader sits at."""
    above = CalibrationSession.objects.visible_to(request.user).with_cycle().filter(children=card.session_id)
    return above.first() or CalibrationSession.objects.with_cycle().get(pk=card.session_id)
