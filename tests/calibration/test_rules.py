"""Who sees and moves what: rows and rules agree, and nobody meets themselves."""

import pytest

from calibration.models import CalibrationSession, Card, Decision
from hrportal.people.models import User
from performance.models import Review
from tests.factories.calibration import (
    lock_session,
)
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db


def again(user: User) -> User:
    """The same account with its rights worked out anew."""
    return User.objects.get(pk=user.pk)


def people_seen(user) -> set:
    return {card.review.employee for card in Card.objects.visible_to(user).select_related("review__employee")}


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        ("leader", True),
        ("partner", True),
        ("participant", True),
        ("facilitator", True),
        ("other_partner", False),
        ("executive", False),
        ("admin", False),
        ("stranger", False),
    ],
)
def test_who_knows_of_a_session(table, role, sees):
    user = again(getattr(table, role))

    assert CalibrationSession.objects.visible_to(user).exists() is sees


def test_everybody_at_the_table_sees_every_card_but_their_own(table):
    everyone = {table.boss, table.manager, *table.people, table.partner.employee}

    assert people_seen(again(table.facilitator)) == everyone
    assert people_seen(again(table.participant)) == everyone - {table.manager, table.boss}
    assert people_seen(again(table.leader)) == everyone - {table.leader.employee}


def test_a_partner_does_not_see_those_they_report_to(table):
    assert people_seen(again(table.partner)) == set(table.people)


@pytest.mark.parametrize("role", ["leader", "partner", "participant", "facilitator", "other_partner", "admin"])
def test_moving_is_for_hr_and_the_facilitator_and_never_on_a_card_one_does_not_see(table, role):
    user = again(getattr(table, role))
    seen = set(Card.objects.visible_to(user))
    works = role in {"leader", "partner", "facilitator"}

    movable = {card for card in Card.objects.all() if user.has_perm("calibration.move_card", card)}

    assert movable == (seen if works else set())
    assert {c for c in Card.objects.all() if user.has_perm("calibration.discuss_card", c)} == movable


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("leader", {"edit", "fill", "open", "lock", "complete", "share"}),
        ("partner", {"edit", "fill", "open", "lock", "complete", "share"}),
        ("facilitator", {"lock"}),
        ("participant", set()),
        ("other_partner", set()),
        ("executive", set()),
        ("admin", set()),
    ],
)
def test_what_each_may_do_with_the_session(table, role, may):
    user = again(getattr(table, role))
    verbs = ("edit", "fill", "open", "lock", "complete", "share")

    assert {verb for verb in verbs if user.has_perm(f"calibration.{verb}_session", table.session)} == may


def test_a_partner_prepares_sessions_of_their_own_units_only(table):
    partner, leader = again(table.partner), again(table.leader)
    own, other = CalibrationSession(org_unit=table.unit), CalibrationSession(org_unit=table.elsewhere)

    assert partner.has_perm("calibration.create_session", own)
    assert not partner.has_perm("calibration.create_session", other)
    assert not partner.has_perm("calibration.create_session", CalibrationSession())
    assert leader.has_perm("calibration.create_session", CalibrationSession())
    assert not again(table.participant).has_perm("calibration.create_session")


@pytest.mark.parametrize("role", ["leader", "partner", "participant", "other_partner", "executive", "stranger"])
def test_the_exceptions_are_for_whom_hr_looks_after(table, role):
    user = again(getattr(table, role))
    rows = set(Review.objects.filter(user.viewer.hr())) if user.viewer.is_hr else set()

    for permission in ("calibration.complete_uncalibrated", "calibration.decide_reopened"):
        assert {review for review in Review.objects.all() if user.has_perm(permission, review)} == rows


def test_after_the_lock_the_manager_reads_the_decisions_and_the_person_does_not(table):
    lock_session(table.session, by=None)
    person = table.people[1]

    decided = {d.review.employee for d in Decision.objects.visible_to(again(table.participant))}

    assert decided == {table.people[1], table.partner.employee}
    assert not Decision.objects.visible_to(make_user("employee", employee=person)).exists()
    assert table.leader.employee not in {d.review.employee for d in Decision.objects.visible_to(again(table.leader))}
