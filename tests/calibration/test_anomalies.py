"""Unusual managers: found where they are, not invented where teams differ, and never asked on too little."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.organisations import World, organisation_with_odd_managers
from calibration.anomalies import Anomalies, false_discovery_rates, find_anomalies, spread_chances
from calibration.enums import Anomaly
from calibration.leniency import estimate
from calibration.variances import strata_of

pytestmark = pytest.mark.filterwarnings("error")


def asked_of(told, **changes) -> Anomalies:
    columns = told.columns | changes
    found = estimate(told.rating, **columns)
    return find_anomalies(found, told.rating, manager=columns["manager"], employee=columns["employee"])


def test_false_discovery_rates_by_hand():
    q = false_discovery_rates(np.array([0.04, 0.01, 0.03, 0.5]))

    # Ranked .01 .03 .04 .5: times 4 / rank is .04 .06 .0533 .5, and none may exceed what follows.
    np.testing.assert_allclose(q, [0.16 / 3, 0.04, 0.16 / 3, 0.5])


@given(p=st.lists(st.floats(0, 1), max_size=30))
def test_false_discovery_rates_keep_the_order_and_never_flatter(p):
    p = np.array(p)

    q = false_discovery_rates(p)

    assert (q >= p).all()
    assert (q <= 1).all()
    assert (np.diff(q[np.argsort(p, kind="stable")]) >= 0).all()


def test_odd_managers_are_found_and_the_others_left_alone():
    told = organisation_with_odd_managers(World("mix", team=8, people=1200, moving=0), 1)

    asked = asked_of(told)

    is_mean = asked.kind == Anomaly.MEAN
    is_odd = np.where(is_mean, told.lenient_by_far[asked.manager], told.hardly_differentiating[asked.manager])
    assert (asked.is_flagged & is_odd & is_mean).sum() >= 7
    assert (asked.is_flagged & is_odd & ~is_mean).sum() >= 8
    assert (asked.is_flagged & ~is_odd).sum() <= 3
    assert (asked.is_flagged == (asked.q <= 0.10)).all()


def test_teams_that_really_differ_are_not_flagged_for_it():
    told = organisation_with_odd_managers(World("mix", team=15, people=2250, moving=0, team_sd=0.45), 2, apart=0.0)

    asked = asked_of(told)

    assert (asked.is_flagged & (asked.kind == Anomaly.MEAN)).sum() <= 1


def test_without_evidence_nobody_is_asked_about_the_mean():
    told = organisation_with_odd_managers(World("mix", team=15, people=2250), 1)

    asked = asked_of(told, evidence=None)

    assert set(asked.kind) == {Anomaly.NARROW}


def test_a_team_of_three_in_one_cycle_is_not_asked():
    told = organisation_with_odd_managers(World("none", team=3, people=450, cycles=1), 1)

    assert len(asked_of(told).manager) == 0


def test_small_spreads_are_counted_out_as_by_brute_force():
    """Five ratings 3 3 3 3 4 around 3.2, as any five roundings of a normal distribution could have fallen."""
    others = np.tile([2.0, 3.0, 3.0, 4.0, 5.0], 40)
    ratings = np.r_[[3.0, 3.0, 3.0, 3.0, 4.0], others]
    _ids, strata = strata_of(np.repeat(np.arange(41), 5), np.arange(205))

    found = spread_chances(ratings, strata, np.arange(1.0, 6.0))

    mean, sd, levels = 3.2, found.expected[0], np.arange(1, 6)
    draws = np.random.default_rng(1).normal(mean, sd, 400_000)
    shares = np.bincount(np.clip(np.rint(draws), 1, 5).astype(int), minlength=6)[1:] / 400_000
    chance = sum(
        np.prod(shares[list(fall)]) for fall in product(range(5), repeat=5) if levels[list(fall)].var() <= 0.16 + 1e-9
    )
    assert found.p[0] == pytest.approx(chance, rel=0.03)


def test_chances_of_a_small_spread_are_what_they_say():
    """Where nobody is odd, a chance below one in twenty comes about once in twenty."""
    draw = np.random.default_rng(1)
    people = np.repeat(np.arange(24_000), 2)
    ratings = draw.normal(3, 0.5, 24_000)[people] + draw.normal(0, 0.5, 48_000)
    _ids, strata = strata_of(people // 8, people)

    p = spread_chances(ratings, strata, np.arange(1.0, 6.0)).p

    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.012)
    assert (p < 0.5).mean() == pytest.approx(0.5, abs=0.03)


def test_later_ratings_of_the_same_few_people_are_not_counted_out():
    _ids, strata = strata_of(np.repeat(np.arange(40), 6), np.tile(np.repeat([0, 1, 2], 2), 40))
    ratings = np.random.default_rng(1).integers(1, 6, 240).astype(float)

    assert np.isnan(spread_chances(ratings, strata, np.arange(1.0, 6.0)).p).all()
