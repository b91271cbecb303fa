"""Two sessions over the same people, filled at the same moment: each review lies on one board, and nobody is refused."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from calibration.actions import fill_session
from calibration.models import Card
from tests.factories.calibration import SessionFactory, submitted_review
from tests.factories.performance import ReviewCycleFactory

pytestmark = pytest.mark.services

HANDS, REVIEWS = 4, 30


@pytest.mark.parametrize("state", ["preparing", "open"])
def test_reviews_that_two_sessions_want_at_once_go_to_one_of_them(committed_db, state):
    cycle = ReviewCycleFactory()
    for _ in range(REVIEWS):
        submitted_review(cycle)
    sessions = [SessionFactory(cycle=cycle, state=state) for _ in range(HANDS)]
    barrier = Barrier(HANDS)

    def fill(session):
        try:
            barrier.wait()
            return fill_session(session, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        added = list(pool.map(fill, sessions))

    assert sum(added) == Card.objects.count() == REVIEWS
    assert [session.cards.count() for session in sessions] == added
