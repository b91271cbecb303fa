"""What a client with few scopes learns of a table: a card is a rating, and what a manager wrote is a review."""

import pytest

from calibration.actions import lock_session, move_card, open_pre_read
from calibration.models import Card, CardMove, Decision
from performance.models import Answer, TemplateQuestion
from tests.factories.calibration import ParticipantFactory, SessionFactory, open_board, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import part_of, rating_of

pytestmark = pytest.mark.django_db

WORDS = "Raised from three to five"


@pytest.fixture
def moved():
    """An open session with one card that was moved, and why."""
    session = open_board([3])
    move_card(session.cards.get(), by=None, rating=rating_of(session.cycle, 5), version=1, rationale=WORDS)
    return session


@pytest.mark.parametrize("acts", [True, False], ids=["for a person", "by itself"])
def test_without_the_scope_of_ratings_no_card_no_move_and_no_decision_is_there(api, moved, acts):
    scopes = ("calibration:read", "calibration:write", "reviews:read", "employees:read")
    caller = api(*scopes, act_for=make_user("hrleader") if acts else None)
    sessions = f"/api/v1/calibration-sessions/{moved.pk}"
    card = Card.objects.get()
    move = {"rating": rating_of(moved.cycle, 4).pk, "rationale": "Lower", "version": 1}

    assert caller.get(f"{sessions}/cards/").json()["results"] == []
    for answer in (
        caller.get(f"{sessions}/cards/{card.pk}/"),
        caller.post(f"{sessions}/cards/{card.pk}/move/", move),
        caller.post(f"{sessions}/cards/{card.pk}/undo/", {"version": 1}),
    ):
        assert answer.status_code == 404
    assert caller.get(f"/api/v1/calibration-agendas/{moved.pk}/hints/").json() == []
    lock_session(moved, by=None)
    assert caller.get("/api/v1/calibration-decisions/").json()["results"] == []
    assert CardMove.objects.count() == 1
    assert Decision.objects.get().rationale == WORDS


def test_with_it_a_person_reads_why(api, moved):
    caller = api("calibration:read", "ratings:read", act_for=make_user("hrleader"))

    (card,) = caller.get(f"/api/v1/calibration-sessions/{moved.pk}/cards/").json()["results"]

    assert (card["rating"]["value"], card["rationale"]) == (5, WORDS)


@pytest.mark.parametrize(("scopes", "is_read"), [(("reviews:read",), True), ((), False)])
def test_what_a_manager_wrote_takes_the_scope_of_reviews(api, scopes, is_read):
    session, reader = SessionFactory(), EmployeeFactory()
    review = submitted_review(session.cycle, 3)
    question = TemplateQuestion.objects.filter(section__template=session.cycle.template).first()
    Answer.objects.create(part=part_of(review), question=question, text="Led the move to the new plant")
    card = Card.objects.create(session=session, review=review, proposed_rating=review.proposed_rating)
    ParticipantFactory(session=session, employee=reader)
    make_user("employee", employee=reader)
    open_pre_read(session, by=None)

    for person in (reader, None):
        caller = api("calibration:read", "ratings:read", *scopes, act_for=person)
        read = caller.get(f"/api/v1/calibration-pre-reads/{session.pk}/cards/{card.pk}/")
        assert read.status_code == 200
        assert ("Led the move" in read.content.decode()) is is_read
