"""The leniency estimate: by hand, what it must not depend on, and what it refuses to say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.organisations import World, organisation
from calibration.anomalies import find_anomalies
from calibration.enums import LeniencyBasis, SuggestionReason
from calibration.leniency import THRESHOLD, estimate, suggest

pytestmark = pytest.mark.filterwarnings("error")

SMALL = World("mix", team=6, people=120, leniency=0.6)
WORLDS = [World(teams, team, people=150) for teams in ("lift", "mix", "none") for team in (3, 8)]


def same(one, other) -> None:
    np.testing.assert_allclose(one, other, rtol=1e-7, atol=1e-9)


def test_a_tiny_example_by_hand():
    """Five managers with two people each; evidence has mean 0 and standard deviation 1 as it stands."""
    manager = list("AABBCCDDEE")
    rating = [5, 4, 4, 3, 3, 2, 4, 4, 2, 2]
    evidence = [1, -1, 1, -1, 1, -1, 1, 1, -1, -1]

    found = estimate(rating, manager=manager, employee=range(10), evidence=evidence)

    # Within teams (5 degrees of freedom): A, B and C differ by 1 in rating and by 2 in evidence, D and E not at all.
    within_r, within_x, within_both = 1.5 / 5, 6 / 5, 3 / 5
    # Between teams: means 4.5 3.5 2.5 4 2 around 3.3, evidence 0 0 0 1 -1; less what chance adds to sums of squares.
    between_r, between_x, between_both = (8.6 - 4 * 0.3) / 8, (4 - 4 * 1.2) / 8, (4 - 4 * 0.6) / 8
    # One cycle only, so half of what ratings differ by within teams is taken for performance.
    c = within_both / (0.5 * within_r)
    noise_r, noise_x, noise_both = within_r / 2, within_x / 2, within_both / 2
    # Evidence varies less between these teams than chance would have it, so the least real share holds.
    tau2 = 0.35 * between_r
    s2 = between_r - tau2
    slope = (c * tau2 + noise_both) / (c**2 * tau2 + noise_x)
    weight = s2 / (between_r + noise_r - slope * (c * tau2 + noise_both))
    remaining_a, remaining_d = 4.5 - 3.3, (4.0 - 3.3) - slope * 1
    sd = math.sqrt(s2 * (1 - weight))
    assert found.manager.tolist() == list("ABCDE")
    assert set(found.basis) == {LeniencyBasis.ANCHORED}
    same(found.organisation, [3.3] * 5)
    same(found.mean, [4.5, 3.5, 2.5, 4, 2])
    same(found.shares.rating.between, between_r)
    same([found.shares.evidence.between, found.shares.both.between], [between_x, between_both])
    same(found.shares.evidence_per_point, c)
    same(found.explained, [0, 0, 0, slope, -slope])
    same(found.leniency[[0, 3]], [weight * remaining_a, weight * remaining_d])
    same(found.low[0], weight * remaining_a - 1.96 * sd)
    same(found.calibrated[:2], [5 - weight * remaining_a, 4 - weight * remaining_a])
    assert round(float(found.leniency[0]), 2) == 1.14


@given(seed=st.integers(0, 10_000), world=st.sampled_from(WORLDS))
def test_order_of_rows_does_not_matter(seed, world):
    told = organisation(world, seed)
    order = np.random.default_rng(seed).permutation(len(told.rating))

    found = estimate(told.rating, **told.columns)
    shuffled = estimate(told.rating[order], **{name: column[order] for name, column in told.columns.items()})

    same(shuffled.leniency, found.leniency)
    same(shuffled.sd, found.sd)
    same(shuffled.calibrated, found.calibrated[order])


@given(seed=st.integers(0, 10_000), points=st.floats(-3, 3), offset=st.floats(-50, 50), unit=st.floats(0.01, 100))
def test_neither_what_everybody_gets_nor_the_unit_of_evidence_matters(seed, points, offset, unit):
    told = organisation(SMALL, seed)
    columns = told.columns | {"evidence": offset + unit * told.evidence}

    found = estimate(told.rating, **told.columns)
    moved = estimate(told.rating + points * (told.cycle == 1), **columns)

    same(moved.leniency, found.leniency)
    same(moved.remaining, found.remaining)


@given(seed=st.integers(0, 10_000), unrated=st.integers(1, 40))
def test_not_rated_is_not_a_zero(seed, unrated):
    told = organisation(SMALL, seed)
    kept = np.ones(len(told.rating), dtype=bool)
    kept[np.random.default_rng(seed).permutation(len(kept))[:unrated]] = False

    found = estimate(np.where(kept, told.rating, np.nan), **told.columns)
    without = estimate(told.rating[kept], **{name: column[kept] for name, column in told.columns.items()})

    same(found.leniency, without.leniency)
    assert found.ratings.tolist() == without.ratings.tolist()
    assert np.isnan(found.calibrated[~kept]).all()


@given(
    rows=st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(1, 5)),
            st.integers(0, 7),
            st.integers(0, 9),
            st.integers(0, 2),
            st.one_of(st.none(), st.integers(-2, 2)),
        ),
        max_size=80,
    )
)
def test_whatever_comes_in_what_comes_out_holds_together(rows):
    rating, manager, employee, cycle, evidence = (
        np.array(column, dtype=float) for column in (zip(*rows, strict=True) if rows else [[]] * 5)
    )

    found = estimate(rating, manager=manager, employee=employee, cycle=cycle, evidence=evidence)
    suggestions = suggest(found, rating)

    known = ~np.isnan(found.low)
    assert set(found.basis[known]) <= {LeniencyBasis.ANCHORED}
    assert (found.low[known] <= found.leniency[known]).all()
    assert (found.leniency[known] <= found.high[known]).all()
    weights = found.weight[~np.isnan(found.weight)]
    assert ((weights >= 0) & (weights <= 1)).all()
    assert np.isnan(found.calibrated).tolist() == np.isnan(rating).tolist()
    assert (np.abs(suggestions.proposed - suggestions.given) == 1).all()


@given(
    seed=st.integers(0, 10_000),
    team=st.integers(1, 6),
    people=st.integers(6, 60),
    cycles=st.integers(1, 4),
    moving=st.sampled_from([0.0, 0.3, 0.9]),
    leniency=st.sampled_from([0.0, 0.3, 1.5]),
    evidence=st.sampled_from([0.3, 0.9, 0.999]),
    is_error_free=st.booleans(),
)
def test_small_and_strange_organisations_get_an_honest_answer(seed, is_error_free, evidence, **shape):
    told = organisation(World("mix", evidence=evidence, **shape), seed)
    gaps = np.random.default_rng(seed).random((2, len(told.rating))) < 0.1
    rating = np.where(gaps[0], np.nan, np.rint(told.truth) if is_error_free else told.rating)

    found = estimate(rating, **told.columns | {"evidence": np.where(gaps[1], np.nan, told.evidence)})
    suggest(found, rating)
    asked = find_anomalies(found, rating, manager=told.manager, employee=told.employee)

    known = found.basis == LeniencyBasis.ANCHORED
    assert np.isfinite(found.leniency[known]).all()
    assert (found.sd[known] >= 0).all()
    assert (np.abs(found.leniency[known]) <= 4).all()
    assert np.isnan(found.low[~known]).all()
    assert ((asked.p >= 0) & (asked.p <= 1)).all()


def test_three_ratings_move_less_than_thirty():
    found = {n: estimate(**with_generous_manager(n)) for n in (3, 30)}

    few, many = found[3], found[30]
    assert few.manager[-1] == many.manager[-1] == 999
    assert few.weight[-1] < many.weight[-1]
    assert few.sd[-1] > many.sd[-1]


def with_generous_manager(n: int) -> dict:
    """An organisation and one more manager, whose n people all have the highest rating."""
    told = organisation(SMALL, 1)
    return {
        "rating": np.r_[told.rating, np.full(n, 5.0)],
        "manager": np.r_[told.manager, np.full(n, 999)],
        "employee": np.r_[told.employee, 10_000 + np.arange(n)],
        "cycle": np.r_[told.cycle, np.full(n, 2)],
        "evidence": np.r_[told.evidence, np.zeros(n)],
    }


def test_without_evidence_leniency_and_a_strong_team_cannot_be_told_apart():
    told = organisation(World("mix", team=8, cycles=1), 1)
    columns = told.columns | {"evidence": None}

    found = estimate(told.rating, **columns)
    few = estimate(told.rating[told.employee % 8 < 5], **{
        name: column if column is None else column[told.employee % 8 < 5] for name, column in columns.items()
    })  # fmt: skip

    assert set(found.basis) == {LeniencyBasis.HALVED}
    assert np.isnan(found.low).all()
    assert (found.weight < 0.5).all()
    assert len(suggest(found, told.rating).row) == 0
    assert set(few.basis) == {LeniencyBasis.INSEPARABLE}
    assert np.isnan(few.leniency).all()
    same(few.calibrated, told.rating[told.employee % 8 < 5])


@pytest.mark.parametrize(
    ("share_known", "basis"), [(0.5, LeniencyBasis.HALVED), (0.75, LeniencyBasis.ANCHORED)], ids=["half", "three quarters"]
)  # fmt: skip
def test_evidence_about_too_few_people_is_not_used(share_known, basis):
    told = organisation(World("mix", team=8), 1)
    evidence = np.where(np.arange(len(told.rating)) % 8 < 8 * share_known, told.evidence, np.nan)

    found = estimate(told.rating, **told.columns | {"evidence": evidence})

    assert basis in set(found.basis)
    assert (LeniencyBasis.ANCHORED in set(found.basis)) == (basis == LeniencyBasis.ANCHORED)


def test_evidence_that_has_nothing_to_do_with_ratings_is_not_used():
    told = organisation(World("mix", team=8), 1)
    noise = np.random.default_rng(5).normal(size=len(told.rating))

    assert LeniencyBasis.ANCHORED not in set(estimate(told.rating, **told.columns | {"evidence": noise}).basis)


def test_a_team_nobody_else_knows_gets_no_estimate():
    told = organisation(World("mix", team=8), 1)
    evidence = np.where(told.manager == 3, np.nan, told.evidence)

    found = estimate(told.rating, **told.columns | {"evidence": evidence})

    assert found.basis[3] == LeniencyBasis.INSEPARABLE
    assert np.isnan(found.leniency[3])
    assert set(np.delete(found.basis, 3)) == {LeniencyBasis.ANCHORED}


def test_too_little_to_compare():
    told = organisation(World("none", team=8, people=32), 1)
    single = organisation(SMALL, 1)

    four_managers = estimate(told.rating, **told.columns)
    no_difference = estimate(np.tile([2.0, 4.0], 60), manager=np.repeat(np.arange(30), 4), employee=np.arange(120))
    one_rating = estimate(
        np.r_[single.rating, 5.0],
        **{name: np.r_[column, [77 if name != "cycle" else 0]] for name, column in single.columns.items()},
    )

    assert set(four_managers.basis) == {LeniencyBasis.TOO_FEW_MANAGERS}
    assert set(no_difference.basis) == {LeniencyBasis.ALIKE}
    assert one_rating.basis[-1] == LeniencyBasis.TOO_FEW
    for found in (four_managers, no_difference):
        assert np.isnan(found.leniency).all()


def test_several_kinds_of_evidence_count_as_one_and_what_is_unknown_is_left_out():
    told = organisation(SMALL, 1)
    twice = np.stack([told.evidence, 10 + 100 * told.evidence], axis=1)
    twice[::7, 1] = np.nan

    one, two = estimate(told.rating, **told.columns), estimate(told.rating, **told.columns | {"evidence": twice})

    np.testing.assert_allclose(two.leniency, one.leniency, atol=0.05)
    assert set(two.basis) == {LeniencyBasis.ANCHORED}


def test_suggestions_are_one_level_and_say_why():
    told = organisation(World("none", team=8, leniency=0.8), 1)

    found = estimate(told.rating, **told.columns)
    suggestions = suggest(found, told.rating)

    down = suggestions.proposed < suggestions.given
    assert 0 < down.sum() < len(down)
    assert (suggestions.reason == np.where(down, SuggestionReason.LENIENT, SuggestionReason.SEVERE)).all()
    assert (np.abs(suggestions.calibrated - suggestions.given) >= THRESHOLD).all()
    assert (suggestions.probability > 0.5).all()
    assert (suggestions.proposed >= 1).all()
    assert (suggestions.proposed <= 5).all()
    of_manager = found.of_row[suggestions.row]
    assert ((found.low > 0) | (found.high < 0))[of_manager].all()
    assert len(suggest(found, told.rating, threshold=1.0).row) < len(down)


def test_the_lowest_of_a_scale_is_never_lowered():
    told = organisation(World("none", team=8, leniency=0.8), 1)
    found = estimate(told.rating, **told.columns)

    suggestions = suggest(found, told.rating, levels=[2, 3, 4])

    assert set(suggestions.given) <= {2.0, 3.0, 4.0}
    assert set(suggestions.proposed) <= {2.0, 3.0, 4.0}
