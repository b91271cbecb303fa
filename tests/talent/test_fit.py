"""How well somebody meets a role, and how many seats nobody could fill: the arithmetic alone."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talent.scores.fit import Demand, fit_of
from talent.scores.shortfall import at_least, shortfall

levels = st.integers(1, 5)
demands = st.lists(st.tuples(levels, levels), min_size=1, max_size=4).map(
    lambda rows: [Demand(number, required, importance) for number, (required, importance) in enumerate(rows)]
)
known = st.lists(st.one_of(st.none(), levels), min_size=4, max_size=4)


def by_number(have):
    return {number: level for number, level in enumerate(have) if level is not None}


@given(demands, known)
def test_a_fit_lies_between_0_and_1_and_holds_every_completion_of_what_is_not_known(asked, have):
    fit = fit_of(asked, by_number(have))

    assert 0 <= fit.low <= fit.high <= 1
    open_ones = [demand.competency_id for demand in asked if have[demand.competency_id] is None]
    for completion in itertools.product(range(6), repeat=len(open_ones)):
        full = by_number(have) | dict(zip(open_ones, completion, strict=True))
        whole = fit_of(asked, full)
        assert whole.is_certain
        assert fit.low - 1e-12 <= whole.high <= fit.high + 1e-12
    assert fit.unknown == len(open_ones)
    assert fit.is_certain == (not open_ones)


def test_a_fit_by_hand():
    asked = [Demand(1, 4, 5), Demand(2, 3, 2), Demand(3, 2, 1)]

    fit = fit_of(asked, {1: 2, 2: 5})

    assert [line.gap for line in fit.lines] == [2, 0, None]
    assert [line.is_critical for line in fit.lines] == [True, False, None]
    assert fit.weight == 28
    assert fit.high == pytest.approx((28 - 10) / 28)
    assert fit.low == pytest.approx((28 - 10 - 2) / 28)


def test_a_role_that_asks_for_nothing_fits_nobody():
    assert fit_of([], {1: 5}) is None


def most_filled(seats, people):
    """The best arrangement, by trying them all."""
    if not seats:
        return 0
    first, rest = seats[0], seats[1:]
    filled = most_filled(rest, people)
    for place, level in enumerate(people):
        if level >= first:
            filled = max(filled, 1 + most_filled(rest, people[:place] + people[place + 1 :]))
    return filled


@given(st.lists(levels, min_size=1, max_size=5), st.lists(levels, max_size=4), st.integers(0, 2))
def test_a_shortfall_is_what_the_best_arrangement_leaves_empty(seats, people, unknown):
    found = shortfall(at_least(seats), at_least(people), unknown)

    assert found.high == len(seats) - most_filled(seats, people)
    assert found.low == len(seats) - most_filled(seats, people + [5] * unknown)
    assert found.need == len(seats)
