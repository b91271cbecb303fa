"""Several hands on one tree of sessions at the same moment: nothing twice, nothing half."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from calibration.actions import edit_session, fill_session, lock_session, open_session, set_up_sessions
from calibration.models import CalibrationSession, Card, Decision
from hrportal.common.actions import ActionError
from tests.factories.calibration import SessionFactory, submitted_review
from tests.factories.people import JobFactory, OrgUnitFactory
from tests.factories.performance import ReviewCycleFactory

pytestmark = pytest.mark.services


def at_once(*deeds) -> list[str]:
    """Do all of these at the same moment; what each was refused with, or nothing."""
    barrier = Barrier(len(deeds))

    def do(deed):
        try:
            barrier.wait()
            deed()
        except ActionError as refusal:
            return refusal.message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_two_who_set_up_a_cycle_make_each_session_once(committed_db):
    cycle = ReviewCycleFactory()
    for level in range(1, 6):
        submitted_review(cycle, job=JobFactory(level=level))

    at_once(*[lambda: set_up_sessions(by=None, cycle=cycle, division="job_level")] * 4)

    assert Counter(CalibrationSession.objects.values_list("job_level", flat=True)) == dict.fromkeys(range(1, 6), 1)


def test_setting_up_and_opening_do_not_wait_for_each_other_in_a_ring(committed_db):
    cycle = ReviewCycleFactory(state="open")
    for level in range(1, 4):
        submitted_review(cycle, job=JobFactory(level=level))
    above = SessionFactory(cycle=cycle)
    fill_session(above, by=None)

    refused = at_once(
        lambda: open_session(above, by=None),
        *[lambda: set_up_sessions(by=None, cycle=cycle, division="job_level", parent=above)] * 3,
    )

    assert not any(refused)
    assert CalibrationSession.objects.get(pk=above.pk).state == "open"
    assert above.children.count() == 3


def test_sessions_about_the_same_reviews_fill_at_once_without_taking_one_twice(committed_db):
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    early, late = OrgUnitFactory(parent=unit), OrgUnitFactory(parent=unit)
    for place in (early, late) * 15:
        submitted_review(cycle, org_unit=place)
    above, other = SessionFactory(cycle=cycle, org_unit=unit), SessionFactory(cycle=cycle, org_unit=unit)
    for place in (late, early):
        SessionFactory(cycle=cycle, org_unit=place, parent=above)

    at_once(*[lambda table=table: fill_session(table, by=None) for table in (above, other, above, other)])

    assert sorted(Card.objects.values_list("review", flat=True)) == sorted(cycle.reviews.values_list("pk", flat=True))


def test_a_session_and_the_one_above_it_are_locked_once(committed_db):
    cycle, unit = ReviewCycleFactory(), OrgUnitFactory()
    team = OrgUnitFactory(parent=unit)
    for place in (unit, team, team):
        submitted_review(cycle, org_unit=place)
    above = SessionFactory(cycle=cycle, org_unit=unit)
    under = SessionFactory(cycle=cycle, org_unit=team, parent=above)
    fill_session(above, by=None)
    for session in (under, above):
        open_session(session, by=None)

    at_once(lambda: lock_session(above, by=None), lambda: lock_session(under, by=None))
    if CalibrationSession.objects.get(pk=above.pk).state == "open":  # told that the other was just locked
        lock_session(above, by=None)

    assert set(CalibrationSession.objects.values_list("state", flat=True)) == {"locked"}
    assert Decision.objects.count() == 3


def test_no_session_slips_under_one_that_is_being_locked(committed_db):
    cycle = ReviewCycleFactory()
    submitted_review(cycle)
    above, other = SessionFactory(cycle=cycle), SessionFactory(cycle=cycle)
    fill_session(above, by=None)
    open_session(above, by=None)

    refused = at_once(lambda: lock_session(above, by=None), lambda: edit_session(other, by=None, parent=above))

    other.refresh_from_db()
    assert CalibrationSession.objects.get(pk=above.pk).state == "locked"
    assert (other.parent is None) == bool(refused[1])
