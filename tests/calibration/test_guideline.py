"""Percentages of a guideline as numbers of people."""

from hypothesis import given
from hypothesis import strategies as st

from calibration.boards.guideline import applies_to, in_words, targets
from calibration.enums import Rounding

USUAL = {1: 5, 2: 15, 3: 60, 4: 15, 5: 5}


@st.composite
def guidelines(draw):
    """Shares of a few ratings that are a hundred together or less."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=1, max_size=7)))
    return {value: high - low for value, (low, high) in enumerate(zip([0, *cuts], cuts, strict=False), start=1)}


@given(guidelines(), st.integers(0, 2000))
def test_to_the_nearest_the_numbers_fit_together_and_none_is_a_person_off(percents, people):
    found = targets(percents, people, Rounding.NEAREST)

    exact = sum(percents.values()) * people / 100
    assert abs(sum(found.values()) - exact) <= 0.5
    assert all(abs(found[value] - percent * people / 100) < 1 for value, percent in percents.items())


@given(guidelines(), st.integers(0, 2000))
def test_a_whole_guideline_comes_to_everybody(percents, people):
    rest = 100 - sum(percents.values())

    assert sum(targets(percents | {99: rest}, people, Rounding.NEAREST).values()) == people


@given(guidelines(), st.integers(0, 2000))
def test_up_never_lies_below_a_share_and_down_never_above(percents, people):
    up, down = targets(percents, people, Rounding.UP), targets(percents, people, Rounding.DOWN)

    for value, percent in percents.items():
        exact = percent * people / 100
        assert exact <= up[value] < exact + 1
        assert exact - 1 < down[value] <= exact


@given(st.permutations(list(USUAL.items())), st.integers(0, 500), st.sampled_from(Rounding))
def test_the_order_of_the_shares_does_not_matter(items, people, rounding):
    assert targets(dict(items), people, rounding) == targets(USUAL, people, rounding)


def test_forty_people_by_each_rule():
    assert targets(USUAL, 41, Rounding.NEAREST) == {1: 2, 2: 6, 3: 25, 4: 6, 5: 2}
    assert targets(USUAL, 41, Rounding.UP) == {1: 3, 2: 7, 3: 25, 4: 7, 5: 3}
    assert targets(USUAL, 41, Rounding.DOWN) == {1: 2, 2: 6, 3: 24, 4: 6, 5: 2}


def test_the_rule_is_said_with_the_number():
    assert [in_words(6, rounding) for rounding in Rounding] == ["6", "at most 6", "at least 6"]


def test_below_thirty_people_nothing_is_compared():
    assert (applies_to(29), applies_to(30)) == (False, True)
