"""Halo: seen where it is, blind to leniency, silent on too little."""

import numpy as np
import pytest

from calibration.notes import halo

pytestmark = pytest.mark.filterwarnings("error")


def scores_of(manager, *, halo_of, seed=1):
    """Six competencies of each review, with as much of one common impression as the manager lets in."""
    draw = np.random.default_rng(seed)
    impression = draw.normal(size=(len(manager), 1))
    share = halo_of[manager][:, None]
    own = draw.normal(size=(len(manager), 6))
    return np.clip(np.rint(3 + np.sqrt(share) * impression + np.sqrt(1 - share) * own), 1, 5)


def test_one_impression_rated_everywhere_is_seen():
    manager = np.repeat(np.arange(40), 10)
    scores = scores_of(manager, halo_of=np.where(np.arange(40) < 4, 0.9, 0.2))

    found = halo(scores, manager=manager)

    assert (found.p[:4] < 0.02).all()
    assert (found.p[4:] < 0.05).mean() < 0.15
    assert found.likeness[:4].min() > found.usual


def test_leniency_is_not_halo_and_the_answer_is_always_the_same():
    manager = np.repeat(np.arange(40), 10)
    scores = scores_of(manager, halo_of=np.full(40, 0.3))
    lenient = scores + 3.0 * (manager == 7)[:, None]

    found, shifted = halo(scores, manager=manager), halo(lenient, manager=manager)

    np.testing.assert_allclose(shifted.likeness, found.likeness)
    np.testing.assert_allclose(shifted.p, found.p)


def test_likeness_by_hand():
    """Four reviews of two competencies, all far from each other: the same sign everywhere, then never."""
    same = [[1, 1], [2, 2], [4, 4], [5, 5]]
    opposite = [[1, 5], [2, 4], [4, 2], [5, 1]]

    found = halo([*same, *opposite], manager=[1] * 4 + [2] * 4)

    np.testing.assert_allclose(found.likeness, [1, -1])
    assert found.usual == pytest.approx(0)


def test_too_few_reviews_or_competencies_say_nothing():
    few = halo([[1, 2], [3, 4], [5, 5]], manager=[1, 1, 1])
    unknown = halo([[1, np.nan], [3, np.nan], [np.nan, 2], [4, np.nan]], manager=[1, 1, 1, 1])

    assert np.isnan(few.p).all()
    assert np.isnan(unknown.likeness).all()
    assert unknown.reviews.tolist() == [0]
