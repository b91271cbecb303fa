"""Shares with their intervals, against values that were published or follow by hand, and what must hold for any counts."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.scores.rates import fisher, four_fifths, spread, wilson

COUNTS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (1, 10, 0.0179, 0.4042),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17:857-872, table I
        (15, 148, 0.0624, 0.1605),
    ],
)
def test_wilson_gives_the_published_bounds(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)

    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
    assert found.share == successes / n


def test_a_share_of_nothing_is_unknown() -> None:
    assert wilson(0, 0) is None
    assert four_fifths(0, 0, 1, 2) is None
    assert spread([]) is None


@pytest.mark.parametrize(("successes", "n"), [(-1, 4), (5, 4), (1, 0)])
def test_counts_that_cannot_be_are_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        wilson(successes, n)


@given(COUNTS, COUNTS)
def test_the_interval_holds_its_share_and_stays_within_0_and_1(successes: int, failures: int) -> None:
    found = wilson(successes, successes + failures)
    mirrored = wilson(failures, successes + failures)

    if found is None or mirrored is None:
        assert successes + failures == 0
        return
    assert 0 <= found.low <= found.share <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 1, 1, 3), 0.4857142857),  # the lady tasting tea
        ((1, 9, 11, 3), 0.0027594562),
        ((8, 2, 1, 5), 0.0349650350),
        ((0, 0, 0, 0), 1.0),
        ((5, 0, 0, 5), 2 / 252),
    ],
)
def test_fisher_gives_the_known_p(table: tuple[int, int, int, int], p: float) -> None:
    assert fisher(*table) == pytest.approx(p, abs=1e-9)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_fisher_is_a_probability_and_does_not_mind_which_group_comes_first(a: int, b: int, c: int, d: int) -> None:
    p = fisher(a, b, c, d)

    assert 0 < p <= 1
    for turned in ((c, d, a, b), (b, a, d, c), (a, c, b, d)):
        assert fisher(*turned) == pytest.approx(p, rel=1e-6)


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_fisher_agrees_with_counting_every_table_exactly(a: int, b: int, c: int, d: int) -> None:
    row, column, total = a + b, a + c, a + b + c + d
    ways = {
        x: comb(row, x) * comb(total - row, column - x)
        for x in range(max(0, row + column - total), min(row, column) + 1)
    }

    exact = sum(way for way in ways.values() if way <= ways[a]) / sum(ways.values())

    assert fisher(a, b, c, d) == pytest.approx(exact, rel=1e-6)


def test_fisher_stands_the_size_of_a_large_company() -> None:
    assert 0 < fisher(4000, 46000, 4200, 45800) < 0.05


def test_fisher_refuses_negative_counts() -> None:
    with pytest.raises(ValueError, match="negative"):
        fisher(1, -1, 2, 3)


def test_four_fifths_asks_why_below_the_ratio_and_says_when_groups_are_small() -> None:
    lower = four_fifths(3, 10, 6, 10)
    even = four_fifths(4, 4, 40, 40)
    nobody = four_fifths(0, 10, 0, 10)

    assert lower is not None
    assert even is not None
    assert nobody is not None
    assert (lower.ratio, lower.asks_why, lower.is_small) == (0.5, True, False)
    assert (even.ratio, even.asks_why, even.is_small) == (1.0, False, True)
    assert (nobody.ratio, nobody.asks_why) == (None, False)


def test_spread_is_the_median_with_the_middle_half() -> None:
    one, five = spread([7]), spread([10, 20, 30, 40, 50])

    assert one is not None
    assert five is not None
    assert (one.n, one.lower, one.median, one.upper) == (1, 7, 7, 7)
    assert (five.n, five.lower, five.median, five.upper) == (5, 20, 30, 40)
