"""The board: who sees which cards on it, four ways of looking, moves, undoing them, and what everybody else hears of it."""

import json

import pytest
from django.urls import reverse

from calibration.actions import lock_session, mark_discussed, move_card
from calibration.models import CalibrationSession, Card, CardMove, PreReadAnswer
from performance.models import GuidelineShare, Review
from tests.factories.calibration import SessionFactory, open_board, submitted_review
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, rating_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
VIEWS = ["board", "list", "distribution", "managers"]


@pytest.fixture
def leader(browse):
    """The client of an HR leader who is on no board."""
    return browse(make_user("hrleader"))


def url(name, *args):
    return reverse(f"calibration:{name}", args=args)


def board_url(session):
    return url("session_board", session.pk)


def move(client, card, rating, *, version=None, rationale="Wider scope", **headers):
    data = {"rating": rating.pk, "rationale": rationale, "version": card.version if version is None else version}
    return client.post(url("card_move", card.pk), data, headers=headers)


def put(card, value, *, by=None, rationale="Wider scope"):
    """Move a card as somebody else would, elsewhere."""
    card.refresh_from_db()
    rating = rating_of(card.session.cycle, value)
    return move_card(card, by=by, rating=rating, version=card.version, rationale=rationale)


def card_about(employee):
    return Card.objects.get(review__employee=employee)


def ask_again(client, address, etag, **query):
    """What a board asks every two seconds."""
    return client.get(address, query, headers=HTMX | {"If-None-Match": etag})


# Who sees what


@pytest.mark.parametrize("view", VIEWS)
def test_nobody_meets_their_own_card_or_its_share_in_a_count(table, browse, view):
    own, client = card_about(table.leader.employee), browse(table.leader)

    page = client.get(board_url(table.session), {"view": view})

    assert page.status_code == 200
    assert len(page.context["cards"]) == 4
    assert f'data-card="{own.pk}"' not in page.text
    assert table.leader.employee.name not in page.text.split("<main")[1]
    assert sum(row["count"] for row in page.context["distribution"]) == 4
    assert client.get(url("card_detail", own.pk)).status_code == 404
    assert move(client, own, rating_of(table.cycle, 5)).status_code == 404
    assert client.post(url("card_undo", own.pk), {"version": 1}).status_code == 404


def test_managers_are_counted_without_ones_own_card(table, browse):
    teams = browse(table.leader).get(board_url(table.session), {"view": "managers"}).context["teams"]

    assert sum(team["n"] for team in teams) == 4


def test_a_participant_looks_and_does_not_move(table, browse):
    client, card = browse(table.participant), card_about(table.people[1])

    for view in VIEWS:
        assert "data-move-url" not in client.get(board_url(table.session), {"view": view}).text
    assert move(client, card, rating_of(table.cycle, 4)).status_code == 403
    assert client.post(url("card_undo", card.pk), {"version": 1}).status_code == 403
    assert Card.objects.get(pk=card.pk).version == 1


def test_the_board_of_a_session_above_shows_the_cards_below_and_only_the_open_ones_move(leader):
    cycle, north, south = ReviewCycleFactory(), OrgUnitFactory(), OrgUnitFactory()
    above = open_board([3], cycle=cycle, name="Above")
    below = []
    for unit in (north, south):
        review = submitted_review(cycle, 4, org_unit=unit)
        session = SessionFactory(cycle=cycle, org_unit=unit, parent=above, name=f"Below {unit}")
        session.cards.create(review=review, proposed_rating_id=review.proposed_rating_id, rating=review.proposed_rating)
        below.append(session)
    CalibrationSession.objects.filter(pk=below[0].pk).update(state="open")
    CalibrationSession.objects.filter(pk=below[1].pk).update(state="locked")
    SessionFactory(cycle=cycle, parent=above, name="In the making")

    page = leader.get(board_url(above), {"view": "list"})
    narrowed = leader.get(board_url(above), {"session": below[0].pk})

    assert {card.session.name for card in page.context["cards"]} == {"Above", *(session.name for session in below)}
    assert {card.session_id for card in page.context["cards"] if card.is_movable} == {above.pk, below[0].pk}
    assert [card.session_id for card in narrowed.context["cards"]] == [below[0].pk]
    assert page.context["tally"].people == 3


# Narrowing


