"""The board that a session sits around, and the same data as a list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from calibration import board
from calibration.enums import SessionState
from calibration.filters import CardFilter
from calibration.models import CalibrationSession, Card
from calibration.views.common import session_for
from hrportal.common.access import access

REFRESH_SECONDS = 2


@access()
@require_safe
def session_board(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; to htmx only the board, and nothing at all while it is as the asker knows it (`stamp`)."""
    session = session_for(request, pk)
    if session.state == SessionState.PREPARING:
        return redirect("calibration:session_detail", pk)
    if request.htmx:  # type: ignore[attr-defined]
        if request.GET.get("stamp") == stamp_of(session):
            return HttpResponse(status=204)
        return render_board(request, session)
    return render(request, "calibration/board.html", board_context(request, session) | figures(request, session))


@access()
@require_safe
def session_figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Distribution and managers, drawn anew after a move."""
    session = session_for(request, pk)
    return render(request, "calibration/board_figures.html", {"session": session} | figures(request, session))


def render_board(request: HttpRequest, session: CalibrationSession) -> HttpResponse:
    """The board alone, as it is now."""
    return render(request, "calibration/board_cards.html", board_context(request, session))


def stamp_of(session: CalibrationSession) -> str:
    """Changes with whatever changes on the board."""
    return f"{session.revision}-{session.state}"


def visible_cards(request: HttpRequest, session: CalibrationSession) -> Any:
    return Card.objects.visible_to(request.user).filter(session=session).on_board()


def board_context(request: HttpRequest, session: CalibrationSession) -> dict[str, Any]:
    """What the board shows this person, narrowed by the filter in the URL."""
    found = CardFilter(_criteria(request), queryset=visible_cards(request, session), request=request)
    cards = list(found.qs.with_people())
    levels = board.levels_of(session)
    is_open = session.state == SessionState.OPEN
    return {
        "session": session,
        "filter": found,
        "columns": board.columns_of(levels, cards),
        "cards": cards,
        "choices": [(level.pk, level.label) for level in levels],
        "may_move": is_open and request.user.has_perm("calibration.lock_session", session),
        "may_lock": is_open and request.user.has_perm("calibration.lock_session", session),
        "stamp": stamp_of(session),
        "refresh_seconds": REFRESH_SECONDS if is_open else None,
        "query": _criteria(request).urlencode(),
        "as_list": request.GET.get("view") == "list",
    }


def figures(request: HttpRequest, session: CalibrationSession) -> dict[str, Any]:
    """The board in figures, over every card this person may see."""
    cards, levels = visible_cards(request, session), board.levels_of(session)
    rows = board.distribution(session, levels, cards)
    return {
        "distribution": rows,
        "top": board.top_of(rows),
        "last_cycle": board.last_cycle(session, levels, request.user),
        "managers": board.by_manager(cards),
        "undiscussed": cards.filter(is_discussed=False).count(),
        "moved": cards.moved().count(),
    }


def _criteria(request: HttpRequest) -> Any:
    """The filter in the URL, without what only steers the refresh."""
    criteria = request.GET.copy()
    criteria.pop("stamp", None)
    return criteria
