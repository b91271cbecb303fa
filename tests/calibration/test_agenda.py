"""The agenda: whom the table talks about, in an order that tells nobody of a card they do not see."""

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from calibration.actions import (
    lock_session,
    mark_discussed,
    move_card,
    move_on_agenda,
    put_many_on_agenda,
    put_on_agenda,
    take_off_agenda,
)
from calibration.around.agenda import Agenda
from calibration.models import Card, Recusal
from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ActingPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.models import Fact
from hrportal.people.models import User
from tests.factories.calibration import ParticipantFactory, SessionFactory, open_board
from tests.factories.people import make_user
from tests.factories.performance import rating_of

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.fixture
def board():
    """An open session of four people with somebody who leads it and somebody who takes part."""
    session = open_board((3, 3, 4, 5), facilitator=make_user("employee").employee)
    ParticipantFactory(session=session, employee=make_user("manager").employee)
    session.leads = User.objects.get(employee=session.facilitator)
    session.takes_part = User.objects.get(employee=session.participants.get().employee)
    return session


@pytest.fixture
def cards(board):
    return list(board.cards.order_by("pk"))


def url(name, pk):
    return reverse(f"calibration:{name}", args=[pk])


def order(session, user=None):
    return Agenda(session, again(user or session.leads)).items


def topics():
    return list(Fact.objects.filter(topic__contains="agenda").order_by("pk").values_list("topic", flat=True))


def test_people_are_put_on_it_noted_moved_and_taken_off(client, board, cards):
    client.force_login(board.leads)
    for card in cards[:3]:
        client.post(url("card_agenda_put", card.pk))

    client.post(url("card_agenda_put", cards[1].pk), {"note": "Two managers disagree"})
    client.post(url("card_agenda_move", cards[2].pk))
    client.post(url("card_agenda_move", cards[0].pk), {"later": "1"})
    client.post(url("card_agenda_remove", cards[1].pk))

    assert order(board) == [cards[2], cards[0]]
    cards[1].refresh_from_db()
    assert (cards[1].agenda_place, cards[1].agenda_note) == (None, "")
    moved, put = ["calibration.card_moved_on_agenda"] * 2, ["calibration.card_put_on_agenda"] * 4
    assert topics() == [*put, *moved, "calibration.card_taken_off_agenda"]


def test_every_change_is_seen_by_the_boards_that_show_the_card(cards, board):
    before = Card.objects.get(pk=cards[0].pk).changes

    put_on_agenda(cards[0], by=board.leads)
    put_on_agenda(cards[0], by=board.leads)
    take_off_agenda(cards[0], by=board.leads)

    assert Card.objects.get(pk=cards[0].pk).changes == before + 2


def test_who_takes_part_reads_it_and_changes_nothing(client, board, cards):
    put_on_agenda(cards[0], by=None, note="Two managers disagree")
    client.force_login(board.takes_part)

    page = client.get(url("session_agenda", board.pk)).content.decode()
    refused = [
        client.post(url(name, pk)).status_code
        for name, pk in [
            ("card_agenda_put", cards[1].pk),
            ("card_agenda_move", cards[0].pk),
            ("card_agenda_remove", cards[0].pk),
            ("card_agenda_discuss", cards[0].pk),
            ("session_agenda_add", board.pk),
            ("session_agenda_questioned", board.pk),
        ]
    ]

    assert "Two managers disagree" in page
    assert refused == [403] * 6
    assert order(board) == [cards[0]]


def test_the_numbers_do_not_tell_of_a_card_one_does_not_see(client, board, cards):
    for card in cards[:3]:
        put_on_agenda(card, by=None)
    Recusal.objects.create(
        session=board, employee=board.leads.employee, about=cards[1].review.employee, reason="Family"
    )
    leads = again(board.leads)
    client.force_login(leads)

    seen = order(board)
    client.post(url("card_agenda_move", cards[2].pk))

    assert [(card.place, card) for card in seen] == [(1, cards[0]), (2, cards[2])]
    assert order(board) == [cards[2], cards[0]]
    hidden = Card.objects.get(pk=cards[1].pk)
    assert (hidden.agenda_place, hidden.changes) == (2, 2)
    assert client.post(url("card_agenda_move", hidden.pk)).status_code == 404


