"""Up to five people side by side, and the evidence on a single card."""

import datetime

import pytest
from django.urls import reverse

from calibration.boards.compare import in_job_since
from calibration.models import Card
from hrportal.people.models import Employment
from performance.models import Answer, CompetencyRating, Review
from tests.factories.calibration import open_board
from tests.factories.people import CompetencyFactory, EmployeeFactory, JobFactory, make_user
from tests.factories.performance import (
    FeedbackFactory,
    KeyResultFactory,
    ObjectiveFactory,
    ReviewCycleFactory,
    ReviewFactory,
    part_of,
    rating_of,
    required_question,
)

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def leader(browse):
    return browse(make_user("hrleader"))


def compared(client, session, *cards):
    return client.get(reverse("calibration:session_compare", args=[session.pk]), {"cards": [card.pk for card in cards]})


def card_page(client, card, **headers):
    return client.get(reverse("calibration:card_detail", args=[card.pk]), headers=headers)


def written(card, text="Carried the migration"):
    """What the manager wrote and rated in the review of a card."""
    part, competency = part_of(card.review), CompetencyFactory(name="Judgement")
    Answer.objects.create(part=part, question=required_question(card.session.cycle), text=text)
    CompetencyRating.objects.create(part=part, competency=competency, level=4, comment="Decides early")
    return competency


def test_people_stand_side_by_side_with_what_there_is_to_know(leader):
    session = open_board([3, 4])
    one, other = session.cards.order_by("pk")
    written(one)
    KeyResultFactory(objective=ObjectiveFactory(owner=one.review.employee, title="Ship the portal"), current=40)
    before = ReviewCycleFactory(name="The year before", starts_on="2025-01-01", ends_on="2025-12-31")
    ReviewFactory(
        cycle=before,
        employee=one.review.employee,
        state="completed",
        completed_at="2026-01-20T12:00:00Z",
        final_is_calibrated=True,
        final_rating=rating_of(before, 5),
    )

    page = compared(leader, session, one, other)

    for words in ("Ship the portal", "Judgement", "Decides early", "The year before", "Outstanding", "Not assessed"):
        assert words in page.text
    assert [person.card for person in page.context["comparison"].people] == list(session.cards.all())


@pytest.mark.parametrize(
    ("chosen", "words"),
    [(0, "Nobody is ticked yet"), (1, "One person is not a comparison"), (6, "More than 5 people")],
)
def test_too_few_and_too_many_are_told_so(leader, chosen, words):
    session = open_board([3] * 6)

    page = compared(leader, session, *session.cards.all()[:chosen])

    assert words in page.text
    assert "comparison" not in page.context


def test_who_is_hidden_is_neither_shown_nor_counted(table, browse):
    own, other, third = (
        Card.objects.get(review__employee=person) for person in (table.people[0], table.boss, table.manager)
    )
    client = browse(table.leader)

    alone = compared(client, table.session, own, other)
    two = compared(client, table.session, own, other, third)

    assert "One person is not a comparison" in alone.text
    assert len(two.context["comparison"].people) == 2
    assert table.people[0].name not in two.text.split("<main")[1]


def test_odd_choices_are_as_good_as_none(leader):
    session = open_board([3, 4])
    address = reverse("calibration:session_compare", args=[session.pk])

    for odd in ("x", "-1", "9" * 40, "²"):
        assert "Nobody is ticked yet" in leader.get(address, {"cards": odd}).text


def test_feedback_is_shown_as_far_as_its_reader_may_read_it(table, browse):
    person, other = table.people[1], table.boss
    FeedbackFactory(recipient=person, text="Open words", visibility="recipient_and_manager")
    FeedbackFactory(recipient=person, text="Private words", visibility="recipient")
    cards = [Card.objects.get(review__employee=one) for one in (person, other)]

    led = compared(browse(table.facilitator), table.session, *cards)
    card = card_page(browse(table.participant), cards[0])

    assert "Open words" not in led.text
    assert "Open words" in card.text
    assert "Private words" not in led.text + card.text


def test_comparing_asks_the_same_questions_for_two_and_for_five(leader, django_assert_max_num_queries):
    counts = []
    session = open_board([3] * 5)
    for card in session.cards.all():
        written(card)
        ObjectiveFactory(owner=card.review.employee)
    for chosen in (2, 5):
        cards = list(session.cards.all()[:chosen])
        compared(leader, session, *cards)
        with django_assert_max_num_queries(26) as queries:
            compared(leader, session, *cards)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_time_in_a_job_is_the_unbroken_stretch_of_it():
    person, job, other = EmployeeFactory(), JobFactory(), JobFactory()
    days = [datetime.date(year, 1, 1) for year in (2019, 2020, 2022, 2024)]
    for number, (begun, role) in enumerate(zip(days, (job, other, job, job), strict=True)):
        ends = days[number + 1] - datetime.timedelta(days=1) if number < 3 else None
        Employment.objects.create(employee=person, job=role, starts_on=begun, ends_on=ends)

    review = ReviewFactory(employee=person, job=job)

    assert in_job_since([review]) == {person.pk: days[2]}


# One card


def test_a_card_shows_the_evidence_its_reader_may_see(table, browse):
    person = table.people[1]
    card = Card.objects.get(review__employee=person)
    written(card)
    KeyResultFactory(objective=ObjectiveFactory(owner=person, title="Ship the portal"), current=40)

    page = card_page(browse(table.participant), card)
    dialog = card_page(browse(table.facilitator), card, **HTMX)

    for words in ("Ship the portal", "Carried the migration", "Judgement"):
        assert words in page.text
        assert words in dialog.text
    assert dialog.text.lstrip().startswith("<dialog")


@pytest.mark.parametrize(
    "now",
    [{"revision": 2, "state": "manager_review"}, {"revision": 2, "state": "submitted"}, {"state": "withdrawn"}],
    ids=["reopened", "handed in again", "taken out"],
)
def test_a_card_never_shows_what_its_review_says_since(leader, now):
    session = open_board([3, 4])
    card = session.cards.order_by("pk")[0]
    written(card, "A draft being rewritten")
    Review.objects.filter(pk=card.review_id).update(**now)

    page = card_page(leader, card)

    assert page.status_code == 200
    for words in ("A draft being rewritten", "Judgement", "Decides early"):
        assert words not in page.text
    assert "What it says now is not shown here" in page.text
