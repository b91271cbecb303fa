"""What calibration hands over ends as the same rows, however often and in whatever order it comes."""

import datetime
from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.journal.models import Fact
from talent.actions import (
    ItemSeed,
    PlanOpening,
    RatingRecord,
    complete_plan,
    open_development_plans,
    record_calibrated_ratings,
    share_plan_items,
)
from talent.models import CalibratedRating, DevelopmentPlan, PlanItem, TalentProfile
from tests.factories.people import EmployeeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

anything = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def a_record(employee_id: int, review: int, version: int = 1) -> RatingRecord:
    return RatingRecord(
        employee_id=employee_id,
        source=f"performance.review:{review}",
        source_version=version,
        period="2025",
        period_ends_on=datetime.date(2025, 12, 31),
        value=1 + (review + version) % 5,
        label=f"Level {1 + (review + version) % 5}",
        lowest=1,
        highest=5,
        rated_at=timezone.now(),
    )


def ratings() -> set[tuple]:
    rows = CalibratedRating.objects.values_list("profile__employee", "source", "source_version", "value", "replaced_at")
    return {(*row, replaced_at is None) for *row, replaced_at in rows}


def plan_items() -> set[tuple]:
    rows = PlanItem.objects.values_list("plan__employee", "source", "title", "shared_at")
    return {(*row, shared_at is not None) for *row, shared_at in rows}


def start_over() -> None:
    PlanItem.objects.all().delete()
    DevelopmentPlan.objects.all().delete()
    CalibratedRating.objects.all().delete()
    TalentProfile.objects.all().delete()


def batches_of(wanted: int) -> st.SearchStrategy[list[list[int]]]:
    """Every one of `wanted` things at least once, in any order, in batches of any size, some again."""
    everything = st.permutations(list(range(wanted)))
    again = st.lists(st.lists(st.integers(0, wanted - 1), max_size=4), max_size=3)
    return st.builds(lambda order, size, rest: [*_cut(order, size), *rest], everything, st.integers(1, wanted), again)


def _cut(order: Sequence[int], size: int) -> list[list[int]]:
    return [list(order[start : start + size]) for start in range(0, len(order), size)]


@pytest.fixture
def people() -> list[int]:
    return [employee.pk for employee in EmployeeFactory.create_batch(2)]


@anything
@given(batches=batches_of(6))
def test_rating_records_give_the_same_rows_in_any_order(people, batches):
    start_over()
    records = [a_record(people[review % 2], review, version) for review in (1, 2) for version in (1, 2, 3)]

    for batch in batches:
        record_calibrated_ratings([records[index] for index in batch])

    assert ratings() == {(r.employee_id, r.source, r.source_version, r.value, r.source_version == 3) for r in records}


@anything
@given(batches=batches_of(4))
def test_plan_openings_give_the_same_rows_in_any_order(people, batches):
    start_over()
    openings = [
        PlanOpening(
            people[number % 2],
            tuple(ItemSeed(f"review:{number}:need:{need}", f"Need {need}") for need in (1, 2)),
        )
        for number in range(4)
    ]

    for batch in batches:
        open_development_plans([openings[index] for index in batch])

    assert plan_items() == {(o.employee_id, seed.source, seed.title, False) for o in openings for seed in o.items}
    assert sorted(DevelopmentPlan.objects.values_list("employee", flat=True)) == sorted(people)


@anything
@given(batches=batches_of(2))
def test_the_news_that_a_review_was_shared_is_kept_in_any_order(people, batches):
    start_over()
    item = ItemSeed("review:1:need:1", "Listening")
    openings = [
        PlanOpening(people[0], (item,)),
        PlanOpening(people[0], (ItemSeed(item.source, item.title, shared_at=timezone.now()),)),
    ]

    for batch in batches:
        open_development_plans([openings[index] for index in batch])

    assert plan_items() == {(people[0], item.source, item.title, True)}


def test_each_rating_and_item_is_journaled_once(people):
    records = [a_record(people[0], 1), a_record(people[0], 1, version=2)]
    opening = PlanOpening(people[0], (ItemSeed("review:1:focus", "Agree a focus"),))

    for _ in range(2):
        record_calibrated_ratings(records)
        open_development_plans([opening])
        share_plan_items(["review:1:focus"])

    assert sorted(Fact.objects.values_list("topic", "person_id", "version")) == [
        ("talent.development_plan_opened", people[0], 1),
        ("talent.plan_item_added", people[0], 1),
        ("talent.plan_item_shared", people[0], 1),
        ("talent.rating_recorded", people[0], 1),
        ("talent.rating_recorded", people[0], 2),
    ]


def test_how_many_were_new_is_answered(people):
    records = [a_record(people[0], 1), a_record(people[1], 2)]
    openings = [PlanOpening(pk, (ItemSeed(f"review:{pk}:focus", "Focus"),)) for pk in people]

    assert [record_calibrated_ratings(records), record_calibrated_ratings(records)] == [2, 0]
    assert [open_development_plans(openings), open_development_plans(openings)] == [2, 0]
    assert [share_plan_items([openings[0].items[0].source]) for _ in range(2)] == [1, 0]


def test_a_late_repetition_does_not_open_a_completed_plan_again(people):
    first, second = ItemSeed("review:1:focus", "Focus"), ItemSeed("review:2:focus", "Another focus")
    open_development_plans([PlanOpening(people[0], (first,))])
    complete_plan(DevelopmentPlan.objects.get(), by=None)

    assert open_development_plans([PlanOpening(people[0], (first,))]) == 0
    assert not DevelopmentPlan.objects.open().exists()

    assert open_development_plans([PlanOpening(people[0], (first, second))]) == 1
    assert list(DevelopmentPlan.objects.open().values_list("items__source", flat=True)) == [second.source]


@pytest.mark.parametrize(
    "hand_over",
    [
        lambda people: record_calibrated_ratings([a_record(pk, pk) for pk in people]),
        lambda people: open_development_plans([PlanOpening(pk, (ItemSeed(f"r:{pk}", "Focus"),)) for pk in people]),
        lambda people: share_plan_items([f"r:{pk}" for pk in people]),
    ],
)
def test_a_batch_costs_the_same_for_one_and_many(hand_over: Callable[[list[int]], int]):
    def cost(count: int) -> int:
        people = [employee.pk for employee in EmployeeFactory.create_batch(count)]
        open_development_plans([PlanOpening(pk, (ItemSeed(f"r:{pk}", "Old"),)) for pk in people if pk % 2])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            hand_over(people)
        return len(queries)

    assert cost(2) == cost(20)