def test_walking_through_it_ticks_people_off(client, board, cards):
    for card in cards[:3]:
        put_on_agenda(card, by=None)
    client.force_login(board.leads)

    start = client.get(url("session_agenda_next", board.pk))
    page = client.get(start.url)
    second = client.post(url("card_agenda_discuss", cards[0].pk))
    skipped = client.get(second.url).context["next_card"]
    client.post(url("card_agenda_discuss", cards[2].pk))
    last = client.post(url("card_agenda_discuss", cards[1].pk))

    assert start.url == url("card_agenda", cards[0].pk)
    assert (page.context["place"], page.context["total"]) == (1, 3)
    assert second.url == url("card_agenda", cards[1].pk)
    assert skipped == cards[2]
    assert last.url == url("session_agenda", board.pk)
    agenda = Agenda(board, again(board.leads))
    assert (agenda.to_discuss, len(agenda.discussed)) == ([], 3)
    assert client.get(url("session_agenda_next", board.pk)).url == url("session_agenda", board.pk)


def test_who_else_might_be_talked_about_and_why(client, board, cards):
    move_card(cards[1], by=None, rating=rating_of(board.cycle, 5), version=1, rationale="Scope")
    Card.objects.filter(pk=cards[2].pk).update(proposed_rating=None, rating=None)
    mark_discussed(cards[3], by=None, is_discussed=True)
    client.force_login(board.leads)

    hints = client.get(url("session_agenda", board.pk)).context["hints"]
    client.post(url("session_agenda_add", board.pk), {"cards": [cards[1].pk, cards[3].pk]})

    assert {hint.card: hint.reasons for hint in hints} == {cards[1]: ["Moved"], cards[2]: ["Not rated yet"]}
    assert order(board) == [cards[1]]


def test_a_session_and_those_under_it_share_one_agenda(client, board, cards):
    leader = make_user("hrleader")
    parent = SessionFactory(cycle=board.cycle, state="open")
    type(board).objects.filter(pk=board.pk).update(parent=parent)
    other = open_board((3,), cycle=board.cycle, parent=parent)
    (stranger,) = other.cards.all()
    for card in (cards[0], stranger, cards[1]):
        put_on_agenda(Card.objects.get(pk=card.pk), by=None)
    client.force_login(leader)

    assert client.get(url("session_agenda", board.pk)).url == url("session_agenda", parent.pk)
    assert order(parent, leader) == [cards[0], stranger, cards[1]]
    assert order(board) == [cards[0], cards[1]]

    move_on_agenda(Card.objects.get(pk=cards[1].pk), by=again(board.leads), earlier=True)

    assert order(board) == [cards[1], cards[0]]


def test_a_locked_session_keeps_its_agenda(client, board, cards):
    put_on_agenda(cards[0], by=None)
    lock_session(board, by=None)

    for deed in (
        lambda: put_on_agenda(cards[1], by=None),
        lambda: take_off_agenda(cards[0], by=None),
        lambda: move_on_agenda(cards[0], by=None, earlier=True),
        lambda: put_many_on_agenda(board, cards, by=None),
    ):
        with pytest.raises(ActionError, match="already"):
            deed()

    assert order(board) == [cards[0]]
    client.force_login(board.leads)
    assert client.get(url("card_agenda", cards[0].pk)).status_code == 200


def test_a_long_note_is_refused_in_words(client, board, cards):
    client.force_login(board.leads)

    page = client.post(url("card_agenda_put", cards[0].pk), {"note": "x" * 301}, follow=True)

    assert "300" in page.content.decode()
    assert order(board) == []


def test_the_api_says_the_same(board, cards):
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), board.leads))
    base = f"/api/v1/calibration-agendas/{board.pk}/"

    caller.post(f"{base}cards/{cards[0].pk}/put/", {"note": "First"}, format="json")
    caller.post(f"{base}cards/{cards[1].pk}/put/", {}, format="json")
    moved = caller.post(f"{base}cards/{cards[1].pk}/move/", {"earlier": True}, format="json").json()

    assert [(item["place"], item["card"], item["note"]) for item in moved["items"]] == [
        (1, cards[1].pk, ""),
        (2, cards[0].pk, "First"),
    ]
    assert caller.get(f"{base}hints/").status_code == 200
    assert len(caller.post(f"{base}cards/{cards[0].pk}/remove/").json()["items"]) == 1
    caller.force_authenticate(ActingPrincipal("test", frozenset(Scope.values), board.takes_part))
    assert caller.post(f"{base}cards/{cards[0].pk}/put/").status_code == 403
    assert caller.get(base).json()["items"][0]["card"] == cards[1].pk
