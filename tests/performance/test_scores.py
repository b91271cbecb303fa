"""The arithmetic of a score: known parts only, weighed anew, the same again from what was stored."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.reviews.scores import Inputs, Item, Section, score_as_read, score_of

SCALE = tuple(enumerate(["Low", "Partly", "Meets", "Above", "Top"], start=1))


def level(value, title="Item", low=1, high=5, weight=1, seen_by=""):
    return Item(title, Decimal(low), Decimal(high), None if value is None else Decimal(value), weight, seen_by)


def inputs(*sections):
    return Inputs(tuple(Section(f"S{i}", weight, tuple(items)) for i, (weight, items) in enumerate(sections)), SCALE)


items = st.builds(
    level,
    st.one_of(st.none(), st.integers(1, 5)),
    weight=st.integers(0, 9),
)
sections = st.tuples(st.integers(1, 100), st.lists(items, max_size=5))
all_inputs = st.lists(sections, max_size=5).map(lambda given: inputs(*given))


def test_a_score_weighs_sections_and_says_where_it_lies_on_the_scale():
    score = score_of(inputs((60, [level(5), level(3)]), (40, [level(2)])))

    assert [section.shown_percent for section in score.sections] == [Decimal("75.00"), Decimal("25.00")]
    assert score.percent == Decimal("55.00")
    assert (score.on_scale, score.level) == (Decimal("3.20"), (3, "Meets"))


def test_what_was_not_rated_takes_no_part_and_is_never_zero():
    score = score_of(inputs((60, [level(5), level(None)]), (40, [level(None)])))

    assert score.percent == Decimal("100.00")
    assert (score.weight_counted, len(score.unrated)) == (60, 2)


def test_what_weighs_nothing_is_not_missing():
    score = score_of(inputs((100, [level(4), level(None, weight=0)])))

    assert (score.percent, score.unrated) == (Decimal("75.00"), [])


def test_nothing_is_missing_in_a_section_that_weighs_nothing():
    score = score_of(inputs((100, [level(4)]), (0, [level(None)])))

    assert (score.percent, score.unrated) == (Decimal("75.00"), [])


def test_nothing_rated_is_no_score():
    score = score_of(inputs((100, [level(None)])))

    assert (score.percent, score.on_scale, score.level) == (None, None, None)


def test_half_way_between_two_levels_the_higher_one_is_meant():
    assert score_of(inputs((100, [level(3), level(4)]))).level == (4, "Above")


def test_what_is_kept_from_a_reader_takes_its_section_and_the_result_with_it():
    given_inputs = inputs((60, [level(5)]), (40, [level(2, seen_by="hr")]))

    score = score_as_read(given_inputs, lambda item: item.seen_by != "hr")

    assert [section.title for section in score.sections] == ["S0"]
    assert (score.percent, score.level, score.is_partly_kept) == (None, None, True)


@given(all_inputs)
def test_it_can_be_done_again_from_what_is_stored(given_inputs):
    stored = json.loads(json.dumps(given_inputs.as_json()))

    assert score_of(Inputs.from_json(stored)) == score_of(given_inputs)


@given(all_inputs)
def test_a_score_lies_between_the_lowest_and_the_highest_part(given_inputs):
    score = score_of(given_inputs)
    rated = [
        item.shown_percent
        for section in given_inputs.sections
        for item in section.items
        if item.percent is not None and item.weight
    ]

    assert (score.percent is None) == (not rated)
    if score.percent is not None:
        assert min(rated) - Decimal("0.01") <= score.percent <= max(rated) + Decimal("0.01")
        assert score.level in SCALE


@given(all_inputs, st.integers(2, 9))
def test_only_the_proportion_of_weights_counts(given_inputs, factor):
    heavier = Inputs(
        tuple(Section(s.title, s.weight * factor, s.items) for s in given_inputs.sections), given_inputs.scale
    )

    assert score_of(heavier).percent == score_of(given_inputs).percent


@given(all_inputs)
def test_something_unrated_more_changes_nothing(given_inputs):
    with_more = Inputs(
        tuple(Section(s.title, s.weight, (*s.items, level(None))) for s in given_inputs.sections), given_inputs.scale
    )

    assert score_of(with_more).percent == score_of(given_inputs).percent


@pytest.mark.parametrize(("value", "percent"), [(1, "0.00"), (2, "25.00"), (5, "100.00"), (7, "100.00"), (0, "0.00")])
def test_a_competency_counts_from_its_lowest_level(value, percent):
    assert level(value).shown_percent == Decimal(percent)
