"""People side by side."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from calibration.boards import board
from calibration.boards.compare import FEWEST, MOST, compare
from calibration.views.common import session_for
from hrportal.common.access import access
from hrportal.common.http import PageRequest


@access()
@require_safe
def session_compare(request: PageRequest, pk: int) -> HttpResponse:
    """Two to five people of a board; with fewer or more it says so. Whoever is not the reader's to see is not counted."""
    session = session_for(request, pk)
    chosen = [int(card) for card in request.GET.getlist("cards") if card.isdecimal() and len(card) < 19]
    table = board.Table(session, request.user)
    cards = table.cards.filter(pk__in=chosen).with_people().select_related("review__cycle")
    picked = list(cards.order_by().values_list("pk", flat=True)[: MOST + 1])
    context = {"session": session, "picked": picked, "fewest": FEWEST, "most": MOST}
    if FEWEST <= len(picked) <= MOST:
        context["comparison"] = compare(cards, request.user)
        context["export_query"] = urlencode([("board", pk), *(("cards", card) for card in picked)])
    return render(request, "calibration/compare.html", context)
