"""Calibration for tests: sessions whose cards lie where they are told to."""

import factory

from calibration.actions import fill_session, lock_session, open_session
from calibration.models import CalibrationSession, Card, Participant
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle
from tests.factories.people import EmployeeFactory
from tests.factories.performance import ReviewCycleFactory, ReviewFactory, rating_of


class SessionFactory(factory.django.DjangoModelFactory):
    """A session being prepared over a whole cycle; nobody takes part and nothing lies on its board."""

    class Meta:
        model = CalibrationSession

    name = factory.Sequence(lambda n: f"Session {n}")
    cycle = factory.SubFactory(ReviewCycleFactory)


class ParticipantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participant

    session = factory.SubFactory(SessionFactory)
    employee = factory.SubFactory(EmployeeFactory)


def submitted_review(cycle: ReviewCycle, value: int | None = 3, **fields) -> Review:
    """A review handed in with this proposed rating."""
    rating = None if value is None else rating_of(cycle, value)
    return ReviewFactory(cycle=cycle, state=ReviewState.SUBMITTED, proposed_rating=rating, **fields)


def open_board(values=(3, 3, 4), *, cycle: ReviewCycle | None = None, **fields) -> CalibrationSession:
    """An open session with one card for each proposed value."""
    cycle = cycle or ReviewCycleFactory()
    for value in values:
        submitted_review(cycle, value)
    session = SessionFactory(cycle=cycle, **fields)
    fill_session(session, by=None)
    return open_session(session, by=None)


def locked_session(values=(3, 3, 4), **fields) -> CalibrationSession:
    """A session whose ratings are decided as proposed."""
    return lock_session(open_board(values, **fields), by=None)


def card_of(session: CalibrationSession, review: Review) -> Card:
    return session.cards.get(review=review)
