"""The arithmetic of succession: months, bands, scores, matchings and strengths, against the definition and by brute force."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.enums import Readiness, RetirementOutlook
from talent.scores.bench import Chance, bench_score
from talent.scores.matching import matching_of
from talent.scores.readiness import (
    MONTHS_PER_LEVEL,
    MOVE,
    WEIGHTS,
    Gap,
    band_of,
    order_hangs_on_weights,
    score_of,
    suggested,
    turns,
    way_of,
)
from talent.scores.retirement import RETIREMENT_AGE, retirement_outlook

graphs = st.dictionaries(
    st.integers(0, 7), st.lists(st.integers(100, 107), max_size=8, unique=True), min_size=0, max_size=8
)
shares = st.fixed_dictionaries({name: st.tuples(*[st.floats(0, 1)] * 2).map(sorted).map(tuple) for name in WEIGHTS})


def brute_force(options):
    """The most roles that distinct people can take, by trying everything."""
    roles = list(options)

    def best(place, taken):
        if place == len(roles):
            return 0
        without = best(place + 1, taken)
        return max([without, *(1 + best(place + 1, taken | {it}) for it in options[roles[place]] if it not in taken)])

    return best(0, frozenset())


@given(graphs)
def test_matching_equals_brute_force(options):
    found = matching_of(options)

    assert found.size == brute_force(options)
    assert len(set(found.taken_by.values())) == found.size
    assert all(person in options[role] for role, person in found.taken_by.items())


@given(graphs)
def test_a_single_point_is_whoever_is_missing_lowers_the_matching(options):
    found, size = matching_of(options), brute_force(options)

    for person in found.people:
        without = {role: [it for it in people if it != person] for role, people in options.items()}
        assert (person in found.single_points) == (brute_force(without) < size)


def test_a_long_chain_is_followed_without_recursion():
    """Everybody must move one place on for the last role to be filled."""
    roles = 3000
    found = matching_of({role: [role, role + 1] for role in range(roles)} | {roles: [0]})

    assert found.size == roles + 1


def test_overlap_of_nothing_is_unknown():
    assert matching_of({1: []}).overlap is None
    assert matching_of({1: [7, 8], 2: [7]}).overlap == pytest.approx(1.5)


def test_the_way_takes_two_competencies_at_a_time_and_then_the_experiences():
    way = way_of([Gap(1, 2, 2), Gap(2, 1, 1), Gap(3, 1, 1)], (1, 2))

    # Two levels beside one and one: 12 months either way; then 9 for each experience.
    assert (way.low, way.high) == (12 + 9, 12 + 18)
    assert way.lanes == (((1, 12),), ((2, 6), (3, 6)))


def test_what_nobody_assessed_makes_the_way_an_interval():
    way = way_of([Gap(1, 0, 4), Gap(2, 1, 1)])

    assert (way.low, way.high, way.is_certain) == (6, 24, False)


@given(st.lists(st.integers(0, 5), max_size=8))
def test_the_way_is_close_to_the_best_two_lanes(levels):
    way = way_of([Gap(pk, level, level) for pk, level in enumerate(levels)])
    months = [level * MONTHS_PER_LEVEL for level in levels]

    halves = (
        sum(it for it, is_in in zip(months, chosen, strict=True) if is_in)
        for chosen in product((0, 1), repeat=len(months))
    )
    best = min(max(half, sum(months) - half) for half in halves)
    assert best <= way.low <= best * 7 / 6 + 1e-9  # Graham 1969: the longest first is at most 4/3 - 1/(3*2) of the best
    assert way.high == max((sum(it for _, it in lane) for lane in way.lanes), default=0)


@pytest.mark.parametrize(
    ("months", "critical", "band"),
    [
        (0, False, Readiness.READY_NOW),
        (3, False, Readiness.READY_NOW),
        (3, True, Readiness.SOON),
        (4, False, Readiness.SOON),
        (24, False, Readiness.SOON),
        (25, False, Readiness.LATER),
        (60, True, Readiness.LATER),
        (61, False, None),
    ],
)
def test_bands_by_months(months, critical, band):
    assert band_of(months, has_critical_gap=critical) == band


def test_a_suggestion_speaks_against_only_what_lies_outside_of_it():
    found = suggested(way_of([Gap(1, 0, 4)]), is_critical_for_certain=False, may_be_critical=True)

    assert (found.best, found.worst) == (Readiness.READY_NOW, Readiness.SOON)
    assert not found.speaks_against(Readiness.READY_NOW)
    assert not found.speaks_against(Readiness.SOON)
    assert found.speaks_against(Readiness.LATER)
    assert not found.speaks_against(Readiness.EMERGENCY)  # asked apart


@given(shares)
def test_a_score_is_its_weighted_parts(parts):
    score = score_of(parts)

    assert score.low == pytest.approx(100 * sum(WEIGHTS[name] * parts[name][0] for name in WEIGHTS))
    assert score.high == pytest.approx(100 * sum(WEIGHTS[name] * parts[name][1] for name in WEIGHTS))
    assert 0 <= score.low <= score.high <= 100 + 1e-9


def test_what_is_unknown_counts_from_none_to_all():
    score = score_of({"fit": (0.5, 0.5), "performance": None})

    assert (score.low, score.high) == (pytest.approx(20), pytest.approx(20 + 25 + 20 + 15))
    assert [part.is_known for part in score.parts] == [True, False, False, False]


@given(shares, shares)
def test_an_order_hangs_on_its_weights_if_some_weights_within_a_quarter_turn_it(one, other):
    """The closed form against every corner of the box of weights, where a linear function has its extremes."""
    a, b = score_of(one), score_of(other)
    differences = [x.middle - y.middle for x, y in zip(a.parts, b.parts, strict=True)]
    corners = [
        sum(
            weight * (1 + sign * MOVE) * it
            for weight, sign, it in zip(WEIGHTS.values(), signs, differences, strict=True)
        )
        for signs in product((-1, 1), repeat=len(WEIGHTS))
    ]
    base = sum(weight * it for weight, it in zip(WEIGHTS.values(), differences, strict=True))

    if min(corners) * max(corners) < -1e-12:
        assert turns(a, b)
    elif abs(base) > 1e-9 and min(abs(corner) for corner in corners) > 1e-9:
        assert not turns(a, b)


def test_the_same_person_twice_hangs_on_nothing():
    same = score_of({"fit": (0.4, 0.6)})

    assert not order_hangs_on_weights([same, same])


def test_strength_by_hand():
    score = bench_score(
        [Chance("ready_now", 0.8, True), Chance("soon"), Chance("later", is_willing=False), Chance("emergency")]
    )

    # q: 0.9 * 0.8 = 0.72; 0.5, nothing known; 0, not willing; 0, no succession.
    assert score.strength == pytest.approx(1 - (1 - 0.72) * (1 - 0.5))
    assert score.unknown == 3
    assert score.exposure(5, "high") == pytest.approx(5 * 0.6 * (1 - score.strength))
    assert score.exposure(None, "high") is None
    assert bench_score([]).strength == 0


@pytest.mark.parametrize(
    ("years", "outlook"),
    [
        (-1, RetirementOutlook.ONE_YEAR),
        (1, RetirementOutlook.ONE_YEAR),
        (2, RetirementOutlook.THREE_YEARS),
        (3, RetirementOutlook.THREE_YEARS),
        (5, RetirementOutlook.FIVE_YEARS),
        (6, RetirementOutlook.LATER),
    ],
)
def test_retirement_is_a_band(years, outlook):
    assert retirement_outlook(2026 + years - RETIREMENT_AGE, 2026) == outlook


def test_without_a_year_of_birth_nothing_is_known():
    assert retirement_outlook(None, 2026) is None
