"""Sessions above others: what their table sees, and that they are locked together or not at all."""

import pytest

from calibration.actions import (
    cancel_session,
    create_session,
    edit_session,
    fill_session,
    lock_session,
    move_card,
    open_session,
)
from calibration.models import CalibrationSession, Card, Decision
from hrportal.common.actions import ActionError
from performance.models import Review
from tests.factories.calibration import ParticipantFactory, SessionFactory, submitted_review
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, rating_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """A session over a unit, with one under it for each of two teams; a submitted review in each and one beside them."""
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    teams = [OrgUnitFactory(parent=unit) for _ in range(2)]
    for place in (*teams, unit):
        submitted_review(cycle, 3, org_unit=place)
    above = SessionFactory(cycle=cycle, org_unit=unit, name="All")
    for team in teams:
        SessionFactory(cycle=cycle, org_unit=team, parent=above, name=f"Team {team.pk}")
    return above


def open_children(above) -> list[CalibrationSession]:
    return [open_session(child, by=None) for child in above.children.order_by("pk")]


def states(above) -> list[str]:
    return list(CalibrationSession.objects.at_one_table(above).order_by("pk").values_list("state", flat=True))


def test_filling_puts_each_review_on_the_board_of_the_session_that_is_about_it(tree):
    assert fill_session(tree, by=None) == 3

    for session in CalibrationSession.objects.at_one_table(tree):
        assert [card.review.org_unit for card in session.cards.all()] == [session.org_unit]


def test_a_session_above_others_opens_without_cards_of_its_own(tree):
    Review.objects.filter(org_unit=tree.org_unit).update(state="withdrawn")

    assert open_session(tree, by=None).state == "open"
    assert not tree.cards.exists()


def test_the_table_above_sees_the_boards_under_it_and_its_leader_moves_their_cards(tree):
    fill_session(tree, by=None)
    for child in open_children(tree):
        child.refresh_from_db()
    guest, facilitator = make_user("manager"), make_user("manager")
    ParticipantFactory(session=tree, employee=guest.employee)
    edit_session(tree, by=None, facilitator=facilitator.employee)
    open_session(tree, by=None)

    seen = Card.objects.visible_to(guest)
    card = Card.objects.filter(session__parent=tree).first()
    assert set(seen) == set(Card.objects.all())
    assert facilitator.has_perm("calibration.move_card", card)
    assert not guest.has_perm("calibration.move_card", card)


def test_locking_locks_the_open_ones_under_it_in_the_same_moment(tree):
    fill_session(tree, by=None)
    open_children(tree)
    session = open_session(tree, by=None)
    card = Card.objects.filter(session__parent=tree).first()
    move_card(card, by=None, rating=rating_of(tree.cycle, 5), version=1, rationale="Carried the launch")

    lock_session(session, by=None)

    assert states(tree) == ["locked"] * 3
    assert {decision.session_id for decision in Decision.objects.all()} == {
        row.pk for row in CalibrationSession.objects.at_one_table(tree)
    }
    assert Decision.objects.get(review=card.review).rating.value == 5


def test_locking_leaves_what_was_locked_before(tree):
    fill_session(tree, by=None)
    first, _second = open_children(tree)
    before = lock_session(first, by=None).locked_at

    lock_session(open_session(tree, by=None), by=None)

    first.refresh_from_db()
    assert first.locked_at == before
    assert Decision.objects.count() == 3


def test_locking_refuses_when_one_under_it_is_prepared_with_cards(tree):
    fill_session(tree, by=None)
    first = tree.children.order_by("pk").first()
    open_session(first, by=None)
    session = open_session(tree, by=None)

    with pytest.raises(ActionError, match="still being prepared"):
        lock_session(session, by=None)

    assert states(tree) == ["open", "open", "preparing"]
    assert not Decision.objects.exists()