def test_the_board_is_narrowed_by_what_the_url_says(table, browse):
    client, address = browse(table.leader), board_url(table.session)
    card = card_about(table.boss)
    put(card, 4, by=table.leader)
    Card.objects.filter(review__employee=table.manager).update(agenda_place=1)
    job = JobFactory(family="Engineering", level=4)
    Review.objects.filter(employee=table.people[1]).update(job=job)

    def shown(**criteria):
        return {card.review.employee for card in client.get(address, criteria).context["cards"]}

    assert shown(moved="true") == {table.boss}
    assert table.boss not in shown(moved="false")
    assert shown(discussed="true") == set()
    assert shown(manager=table.boss.pk) == {table.manager}
    assert len(shown(unit=table.unit.pk)) == 4
    assert shown(agenda="true") == {table.manager}
    assert shown(family="Engineering") == shown(level=4) == shown(job=job.pk) == {table.people[1]}
    assert shown(rating=rating_of(table.cycle, 4).pk) == {table.boss}
    assert len(shown(proposed=rating_of(table.cycle, 3).pk)) == 4
    assert len(shown(suggested="false")) == 4
    assert shown(suggested="true") == set()


def test_only_what_lies_on_the_board_is_offered(table, browse):
    JobFactory(family="Elsewhere", level=9)
    own_job = JobFactory(family="Of the leader", level=8)
    Review.objects.filter(employee=table.leader.employee).update(job=own_job)

    page = browse(table.leader).get(board_url(table.session))

    for hidden in ("Elsewhere", "Of the leader", str(table.elsewhere)):
        assert hidden not in page.text


def test_views_that_split_are_shown_to_who_leads_and_to_nobody_else(table, browse):
    card = card_about(table.people[1])
    for answer, who in (("agree", table.boss), ("question", table.people[0])):
        PreReadAnswer.objects.create(card=card, employee=who, answer=answer, note="Because")

    led = browse(table.facilitator).get(board_url(table.session), {"split": "true"})
    seen = browse(table.participant).get(board_url(table.session), {"split": "true"})

    assert [found.pk for found in led.context["cards"]] == [card.pk]
    assert "Views split" in led.text
    assert len(seen.context["cards"]) > 1
    assert "Views split" not in seen.text
    assert "Because" in browse(table.facilitator).get(url("card_detail", card.pk)).text
    assert "Because" not in browse(table.participant).get(url("card_detail", card.pk)).text


def test_an_empty_board_says_why(browse):
    user, cycle = make_user("hrleader"), ReviewCycleFactory()
    submitted_review(cycle, 3, employee=user.employee)
    own, leader = open_board([], cycle=cycle), browse(user)

    assert "No card that you may see" in leader.get(board_url(own)).text
    assert "Nobody matches" in leader.get(board_url(open_board([3])), {"moved": "true"}).text


# Moving


@pytest.mark.parametrize(("view", "piece"), [("board", "<li"), ("list", "<tr"), ("managers", "<li")])
def test_a_move_answers_with_the_card_and_the_counts_and_not_with_the_board(table, browse, view, piece):
    card, client = card_about(table.boss), browse(table.leader)
    data = {"rating": rating_of(table.cycle, 5).pk, "rationale": "Wider scope", "version": 1}

    answer = client.post(url("card_move", card.pk) + f"?view={view}", data, headers=HTMX)

    assert answer.status_code == 200
    assert answer.text.count("data-card=") == 1
    assert f'data-column-now="{rating_of(table.cycle, 5).pk}"' in answer.text
    assert piece in answer.text
    assert 'id="board"' not in answer.text
    assert "1 moved" in answer.text


def test_a_drop_without_a_rationale_is_asked_for_it(table, browse):
    card = card_about(table.boss)

    answer = move(browse(table.leader), card, rating_of(table.cycle, 5), rationale="", **HTMX)

    assert answer.status_code == 422
    assert list(json.loads(answer.text)["errors"]) == ["rationale"]


def test_the_kind_of_reason_is_kept_with_the_words(table, browse):
    card = card_about(table.boss)
    data = {"rating": rating_of(table.cycle, 4).pk, "rationale": "Two countries", "reason": "scope", "version": 1}

    browse(table.leader).post(url("card_move", card.pk), data)

    assert CardMove.objects.values_list("reason", "rationale").get() == ("scope", "Two countries")


