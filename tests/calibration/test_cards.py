"""The open board."""

import pytest

from calibration.actions import mark_discussed, move_card
from calibration.models import CardMove
from hrportal.common.actions import ActionError, StaleVersion
from tests.factories.calibration import open_board
from tests.factories.people import make_user
from tests.factories.performance import RatingScaleFactory, rating_of

pytestmark = pytest.mark.django_db


def test_move_card_keeps_who_what_and_why():
    session, mover = open_board([3]), make_user("hrleader")
    card = session.cards.get()

    move_card(card, by=mover, rating=rating_of(session.cycle, 4), version=1, rationale="Wider scope", reason="scope")

    card.refresh_from_db()
    move = CardMove.objects.get()
    assert (card.rating.value, card.proposed_rating.value, card.version) == (4, 3, 2)
    assert (move.from_rating.value, move.to_rating.value, move.moved_by) == (3, 4, mover.employee)
    assert (move.rationale, move.reason) == ("Wider scope", "scope")
    assert card.changes == 2


def test_two_hands_on_one_card_the_second_is_told_and_nothing_is_lost():
    session, first, second = open_board([3]), make_user("hrleader"), make_user("hrleader")
    card, same_card = session.cards.get(), session.cards.get()
    move_card(card, by=first, rating=rating_of(session.cycle, 4), version=1, rationale="Wider scope")

    with pytest.raises(StaleVersion) as told:
        move_card(same_card, by=second, rating=rating_of(session.cycle, 2), version=1, rationale="Missed dates")

    assert told.value.version == 2
    assert told.value.theirs["rationale"] == "Wider scope"
    for words in (first.employee.name, "Exceeds expectations", "Partly meets"):
        assert words in told.value.message
    assert session.cards.get().rating.value == 4
    assert CardMove.objects.count() == 1


def test_a_difference_needs_a_rationale_and_going_back_does_not():
    session = open_board([3])
    card = session.cards.get()

    with pytest.raises(ActionError) as refused:
        move_card(card, by=None, rating=rating_of(session.cycle, 4), version=1, rationale="  ")
    move_card(card, by=None, rating=rating_of(session.cycle, 4), version=1, rationale="Wider scope")
    move_card(card, by=None, rating=rating_of(session.cycle, 3), version=2)

    assert refused.value.field == "rationale"
    assert (session.cards.get().rating.value, session.cards.get().rationale) == (3, "")
    assert CardMove.objects.count() == 2


def test_a_rating_of_another_scale_is_refused():
    session, other = open_board([3]), RatingScaleFactory()

    with pytest.raises(ActionError):
        move_card(session.cards.get(), by=None, rating=other.levels.first(), version=1, rationale="Odd")

    assert not CardMove.objects.exists()


def test_moving_where_it_lies_changes_nothing():
    session = open_board([3])

    move_card(session.cards.get(), by=None, rating=rating_of(session.cycle, 3), version=1)

    assert (session.cards.get().version, CardMove.objects.count()) == (1, 0)


def test_marking_as_discussed_does_not_disturb_a_move_in_the_making():
    session = open_board([3])
    card = session.cards.get()

    mark_discussed(card, by=None, is_discussed=True)
    mark_discussed(card, by=None, is_discussed=True)
    move_card(card, by=None, rating=rating_of(session.cycle, 4), version=1, rationale="Wider scope")

    assert session.cards.get().is_discussed
    assert session.cards.get().changes == 3
