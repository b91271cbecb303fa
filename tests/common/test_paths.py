"""Paths give the chain above and everyone below, and no one stands above themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrportal.common.paths import CycleError, encode, ids_of, is_below, paths_of


@st.composite
def forests(draw):
    """Child to parent, every parent made before its child, so that no ring can be."""
    size = draw(st.integers(1, 30))
    return {node: draw(st.none() | st.integers(1, node - 1)) if node > 1 else None for node in range(1, size + 1)}


def chain(parents, node):
    above = []
    while node is not None:
        above.append(node)
        node = parents[node]
    return above[::-1]


@given(st.lists(st.integers(0, 36**6 - 1), max_size=20))
def test_a_path_can_be_read_back(ids):
    assert ids_of("".join(map(encode, ids))) == ids


@given(forests())
def test_a_path_is_the_chain_from_the_top(parents):
    paths = paths_of(parents)

    assert {node: ids_of(path) for node, path in paths.items()} == {node: chain(parents, node) for node in parents}


@given(forests())
def test_below_means_having_it_in_the_chain(parents):
    paths = paths_of(parents)

    for node in parents:
        below = {other for other in parents if is_below(paths[other], paths[node])}
        assert below == {other for other in parents if node in chain(parents, other)[:-1]}


@given(forests(), st.data())
def test_a_ring_is_named(parents, data):
    bottom = data.draw(st.sampled_from(sorted(parents)))
    top = chain(parents, bottom)[0]
    parents[top] = bottom

    with pytest.raises(CycleError) as refused:
        paths_of(parents)

    assert top in refused.value.ids


def test_an_id_too_large_for_its_place_is_refused():
    with pytest.raises(ValueError, match="too large"):
        encode(36**6)
