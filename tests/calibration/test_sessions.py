"""Sessions: made, filled, opened, locked."""

import pytest

from calibration.actions import create_session, edit_session, fill_session, lock_session, move_card, open_session
from calibration.models import CalibrationSession, Card, Decision
from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from performance.actions import return_review, save_part, withdraw_review
from performance.models import Review
from tests.factories.calibration import SessionFactory, locked_session, open_board, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, part_of, rating_of

pytestmark = pytest.mark.django_db


def states(cycle) -> set[str]:
    return set(Review.objects.filter(cycle=cycle).values_list("state", flat=True))


def test_create_session_seats_the_managers_who_write_the_reviews():
    cycle = ReviewCycleFactory()
    first, second = ReviewFactory(cycle=cycle), submitted_review(cycle)

    session = create_session(by=None, cycle=cycle, name="All of us")

    assert set(session.participants.values_list("employee", flat=True)) == {first.reviewer_id, second.reviewer_id}


def test_create_session_seats_whom_it_is_told():
    cycle, person = ReviewCycleFactory(), EmployeeFactory()
    submitted_review(cycle)

    session = create_session(by=None, cycle=cycle, name="Named", participants=[person])

    assert list(session.participants.values_list("employee", flat=True)) == [person.pk]


@pytest.mark.parametrize("fields", [{"is_calibrated": False}, {"state": "draft"}, {"state": "completed"}])
def test_create_session_refuses_a_cycle_that_is_not_calibrated_now(fields):
    with pytest.raises(ActionError) as refused:
        create_session(by=None, cycle=ReviewCycleFactory(**fields), name="No")

    assert refused.value.field == "cycle"
    assert not CalibrationSession.objects.exists()


def test_edit_session_replaces_the_table():
    session, old, new = SessionFactory(), EmployeeFactory(), EmployeeFactory()
    edit_session(session, by=None, participants=[old])

    edit_session(session, by=None, name="Renamed", participants=[new], facilitator=new)

    session.refresh_from_db()
    assert (session.name, session.facilitator) == ("Renamed", new)
    assert list(session.participants.values_list("employee", flat=True)) == [new.pk]


def test_fill_session_takes_submitted_reviews_of_the_unit_that_lie_nowhere_else():
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    team = OrgUnitFactory(parent=unit)
    here, below = submitted_review(cycle, org_unit=unit), submitted_review(cycle, org_unit=team)
    submitted_review(cycle, org_unit=OrgUnitFactory())
    ReviewFactory(cycle=cycle, org_unit=unit)
    team_session, session = SessionFactory(cycle=cycle, org_unit=team), SessionFactory(cycle=cycle, org_unit=unit)
    fill_session(team_session, by=None)

    assert fill_session(session, by=None) == 1
    assert fill_session(session, by=None) == 0
    assert set(session.cards.values_list("review", flat=True)) == {here.pk}
    assert set(team_session.cards.values_list("review", flat=True)) == {below.pk}


def test_fill_session_of_an_open_session_begins_the_new_ones():
    session = open_board([3])
    late = submitted_review(session.cycle)

    assert fill_session(session, by=None) == 1

    late.refresh_from_db()
    assert late.state == "in_calibration"


def test_open_session_captures_the_proposed_ratings_and_begins_the_reviews():
    cycle = ReviewCycleFactory()
    review = submitted_review(cycle, 3)
    session = SessionFactory(cycle=cycle)
    fill_session(session, by=None)
    Review.objects.filter(pk=review.pk).update(proposed_rating=rating_of(cycle, 5))

    open_session(session, by=None)

    card = session.cards.get()
    assert (card.proposed_rating.value, card.rating.value) == (5, 5)
    assert states(cycle) == {"in_calibration"}


def test_open_session_drops_a_card_whose_review_went_back():
    cycle = ReviewCycleFactory()
    stays, returned = submitted_review(cycle), submitted_review(cycle)
    session = SessionFactory(cycle=cycle)
    fill_session(session, by=None)
    return_review(returned, by=None, reason="One question is open")

    open_session(session, by=None)

    assert list(session.cards.values_list("review", flat=True)) == [stays.pk]


def test_open_session_refuses_an_empty_board():
    session = SessionFactory()

    with pytest.raises(ActionError):
        open_session(session, by=None)

    session.refresh_from_db()
    assert session.state == "preparing"


def test_lock_session_writes_a_decision_for_every_card_moved_or_not():
    session = open_board([3, 3, 4])
    mover = make_user("hrleader")
    moved = session.cards.first()
    move_card(moved, by=mover, rating=rating_of(session.cycle, 5), version=1, rationale="Carried the launch")
    locker = make_user("hrleader")

    lock_session(session, by=locker)

    decisions = {decision.review_id: decision for decision in session.decisions.all()}
    assert decisions.keys() == set(session.cards.values_list("review", flat=True))
    decision = decisions.pop(moved.review_id)
    assert (decision.rating.value, decision.rationale, decision.decided_by) == (5, "Carried the launch", mover.employee)
    assert {other.decided_by for other in decisions.values()} == {locker.employee}
    assert all(other.rating == other.proposed_rating for other in decisions.values())
    assert states(session.cycle) == {"calibrated"}
    assert Fact.objects.filter(topic="calibration.review_decided").count() == 3


def test_lock_session_never_lets_somebody_decide_on_themselves():
    session = open_board([3])
    locker = make_user("hrleader", employee=session.cards.get().review.employee)

    lock_session(session, by=locker)

    assert session.decisions.get().decided_by is None


def test_lock_session_needs_every_card_rated():
    session = open_board([3, None])

    with pytest.raises(ActionError, match="Not every review"):
        lock_session(session, by=None)

    session.refresh_from_db()
    assert (session.state, Decision.objects.count(), states(session.cycle)) == ("open", 0, {"in_calibration"})


def test_lock_session_leaves_out_what_was_withdrawn():
    session = open_board([3, 4])
    gone = session.cards.first().review
    withdraw_review(gone, by=None, reason="Left the company")

    lock_session(session, by=None)

    assert session.decisions.count() == 1
    assert not session.decisions.filter(review=gone).exists()


def test_nothing_changes_after_the_lock():
    session = locked_session([3])
    card, review = session.cards.get(), session.cards.get().review

    for deed in (
        lambda: move_card(card, by=None, rating=rating_of(session.cycle, 5), version=1, rationale="Late"),
        lambda: fill_session(session, by=None),
        lambda: open_session(session, by=None),
        lambda: lock_session(session, by=None),
        lambda: edit_session(session, by=None, name="Other"),
        lambda: save_part(part_of(review), by=None, version=1, changes={"overall_rating": None}),
    ):
        with pytest.raises(ActionError):
            deed()

    assert session.decisions.get().rating.value == 3
    assert Card.objects.get().version == 1


def test_lock_costs_the_same_queries_for_one_card_and_for_three(django_assert_num_queries):
    counts = []
    for values in ([3], [3, 4, 5]):
        session = open_board(values)
        with django_assert_num_queries(20, exact=False) as queries:
            lock_session(session, by=None)
        counts.append(len(queries))

    assert counts[0] == counts[1]