def test_the_second_hand_is_told_both_values_and_may_send_again(table, browse):
    card, client = card_about(table.boss), browse(table.leader)
    put(card, 4, by=table.facilitator)

    dropped = move(client, card, rating_of(table.cycle, 2), version=1, rationale="Missed dates", **HTMX)
    typed = move(client, card, rating_of(table.cycle, 2), version=1, rationale="Missed dates")

    assert (dropped.status_code, typed.status_code) == (409, 409)
    told = json.loads(dropped.text)
    for words in ("Exceeds expectations", "Partly meets", table.facilitator.employee.name, "Wider scope"):
        assert words in told["message"]
        assert words in typed.text
    assert "Missed dates" in typed.text
    assert 'name="version" value="2"' in typed.text
    assert Card.objects.get(pk=card.pk).rating.value == 4

    knowing = move(client, card, rating_of(table.cycle, 2), version=told["version"], rationale="Missed dates", **HTMX)

    assert knowing.status_code == 200
    assert Card.objects.get(pk=card.pk).rating.value == 2
    assert CardMove.objects.count() == 2


def test_discussing_ticks_off_the_queue(table, browse):
    card, client = card_about(table.boss), browse(table.leader)

    client.post(url("card_discuss", card.pk), {"is_discussed": "1"})
    assert Card.objects.get(pk=card.pk).is_discussed
    client.post(url("card_discuss", card.pk))

    assert not Card.objects.get(pk=card.pk).is_discussed


def test_a_locked_board_is_only_looked_at(table, browse):
    lock_session(table.session, by=None)
    client, card = browse(table.leader), card_about(table.boss)

    page = client.get(board_url(table.session))

    assert "data-move-url" not in page.text
    assert "data-refresh-every" not in page.text
    assert move(client, card, rating_of(table.cycle, 4), **HTMX).status_code == 422


# Taking back


def undo(client, card, *, version, rationale="", **headers):
    return client.post(url("card_undo", card.pk), {"version": version, "rationale": rationale}, headers=headers)


def test_ones_own_last_move_is_taken_back_and_both_moves_are_kept(table, browse):
    card, client = card_about(table.boss), browse(table.leader)
    moved = move(client, card, rating_of(table.cycle, 5), **HTMX)
    assert url("card_undo", card.pk) in moved.text

    answer = undo(client, card, version=2, **HTMX)

    assert answer.status_code == 200
    card.refresh_from_db()
    assert (card.rating.value, card.version) == (3, 3)
    assert list(CardMove.objects.order_by("pk").values_list("to_rating__value", "rationale")) == [
        (5, "Wider scope"),
        (3, "Move taken back."),
    ]


def test_taking_back_to_a_rating_that_differs_keeps_what_was_said_of_it(table, browse):
    card = card_about(table.boss)
    put(card, 4, by=table.facilitator, rationale="Two countries")
    put(card, 5, by=table.leader)

    undo(browse(table.leader), card, version=3)

    card.refresh_from_db()
    assert card.rating.value == 4
    assert "Two countries" in card.rationale


def test_what_somebody_else_moved_since_is_not_taken_back(table, browse):
    card = card_about(table.boss)
    put(card, 5, by=table.leader)
    put(card, 4, by=table.facilitator)
    client = browse(table.leader)

    for version in (2, 3):
        assert undo(client, card, version=version, rationale="Mine again", **HTMX).status_code == 422
    page = undo(client, card, version=3, rationale="Mine again")

    assert page.status_code == 422
    card.refresh_from_db()
    assert (card.rating.value, CardMove.objects.count()) == (4, 2)


def test_a_card_nobody_moved_offers_nothing_to_take_back(table, browse):
    card, client = card_about(table.boss), browse(table.leader)

    assert "undo-form" not in client.get(url("card_detail", card.pk)).text
    assert undo(client, card, version=1, **HTMX).status_code == 422
    assert not CardMove.objects.exists()


# What the others hear


def test_a_board_that_is_as_it_was_answers_nothing(table, browse):
    client, address = browse(table.participant), board_url(table.session)
    first = client.get(address, headers=HTMX)
    etag = first["ETag"]

    unchanged = ask_again(client, address, etag)

    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert f'data-stamp="{etag.strip(chr(34))}"' in first.text


def test_what_happens_to_a_hidden_card_is_not_heard(table, browse):
    client, address = browse(table.participant), board_url(table.session)
    etag = client.get(address, headers=HTMX)["ETag"]

    for hidden in (table.boss, table.manager):
        put(card_about(hidden), 4)
        mark_discussed(card_about(hidden), by=None, is_discussed=True)
    assert ask_again(client, address, etag).status_code == 304
    put(card_about(table.people[1]), 4)

    heard = ask_again(client, address, etag)
    assert heard.status_code == 200
    assert heard["ETag"] != etag


