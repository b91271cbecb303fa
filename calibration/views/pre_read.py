"""Before the meeting: asking, answering one card after the other, and where the views split."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from calibration.actions import answer_pre_read, open_pre_read
from calibration.around.pre_read import Entry, PreReading, questioned_cards, splits
from calibration.around.written import written_by_manager
from calibration.enums import PreRead, SessionState
from calibration.forms.table import PreReadForm, PreReadOpenForm
from calibration.models import Card, PreReadAnswer
from calibration.views.agenda import put_and_tell
from calibration.views.common import session_for
from hrportal.common.access import access, get_for_user
from hrportal.common.actions import ActionError, StaleVersion
from hrportal.common.http import PageRequest
from hrportal.common.pages import step


@access()
@require_safe
def session_pre_read(request: PageRequest, pk: int) -> HttpResponse:
    """What one is asked about, and how far one is."""
    session = session_for(request, pk)
    reading = PreReading(session, request.user)
    context = {
        "session": session,
        "export_query": f"session={pk}",
        "reading": reading,
        "next_card": reading.next_open() if reading.is_asked else None,
        "may_compare": request.user.has_perm("calibration.compare_pre_read", session),
        "may_ask": _may_ask(request, session),
        "form": PreReadOpenForm(initial={"due_on": session.pre_read_due_on}),
    }
    return render(request, "calibration/pre_read.html", context)


@access()
@require_POST
def session_pre_read_open(request: PageRequest, pk: int) -> HttpResponse:
    """Ask everybody who takes part."""
    session = session_for(request, pk, "calibration.open_pre_read")
    form = PreReadOpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Enter the day as year, month and day."))
        return redirect("calibration:session_pre_read", pk)
    return step(
        request,
        lambda: open_pre_read(session, by=request.user, due_on=form.cleaned_data["due_on"]),
        done=_("Everybody who takes part is asked what they think."),
        back=reverse("calibration:session_pre_read", args=[pk]),
    )


@access()
@require_http_methods(["GET", "HEAD", "POST"])
def card_pre_read(request: PageRequest, pk: int) -> HttpResponse:
    """One proposal with what its writer says, and one's own answer."""
    card = _card(request, pk, "calibration.answer_pre_read" if request.method == "POST" else None)
    reading = PreReading(card.session, request.user)
    entry = _entry(reading, pk)
    if entry is None:
        messages.info(request, _("This review went back to its writer. Answer when it is here again."))
        return redirect("calibration:session_pre_read", card.session_id)
    if request.method == "POST":
        return _store(request, reading, entry)
    return _show(request, reading, entry, PreReadForm.about(entry.answer, is_outdated=entry.is_outdated))


@access()
@require_POST
def card_pre_read_save(request: PageRequest, pk: int) -> JsonResponse:
    """Where an answer saves by itself while somebody writes."""
    card, form = _card(request, pk, "calibration.answer_pre_read"), PreReadForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"message": str(next(iter(form.errors.values()))[0])}, status=422)
    try:
        saved = answer_pre_read(card, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        answer = {"version": stale.version, "theirs": stale.theirs, "message": stale.message}
        return JsonResponse(answer, status=409)
    except ActionError as refusal:
        return JsonResponse({"message": refusal.message}, status=422)
    return JsonResponse({"version": saved.version, "saved_at": saved.answered_at.isoformat()})


@access()
@require_safe
def session_pre_read_splits(request: PageRequest, pk: int) -> HttpResponse:
    """For those who lead: how the views stand, where they split first."""
    session = session_for(request, pk, "calibration.compare_pre_read")
    found = splits(session, request.user)
    questioned = [split for split in found if split.is_questioned]
    context = {
        "session": session,
        "export_query": f"session={pk}",
        "splits": found,
        "questioned": len(questioned),
        "to_add": sum(split.card.agenda_place is None for split in questioned),
        "answers": sum(len(split.answers) for split in found),
        "missing": sum(split.missing for split in found),
        "may_plan": session.state != SessionState.LOCKED and request.user.has_perm("calibration.make_agenda", session),
    }
    return render(request, "calibration/pre_read_splits.html", context)


@access()
@require_POST
def session_agenda_questioned(request: PageRequest, pk: int) -> HttpResponse:
    """Put everybody whose proposal is questioned on the agenda, the most questioned first."""
    session = session_for(request, pk, "calibration.make_agenda")
    return put_and_tell(request, session, questioned_cards(session, request.user))


def _may_ask(request: PageRequest, session: Any) -> bool:
    asks = session.state == SessionState.PREPARING and not session.pre_read_opened_at
    return asks and request.user.has_perm("calibration.open_pre_read", session)


def _card(request: PageRequest, pk: int, permission: str | None = None) -> Card:
    rows = Card.objects.select_related("review__employee", "session__cycle", "session__org_unit", "session__parent")
    return get_for_user(rows, request.user, permission, pk=pk)


def _entry(reading: PreReading, pk: int) -> Entry | None:
    place = reading.place_of(pk)
    return None if place is None else reading.entries[place]


def _store(request: PageRequest, reading: PreReading, entry: Entry) -> HttpResponse:
    form = PreReadForm(request.POST)
    if not form.is_valid():
        return _show(request, reading, entry, form, status=422)
    try:
        answer_pre_read(entry.card, by=request.user, **form.cleaned_data)
    except StaleVersion as stale:
        return _conflict(request, reading, entry, stale)
    except ActionError as refusal:
        form.add_error(None, refusal.message)
        return _show(request, reading, entry, form, status=422)
    after = PreReading(reading.session, request.user).next_open(entry.card.pk)
    if after is None:
        messages.success(request, _("Saved. There is nothing left to answer."))
        return redirect("calibration:session_pre_read", reading.session.pk)
    return redirect("calibration:card_pre_read", after.pk)


def _conflict(request: PageRequest, reading: PreReading, entry: Entry, stale: StaleVersion) -> HttpResponse:
    """What was typed stays in the form, on top of the newer version; what is stored stands beside it."""
    data = request.POST.copy()
    data["version"] = str(stale.version)
    form = PreReadForm(data)
    form.full_clean()
    form.add_error(None, _("Another tab or device saved something else. Compare, then save again what shall stay."))
    answer = stale.theirs["answer"]
    other = {"answer": PreRead(answer).label if answer else "", "note": stale.theirs["note"]}
    return _show(request, reading, entry, form, other=other, status=409)


def _show(
    request: PageRequest,
    reading: PreReading,
    entry: Entry,
    form: PreReadForm,
    *,
    other: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    place, card = reading.place_of(entry.card.pk) or 0, entry.card
    beside = reading.entries
    stored: PreReadAnswer | None = entry.answer
    context = {
        "session": reading.session,
        "reading": reading,
        "entry": entry,
        "card": card,
        "form": form,
        "other": other,
        "answers": written_by_manager(card, request.user),
        "place": place + 1,
        "previous_card": beside[place - 1].card if place else None,
        "following_card": beside[place + 1].card if place + 1 < len(beside) else None,
        "next_card": reading.next_open(card.pk),
        "may_answer": reading.session.state == SessionState.PREPARING
        and bool(reading.session.pre_read_opened_at)
        and request.user.has_perm("calibration.answer_pre_read", card),
        "saved_at": stored.answered_at if stored else None,
        "keys": list(zip(form["answer"], "123", strict=False)),
    }
    return render(request, "calibration/pre_read_card.html", context, status=status)
