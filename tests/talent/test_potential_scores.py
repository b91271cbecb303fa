"""P, Q and their correlation: what they must be whatever goes in, and the same sums done by hand."""

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.enums import PotentialDimension as Dimension
from talent.scores.correlation import correlation
from talent.scores.performance import on_five_steps, performance_level, trend_of
from talent.scores.potential import BEHAVIOURS_NEEDED, MAKE_Q, dimension_levels, potential_level

places = st.floats(1, 5)
answers = st.one_of(st.none(), st.integers(1, 5))
rater = st.fixed_dictionaries({dimension: st.lists(answers, min_size=4, max_size=4) for dimension in Dimension})


def sure(*levels: int) -> dict:
    """A rater who observed all, with one answer for each dimension."""
    return {dimension: [level] * 4 for dimension, level in zip(Dimension, levels, strict=True)}


@given(st.lists(places, min_size=1, max_size=8), places)
def test_performance_is_the_weighted_mean_with_one_imagined_cycle(values, mean):
    level = performance_level(values, mean)

    weights = [0.5**ago for ago in range(len(values))]
    by_hand = (sum(w * v for w, v in zip(weights, values, strict=True)) + mean) / (sum(weights) + 1)
    assert isclose(level.value, by_hand)
    assert min(*values, mean) - 1e-9 <= level.value <= max(*values, mean) + 1e-9
    assert 1 <= level.low <= level.value + 1e-9
    assert level.value - 1e-9 <= level.high <= 5


@given(st.lists(places, min_size=1, max_size=8), places)
def test_what_a_page_shows_of_performance_gives_the_level(values, mean):
    level = performance_level(values, mean)

    assert isclose((level.total + level.mean) / (level.weight + 1), level.value)
    assert isclose(level.total, sum(part.weight * part.value for part in level.parts))


def test_one_rating_is_drawn_half_way_to_the_mean():
    assert performance_level([5], 3).value == 4


def test_nothing_known_has_no_level():
    assert performance_level([], 3) is None


def test_a_trend_needs_three_ratings():
    assert trend_of([4, 3]) is None
    assert isclose(trend_of([5, 4, 3]).slope, 1)
    assert not trend_of([3, 3, 3]).is_clear


@pytest.mark.parametrize(
    ("value", "lowest", "highest", "place"), [(1, 1, 5, 1), (3, 1, 3, 5), (2, 1, 3, 3), (1, 1, 1, None)]
)
def test_scales_meet_on_five_steps(value, lowest, highest, place):
    assert on_five_steps(value, lowest, highest) == place


@given(st.lists(rater, max_size=5))
def test_potential_is_the_mean_of_its_three_dimensions_or_nothing(forms):
    level = potential_level(forms)
    means = []
    for dimension in MAKE_Q:
        by_rater = []
        for form in forms:
            observed = [answer for answer in form[dimension] if answer is not None]
            if len(observed) >= BEHAVIOURS_NEEDED:
                by_rater.append(sum(observed) / len(observed))
        means.append(sum(by_rater) / len(by_rater) if len(by_rater) >= 2 else None)

    if None in means:
        assert level is None
    else:
        assert isclose(level.value, sum(means) / 3)
        assert 1 <= level.low <= level.value + 1e-9
        assert level.value - 1e-9 <= level.high <= 5


@given(st.lists(rater, min_size=2, max_size=5), st.randoms())
def test_the_order_of_raters_changes_nothing(forms, random):
    shuffled = list(forms)
    random.shuffle(shuffled)

    one, other = potential_level(forms), potential_level(shuffled)

    assert (one is None) == (other is None)
    assert one is None or (isclose(one.value, other.value) and isclose(one.sd, other.sd))


@given(st.lists(rater, min_size=2, max_size=4), rater)
def test_aspiration_and_engagement_never_enter_the_level(forms, other):
    changed = [form | {d: other[d] for d in (Dimension.ASPIRATION, Dimension.ENGAGEMENT)} for form in forms]

    assert potential_level(changed) == potential_level(forms)


def test_the_interval_can_be_done_by_hand():
    level = potential_level([sure(4, 4, 4, 1, 1), sure(2, 2, 2, 5, 5)])

    sd = sqrt((4 * 0.6**2 + 1 + 1) / (4 + 2 - 1))
    assert level.value == 3
    assert level.deviations == (1, -1)
    assert isclose(level.sd, sd)
    assert isclose(level.low, 3 - 1.96 * sd / sqrt(2))


def test_raters_who_agree_still_leave_an_interval():
    level = potential_level([sure(3, 3, 3, 3, 3)] * 2)

    assert level.low < 3 < level.high


def test_one_rater_is_not_enough():
    assert potential_level([sure(4, 4, 4, 4, 4)]) is None


def test_more_than_one_level_apart_is_disputed():
    apart = {shown.dimension: shown for shown in dimension_levels([sure(5, 4, 3, 3, 3), sure(3, 3, 3, 3, 3)])}

    assert apart[Dimension.LEARNING].is_disputed
    assert not apart[Dimension.ADAPTABILITY].is_disputed  # one level exactly
    assert apart[Dimension.LEADERSHIP].spread == 0


def test_what_was_hardly_observed_is_unknown_and_not_low():
    form = sure(4, 4, 4, 4, 4) | {Dimension.LEARNING: [5, 5, None, None]}

    shown = dimension_levels([form, sure(4, 4, 4, 4, 4)])[0]

    assert shown.by_rater == (None, 4)
    assert shown.value is None


@given(st.lists(st.tuples(places, places), max_size=40))
def test_a_correlation_lies_within_its_interval(pairs):
    found = correlation(pairs)

    assert found is None or -1 <= found.low <= found.value + 1e-5 <= found.high + 2e-5 <= 1.0001


def test_a_correlation_needs_ten_people():
    assert correlation([(n, n) for n in range(9)]) is None
    assert correlation([(n, n) for n in range(10)]).is_too_high
    assert not correlation([(n, n % 2) for n in range(10)]).is_too_high