@pytest.mark.parametrize("change", ["discussed", "agenda", "lock"])
def test_whatever_a_board_shows_of_a_card_is_heard(table, browse, change):
    client, address = browse(table.facilitator), board_url(table.session)
    etag = client.get(address, headers=HTMX)["ETag"]
    card = card_about(table.people[1])

    if change == "discussed":
        mark_discussed(card, by=None, is_discussed=True)
    elif change == "agenda":
        Card.objects.filter(pk=card.pk).update(agenda_place=1, changes=card.changes + 1)
    else:
        lock_session(table.session, by=None)

    assert ask_again(client, address, etag).status_code == 200


def test_nothing_to_tell_costs_little(table, browse, django_assert_max_num_queries):
    client, address = browse(table.participant), board_url(table.session)
    etag = client.get(address, headers=HTMX)["ETag"]

    with django_assert_max_num_queries(7):
        ask_again(client, address, etag)


def test_a_page_is_never_answered_with_304(table, browse):
    client, address = browse(table.participant), board_url(table.session)
    etag = client.get(address, headers=HTMX)["ETag"]

    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


# Figures


def test_the_distribution_compares_with_the_proposal_and_the_last_cycle(leader):
    before = ReviewCycleFactory(starts_on="2025-01-01", ends_on="2025-12-31")
    done = {"state": "completed", "completed_at": "2026-01-20T12:00:00Z", "final_is_calibrated": True}
    ReviewFactory(cycle=before, final_rating=rating_of(before, 2), **done)
    session = open_board([3, 3, 4, 4])
    GuidelineShare.objects.create(cycle=session.cycle, value=3, percent=60)
    put(session.cards.filter(rating__value=3).first(), 5)

    page = leader.get(board_url(session), {"view": "distribution"})

    meets = {row["label"]: row for row in page.context["distribution"]}["Meets expectations"]
    assert (meets["count"], meets["share"], meets["before"], meets["proposed"]) == (1, 25, 50, 2)
    last = page.context["last_cycle"]
    assert (last["cycle"], [row["count"] for row in last["rows"]]) == (before, [0, 1, 0, 0, 0])


def test_the_last_cycle_does_not_tell_of_those_whose_cards_are_hidden(table, browse):
    before = ReviewCycleFactory(starts_on="2025-01-01", ends_on="2025-12-31")
    done = {"state": "completed", "completed_at": "2026-01-20T12:00:00Z", "final_is_calibrated": True}
    for value, person in ((1, table.boss), (2, table.manager), (4, table.people[1])):
        ReviewFactory(cycle=before, employee=person, org_unit=table.unit, final_rating=rating_of(before, value), **done)

    page = browse(table.participant).get(board_url(table.session), {"view": "distribution"})

    assert [row["count"] for row in page.context["last_cycle"]["rows"]] == [0, 0, 0, 1, 0]


@pytest.mark.parametrize(("people", "target"), [(29, ""), (30, "at most 11")])
def test_a_guideline_is_held_beside_thirty_people_and_not_beside_fewer(leader, people, target):
    session = open_board([3] * people, rounding="up")
    GuidelineShare.objects.create(cycle=session.cycle, value=3, percent=35)

    page = leader.get(board_url(session), {"view": "distribution"})

    assert {row["value"]: row["target"] for row in page.context["distribution"]}[3] == target
    assert ("compared only from 30 people" in page.text) == (people == 29)
    assert ("at most 11" in page.text) == (people == 30)


def test_teams_lie_in_rows_with_mean_and_spread(leader):
    cycle, boss = ReviewCycleFactory(), EmployeeFactory()
    for value in (2, 3, 4, 5):
        submitted_review(cycle, value, employee=EmployeeFactory(manager=boss), reviewer=boss)
    session = open_board([3, 3, 3, 3], cycle=cycle)

    teams = leader.get(board_url(session), {"view": "managers"}).context["teams"]

    (team,) = [team for team in teams if team["review__reviewer"] == boss.pk]
    assert [len(column.cards) for column in team["columns"]] == [0, 1, 1, 1, 1]
    assert (team["n"], team["mean"], round(team["spread"], 2)) == (4, 3.5, 1.12)
    assert team["words"] == "0.2 above the session"


@pytest.mark.parametrize("view", VIEWS)
def test_a_board_asks_the_same_questions_for_one_card_and_for_three(leader, view, django_assert_max_num_queries):
    counts = []
    for values in ([3], [3, 4, 5]):
        session = open_board(values)
        leader.get(board_url(session))
        with django_assert_max_num_queries(33) as queries:
            leader.get(board_url(session), {"view": view})
        counts.append(len(queries))

    assert counts[0] == counts[1]
