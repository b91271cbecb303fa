"""Reviews in the shape that unified HR interfaces read."""

import pytest
from django.utils import timezone

from hrportal.integrations.oauth.scopes import Scope
from performance.models import Answer
from tests.factories.people import make_user
from tests.factories.performance import (
    FeedbackRoundFactory,
    RaterFactory,
    ReviewCycleFactory,
    ReviewFactory,
    part_of,
    rating_of,
    required_question,
)

pytestmark = pytest.mark.django_db
URL = "/api/v1/performance-reviews/"


@pytest.fixture
def review():
    """Handed in by both sides: 2 said the person, 3 the manager, 4 was decided."""
    cycle = ReviewCycleFactory()
    row = ReviewFactory(
        cycle=cycle,
        state="completed",
        completed_at=timezone.now(),
        final_rating=rating_of(cycle, 4),
        proposed_rating=rating_of(cycle, 3),
    )
    for side, value, text in (("self", 2, "I did."), ("manager", 3, "They did.")):
        part = part_of(row, side)
        part.overall_rating, part.submitted_at, part.saved_at = rating_of(cycle, value), timezone.now(), timezone.now()
        part.save()
        Answer.objects.update_or_create(part=part, question=required_question(cycle), defaults={"text": text})
    return row


def rows(caller, **query):
    answer = caller.get(URL, query)
    assert answer.status_code == 200, answer.content
    return {row["type"]: row for row in answer.json()["results"]}


def test_each_side_is_a_row_with_one_summary(api, review):
    found = rows(api("reviews:read", "ratings:read"))

    manager, own = found["MANAGER"], found["SELF"]
    assert manager["reviewee"] == own["reviewee"] == own["reviewer"]
    assert manager["reviewee"]["employee_number"] == review.employee.employee_number
    assert manager["reviewer"]["id"] == review.reviewer_id
    assert manager["review_cycle"] == {"id": review.cycle_id, "remote_id": f"performance.reviewcycle:{review.cycle_id}"}
    assert (manager["summary_rating"]["value"], own["summary_rating"]["value"]) == (4, 2)
    assert manager["summary_comment"].endswith("They did.")
    assert manager["remote_deleted_at"] is None


def test_rating_is_one_of_ordered_options(api, review):
    rating = rows(api("reviews:read", "ratings:read"))["MANAGER"]["summary_rating"]

    values = [option["value"] for option in rating["options"]]
    assert values == sorted(values)
    assert rating["type"] == "SINGLE_SELECT"
    assert {option["id"]: option["value"] for option in rating["options"]}[rating["selected"]] == 4


def test_without_the_scope_for_ratings_there_are_none(api, review):
    assert {row["summary_rating"] for row in rows(api("reviews:read")).values()} == {None}


def test_draft_is_not_listed(api, review):
    part = part_of(review, "manager")
    part.submitted_at = None
    part.save()

    assert rows(api("reviews:read")).keys() == {"SELF"}


def test_withdrawn_ones_come_only_if_asked_for(api, review):
    review.state, review.completed_at = "withdrawn", None
    review.save()
    caller = api("reviews:read")

    assert rows(caller) == {}
    assert rows(caller, include_deleted="true").keys() == {"MANAGER", "SELF"}


def test_peers_and_reports_of_a_round_are_never_rows(api, review):
    round_ = FeedbackRoundFactory(subject=review.employee, state="shared")
    RaterFactory(round=round_, employee=make_user().employee)

    assert rows(api(*Scope.values)).keys() == {"MANAGER", "SELF"}


def test_filters(api, review):
    caller, other = api("reviews:read"), ReviewFactory()

    assert rows(caller, types="SELF").keys() == {"SELF"}
    assert rows(caller, review_cycle_ids=other.cycle_id) == {}
    assert rows(caller, reviewee_ids=review.employee_id).keys() == {"MANAGER", "SELF"}
    assert rows(caller, updated_after=timezone.now().isoformat()) == {}


def test_a_person_sees_what_they_see_of_the_review(api, review):
    person = make_user(employee=review.employee)

    assert rows(api(act_for=person)).keys() == {"SELF"}


def test_cycles(api, review):
    (row,) = api("reviews:read").get("/api/v1/performance-review-cycles/").json()["results"]

    assert (row["id"], row["review_period_start"]) == (review.cycle_id, str(review.cycle.starts_on))


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_as_for_three(api, count, django_assert_max_num_queries):
    for _ in range(count):
        part = part_of(ReviewFactory(), "manager")
        part.submitted_at = timezone.now()
        part.save()
    caller = api("reviews:read", "ratings:read")

    with django_assert_max_num_queries(6):
        caller.get(URL)


@pytest.mark.parametrize("types", [",", ",,"])
def test_commas_with_nothing_between_ask_for_no_type(api, review, types):
    assert rows(api("reviews:read", "ratings:read"), types=types) == {}
