"""The board that a session sits around, and the same data as a list."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from calibration import board
from calibration.enums import SessionState
from calibration.filters import CardFilter
from calibration.models import CalibrationSession, Card
from calibration.views.common import session_for
from hrportal.common.access import access
from hrportal.common.http import PageRequest
from performance.models import RatingLevel

REFRESH_SECONDS = 2


@access()
@require_safe
def session_board(request: PageRequest, pk: int) -> HttpResponse:
    """The page; to htmx only the board, and nothing at all while it is as the asker knows it (`stamp`)."""
    session = session_for(request, pk)
    if session.state == SessionState.PREPARING:
        return redirect("calibration:session_detail", pk)
    if request.htmx:
        if request.GET.get("stamp") == stamp_of(session):
            return HttpResponse(status=204)
        return render_board(request, session)
    context = board_context(request, session)
    return render(request, "calibration/board.html", context | figures(request, session, context["levels"]))


@access()
@require_safe
def session_figures(request: PageRequest, pk: int) -> HttpResponse:
    """Distribution and managers, drawn anew after a move."""
    session = session_for(request, pk)
    found = figures(request, session, board.levels_of(session))
    return render(request, "calibration/board_figures.html", {"session": session} | found)


def render_board(request: PageRequest, session: CalibrationSession) -> HttpResponse:
    """The board alone, as it is now."""
    return render(request, "calibration/board_cards.html", board_context(request, session))


def stamp_of(session: CalibrationSession) -> str:
    """Changes with whatever changes on the board."""
    return f"{session.revision}-{session.state}"


def visible_cards(request: PageRequest, session: CalibrationSession) -> Any:
    return Card.objects.visible_to(request.user).filter(session=session).on_board()


def board_context(request: PageRequest, session: CalibrationSession) -> dict[str, Any]:
    """What the board shows this person, narrowed by the filter in the URL."""
    found = CardFilter(_criteria(request), queryset=visible_cards(request, session), request=request)
    levels = board.levels_of(session)
    cards = board.rated_cards(levels, found.qs)
    is_open = session.state == SessionState.OPEN
    works = is_open and request.user.has_perm("calibration.lock_session", session)
    return {
        "session": session,
        "filter": found,
        "levels": levels,
        "columns": board.columns_of(levels, cards),
        "cards": cards,
        "choices": [(level.pk, level.label) for level in levels],
        "may_move": works,
        "may_lock": works,
        # Turned round once: a thousand reversals would cost more than all the rest of a big board.
        "cards_url": reverse("calibration:card_detail", args=[0]).removesuffix("0/"),
        "stamp": stamp_of(session),
        "refresh_seconds": REFRESH_SECONDS if is_open else None,
        "query": _criteria(request).urlencode(),
        "as_list": request.GET.get("view") == "list",
    }


def figures(request: PageRequest, session: CalibrationSession, levels: list[RatingLevel]) -> dict[str, Any]:
    """The board in figures, over every card this person may see."""
    cards = visible_cards(request, session)
    found = board.tally(cards)
    rows = board.distribution(session, levels, found)
    return {
        "tally": found,
        "distribution": rows,
        "top": board.top_of(rows),
        "last_cycle": board.last_cycle(session, levels, request.user),
        "managers": board.by_manager(cards),
    }


def _criteria(request: PageRequest) -> Any:
    """The filter in the URL, without what only steers the refresh."""
    criteria = request.GET.copy()
    criteria.pop("stamp", None)
    return criteria
