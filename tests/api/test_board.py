"""The board over the API: counted, moved on, and a move taken back, with the rights of the pages."""

import pytest

from calibration.models import Card, CardMove
from tests.factories.calibration import open_board
from tests.factories.people import make_user
from tests.factories.performance import rating_of

pytestmark = pytest.mark.django_db


def board(session):
    return f"/api/v1/calibration-sessions/{session.pk}"


def test_a_move_is_taken_back_by_who_made_it_and_by_nobody_else(api):
    session = open_board([3])
    card, mover, other = session.cards.get(), make_user("hrleader"), make_user("hrleader")
    address = f"{board(session)}/cards/{card.pk}"
    move = {"rating": rating_of(session.cycle, 5).pk, "rationale": "Wider scope", "version": 1}
    caller = api(act_for=mover)

    assert caller.post(f"{address}/move/", move).json()["rating"]["value"] == 5
    assert api(act_for=other).post(f"{address}/undo/", {"version": 2}).status_code == 409
    assert CardMove.objects.count() == 1
    taken_back = caller.post(f"{address}/undo/", {"version": 2})

    assert (taken_back.status_code, taken_back.json()["rating"]["value"]) == (200, 3)
    assert list(CardMove.objects.order_by("pk").values_list("to_rating__value", flat=True)) == [5, 3]


def test_the_distribution_counts_what_the_reader_sees(api):
    session = open_board([3, 3, 4])
    hidden = Card.objects.filter(session=session, rating__value=4).get()
    reader = make_user("hrleader", employee=hidden.review.employee)

    found = api(act_for=reader).get(f"{board(session)}/distribution/").json()

    assert (found["people"], found["guideline_applies"]) == (2, False)
    assert {row["value"]: row["count"] for row in found["ratings"]} == {1: 0, 2: 0, 3: 2, 4: 0, 5: 0}


def test_without_the_scope_of_ratings_nothing_is_counted(api):
    session = open_board([3])

    assert api("calibration:read").get(f"{board(session)}/distribution/").status_code == 403
    assert api("ratings:read").get(f"{board(session)}/distribution/").status_code == 404
