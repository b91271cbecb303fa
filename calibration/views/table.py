"""The board that a session sits around: the same cards in columns, as a list, counted, and by manager."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from calibration.boards import board, guideline
from calibration.enums import SessionState
from calibration.filters import CardFilter
from calibration.filters.cards import VIEWS
from calibration.forms.cards import REASONS
from calibration.models import CalibrationSession, Card, ManagerEvidence
from calibration.views.common import session_for
from hrportal.common.access import access
from hrportal.common.http import PageRequest
from hrportal.common.numbers import is_number
from hrportal.common.paging import of
from performance.models import RatingLevel

REFRESH_SECONDS = 2
# The usual questions to a board; the rest is folded away until somebody asks.
FIRST_FILTERS = {"manager", "unit", "rating", "discussed", "view"}


@access()
@require_safe
def session_board(request: PageRequest, pk: int) -> HttpResponse:
    """The page; to htmx only the board, and nothing at all while it is as the asker knows it (`If-None-Match`)."""
    session = session_for(request, pk)
    if session.state == SessionState.PREPARING:
        return redirect("calibration:session_detail", pk)
    table = board.Table(session, request.user)
    if request.htmx:
        response = _refreshed(request, table)
    else:
        response = render(request, "calibration/board.html", board_context(request, table))
    response["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ["HX-Request"])
    return response


def _refreshed(request: PageRequest, table: board.Table) -> HttpResponse:
    """The board alone, or that it is as it was."""
    etag = quote_etag(table.stamp())
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = render(request, "calibration/board_frame.html", board_context(request, table))
    response["ETag"] = etag
    return response


def render_changes(request: PageRequest, card: Card, **about: Any) -> HttpResponse:
    """After a move: the card where it lies now and what the whole board comes to, not the whole board again."""
    session = CalibrationSession.objects.with_cycle().get(pk=_table_of(request, card))
    table = board.Table(session, request.user)
    levels = board.levels_of(session)
    cards = board.rated_cards(levels, table.cards.filter(pk=card.pk))
    context = _shared(request, table, levels, cards)
    return render(request, "calibration/board_changes.html", context | about)


def _table_of(request: PageRequest, card: Card) -> int:
    """The board the card was moved on: its session's own, or the one above."""
    above = card.session.parent_id
    return above if above and request.GET.get("table") == str(above) else card.session_id


def board_context(request: PageRequest, table: board.Table) -> dict[str, Any]:
    """What the board shows this person, narrowed by the filter in the URL."""
    session = table.session
    # First of all, so that what changes while the rest is read is asked for once more.
    stamp = table.stamp()
    found = CardFilter(
        request.GET,
        queryset=table.cards,
        request=request,
        with_split=table.runs,
        with_sessions=len(table.sessions) > 1,
    )
    levels = board.levels_of(session)
    cards = board.rated_cards(levels, found.qs)
    context = _shared(request, table, levels, cards)
    return {
        **context,
        **LOOKS[context["view"]](table, levels, cards, context),
        "filter": found,
        "cards": cards,
        "more_filters": bool(set(found.form.changed_data) - FIRST_FILTERS),
        "choices": [(level.pk, level.label) for level in levels],
        "reasons": REASONS,
        "may_lock": session.state == SessionState.OPEN and request.user.has_perm("calibration.lock_session", session),
        "stamp": stamp,
        "refresh_seconds": REFRESH_SECONDS if table.is_live else None,
        "query": request.GET.urlencode(),
        "export_query": of(request, board=session.pk).urlencode(),
        "is_filtered": bool(set(found.form.changed_data) - {"view"}),
        "chosen": {int(pk) for pk in request.GET.getlist("cards") if is_number(pk)},
    }


def _shared(request: PageRequest, table: board.Table, levels: list[RatingLevel], cards: list[Card]) -> dict[str, Any]:
    """What the board and the answer to a move have in common."""
    board.mark_cards(table, cards)
    session, view = table.session, _view(request)
    found = board.tally(table.cards)
    steering = "&".join(
        part for part in (view != "board" and f"view={view}", len(table.sessions) > 1 and f"table={session.pk}") if part
    )
    return {
        "session": session,
        "table": table,
        "levels": levels,
        "view": view,
        "may_move": bool(table.worked_by),
        "with_sessions": len(table.sessions) > 1,
        # Turned round once: a thousand reversals would cost more than all the rest of a big board.
        "cards_url": reverse("calibration:card_detail", args=[0]).removesuffix("0/"),
        "steering": f"?{steering}" if steering else "",
        "shown_cards": cards,
        "tally": found,
        "distribution": board.distribution(session, levels, found),
        "is_large_enough": guideline.applies_to(found.people),
    }


def _view(request: PageRequest) -> str:
    """Which way of looking was asked for."""
    asked = request.GET.get("view", "")
    return asked if asked in VIEWS else VIEWS[0]


def _columns(table: board.Table, levels: list[RatingLevel], cards: list[Card], context: Any) -> dict[str, Any]:
    return {"columns": board.columns_of(levels, cards)}


def _list(table: board.Table, levels: list[RatingLevel], cards: list[Card], context: Any) -> dict[str, Any]:
    return {}


def _distribution(table: board.Table, levels: list[RatingLevel], cards: list[Card], context: Any) -> dict[str, Any]:
    """The whole board in figures, whatever the filter shows."""
    session, rows = table.session, context["distribution"]
    last = board.last_cycle(session, levels, table.user)
    for row, earlier in zip(rows, last["rows"] if last else [{}] * len(rows), strict=True):
        row |= {"earlier": earlier.get("share"), "earlier_count": earlier.get("count")}
    return {
        "last_cycle": last,
        "top": board.top_of(rows),
        "has_guideline": session.cycle.guideline.exists(),
        "rule": guideline.RULES[session.rounding],
        "fewest_people": guideline.FEWEST_PEOPLE,
    }


def _managers(table: board.Table, levels: list[RatingLevel], cards: list[Card], context: Any) -> dict[str, Any]:
    """Each manager's people in columns, with what the figures say of the manager as far as this reader may know it."""
    teams = board.teams_of(levels, board.by_manager(table.cards), cards)
    of_cycle = ManagerEvidence.objects.visible_to(table.user).newest().filter(run__cycle=table.session.cycle_id)
    managers = [team["review__reviewer"] for team in teams]
    findings = {row.manager_id: row for row in of_cycle.filter(manager__in=managers).select_related("run", "manager")}
    return {"teams": [team | {"finding": findings.get(team["review__reviewer"])} for team in teams]}


LOOKS = {"board": _columns, "list": _list, "distribution": _distribution, "managers": _managers}