def test_locking_goes_on_where_one_under_it_is_prepared_without_cards(tree):
    Review.objects.filter(org_unit=tree.children.order_by("pk").last().org_unit).update(state="withdrawn")
    fill_session(tree, by=None)
    open_session(tree.children.order_by("pk").first(), by=None)

    lock_session(open_session(tree, by=None), by=None)

    assert states(tree) == ["locked", "locked", "preparing"]


def test_locking_refuses_when_one_under_it_has_an_unrated_card(tree):
    Review.objects.filter(org_unit=tree.children.order_by("pk").last().org_unit).update(proposed_rating=None)
    fill_session(tree, by=None)
    open_children(tree)
    session = open_session(tree, by=None)

    with pytest.raises(ActionError, match="Not every review in"):
        lock_session(session, by=None)

    assert states(tree) == ["open"] * 3
    assert not Decision.objects.exists()


def test_one_level_only(tree):
    child = tree.children.first()

    with pytest.raises(ActionError, match="at most one below another") as refused:
        create_session(by=None, cycle=tree.cycle, name="Deeper", parent=child, org_unit=child.org_unit)
    assert refused.value.field == "parent"
    with pytest.raises(ActionError, match="at most one below another"):
        edit_session(tree, by=None, parent=SessionFactory(cycle=tree.cycle))
    with pytest.raises(ActionError, match="at most one below another"):
        edit_session(SessionFactory(cycle=tree.cycle), by=None, parent=child)

    assert not CalibrationSession.objects.filter(parent=child).exists()
    tree.refresh_from_db()
    assert tree.parent is None


def test_a_session_lies_under_one_of_its_cycle_whose_unit_holds_its_own(tree):
    elsewhere = {"cycle": ReviewCycleFactory(), "org_unit": tree.org_unit}
    outside = {"cycle": tree.cycle, "org_unit": OrgUnitFactory()}
    wider = {"cycle": tree.cycle, "org_unit": None}

    for fields in (elsewhere, outside, wider):
        with pytest.raises(ActionError) as refused:
            create_session(by=None, name="No", parent=tree, **fields)
        assert refused.value.field == "parent"

    assert CalibrationSession.objects.count() == 3


def test_a_locked_session_takes_no_others(tree):
    fill_session(tree, by=None)
    open_children(tree)
    lock_session(open_session(tree, by=None), by=None)
    alone = SessionFactory(cycle=tree.cycle, org_unit=tree.org_unit)

    with pytest.raises(ActionError, match="takes no others"):
        edit_session(alone, by=None, parent=tree)
    with pytest.raises(ActionError, match="takes no others"):
        create_session(by=None, cycle=tree.cycle, name="Late", parent=tree, org_unit=tree.org_unit)

    alone.refresh_from_db()
    assert alone.parent is None


def test_a_session_above_others_is_not_cancelled(tree):
    with pytest.raises(ActionError, match="Place them elsewhere first"):
        cancel_session(tree, by=None)

    assert CalibrationSession.objects.count() == 3


def test_a_partner_places_sessions_only_under_those_they_prepare():
    unit, cycle = OrgUnitFactory(), ReviewCycleFactory()
    partner = make_user("hrbp", unit=unit)
    own, others = SessionFactory(cycle=cycle, org_unit=unit), SessionFactory(cycle=cycle, org_unit=OrgUnitFactory())

    def may(above):
        planned = CalibrationSession(cycle=cycle, org_unit=unit, parent=above)
        return partner.has_perm("calibration.create_session", planned)

    assert (may(own), may(others), may(None)) == (True, False, True)


def test_managers_below_the_head_can_be_seated(tree):
    head = EmployeeFactory()
    manager = EmployeeFactory(manager=head)
    EmployeeFactory(manager=manager)
    EmployeeFactory(manager=EmployeeFactory(status="left", manager=head))

    session = create_session(by=None, cycle=tree.cycle, name="Chain", head=head, seats="hierarchy")

    assert set(session.participants.values_list("employee", flat=True)) == {head.pk, manager.pk}
