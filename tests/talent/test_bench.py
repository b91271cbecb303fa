"""What makes which colour, in the pure function and in the rows alike."""

import datetime

import pytest
from django.utils import timezone

from talent.bench import ENOUGH_DEPTH, Strength, rows_of
from talent.enums import BenchHealth, Readiness, SuccessorState
from talent.freshness import RATING_BUDGET, SUCCESSION_BUDGET, Freshness, freshness
from talent.models import SuccessionPlan
from tests.factories.people import EmployeeFactory
from tests.factories.talent import SuccessionPlanFactory, SuccessorFactory

TODAY = datetime.date(2026, 6, 1)
FRESH = TODAY - SUCCESSION_BUDGET
STALE = FRESH - datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("depth", "ready_now", "cover"),
    [
        (0, 0, BenchHealth.EMPTY),
        (1, 0, BenchHealth.THIN),
        (1, 1, BenchHealth.THIN),
        (2, 0, BenchHealth.THIN),
        (2, 1, BenchHealth.COVERED),
        (3, 3, BenchHealth.COVERED),
    ],
)
def test_cover_follows_from_depth_and_readiness(depth, ready_now, cover):
    assert Strength(depth, ready_now, FRESH).health(TODAY) == cover
    assert Strength(depth, ready_now, STALE).cover == cover


@pytest.mark.parametrize("reviewed_on", [None, STALE])
def test_a_bench_nobody_looked_at_is_stale_whatever_it_holds(reviewed_on):
    assert Strength(3, 2, reviewed_on).health(TODAY) == BenchHealth.STALE


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (None, Freshness.UNKNOWN),
        (TODAY - RATING_BUDGET, Freshness.FRESH),
        (TODAY - RATING_BUDGET - datetime.timedelta(days=1), Freshness.STALE),
    ],
)
def test_a_datum_is_fresh_within_its_budget(on, state):
    assert freshness(on, RATING_BUDGET, TODAY) == state


@pytest.mark.django_db
def test_rows_agree_with_the_pure_function():
    today = timezone.localdate()
    for reviewed_on in (None, today, today - SUCCESSION_BUDGET, today - SUCCESSION_BUDGET - datetime.timedelta(days=1)):
        for ready_now in range(3):
            for later in range(3):
                plan = SuccessionPlanFactory(reviewed_on=reviewed_on)
                SuccessorFactory.create_batch(ready_now, plan=plan)
                SuccessorFactory.create_batch(later, plan=plan, readiness=Readiness.LATER)
    plans = list(SuccessionPlan.objects.with_strength())

    found = {
        health: set(SuccessionPlan.objects.with_strength().filter(rows_of(health, today))) for health in BenchHealth
    }

    assert found[BenchHealth.STALE] == {plan for plan in plans if plan.strength.health(today) == BenchHealth.STALE}
    for cover in (BenchHealth.COVERED, BenchHealth.THIN, BenchHealth.EMPTY):
        assert found[cover] == {plan for plan in plans if plan.strength.cover == cover}
    assert {plan.strength.depth for plan in plans} >= {0, 1, ENOUGH_DEPTH}


@pytest.mark.django_db
def test_only_approved_successors_who_work_here_count_and_emergency_cover_is_no_depth():
    plan = SuccessionPlanFactory()
    SuccessorFactory(plan=plan, readiness=Readiness.SOON)
    SuccessorFactory(plan=plan, readiness=Readiness.EMERGENCY)
    SuccessorFactory(plan=plan, state=SuccessorState.PROPOSED)
    SuccessorFactory(plan=plan, state=SuccessorState.REMOVED)
    SuccessorFactory(plan=plan, employee=EmployeeFactory(status="left"))

    strength = SuccessionPlan.objects.with_bench().get().strength

    assert (strength.depth, strength.ready_now) == (1, 0)
