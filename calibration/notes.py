"""Small print to a manager's ratings: is one impression rated everywhere."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calibration.variances import Floats, Ints, ratio

SHUFFLES = 499
FEWEST_REVIEWS = 4


@dataclass(frozen=True)
class Halo:
    """For each id in `manager`: how alike the competencies of one person are rated.

    `likeness` is the mean correlation between competencies (0 unrelated, 1 all the same), `usual` the same over
    everybody, `p` the chance that reviews dealt at random to managers come out as alike. NaN below four reviews.
    """

    manager: NDArray[Any]
    reviews: Ints
    likeness: Floats
    usual: float
    p: Floats


def halo(scores: ArrayLike, *, manager: ArrayLike, seed: int = 1) -> Halo:
    """Whether a manager rates one impression of a person rather than each competency.

    `scores` has one row for each review and one column for each competency, NaN where not rated. What a manager
    gives everybody in a competency is taken out first, so that leniency is not halo. The shuffling is seeded: the
    same input gives the same answer.
    """
    ids, index = np.unique(np.asarray(manager), return_inverse=True)
    together, alone = _products(np.asarray(scores, dtype=float), index, len(ids))
    counts = alone > 0
    index, together, alone = index[counts], together[counts], alone[counts]
    observed = _likeness(together, alone, index, len(ids))

    shuffled, at_least = np.random.default_rng(seed), np.zeros(len(ids))
    dealt = index.copy()
    for _time in range(SHUFFLES):
        shuffled.shuffle(dealt)
        at_least += _likeness(together, alone, dealt, len(ids)) >= observed - 1e-12
    reviews = np.bincount(index, minlength=len(ids))
    is_enough = reviews >= FEWEST_REVIEWS
    usual = float(together.sum() / alone.sum()) if len(alone) else np.nan
    p = np.where(is_enough, (at_least + 1) / (SHUFFLES + 1), np.nan)
    return Halo(ids, reviews, np.where(is_enough, observed, np.nan), usual, p)


def _products(scores: Floats, index: Ints, managers: int) -> tuple[Floats, Floats]:
    """For each review the mean product of two different competencies, and the mean square of one."""
    away = np.stack([_from_managers_mean(column, index, managers) for column in scores.T], axis=1)
    known = ~np.isnan(away)
    sizes = np.sqrt(ratio(np.where(known, away**2, 0).sum(axis=0), known.sum(axis=0)))
    away = np.where(known & (sizes > 0), away / np.where(sizes > 0, sizes, 1), 0)
    n, squares = known.sum(axis=1), (away**2).sum(axis=1)
    together = ratio(away.sum(axis=1) ** 2 - squares, n * (n - 1), unknown=0)
    return together, np.where(n > 1, ratio(squares, n), 0)


def _from_managers_mean(column: Floats, index: Ints, managers: int) -> Floats:
    known = ~np.isnan(column)
    mean = ratio(np.bincount(index[known], column[known], managers), np.bincount(index[known], minlength=managers))
    return column - mean[index]


def _likeness(together: Floats, alone: Floats, index: Ints, managers: int) -> Floats:
    return ratio(np.bincount(index, together, managers), np.bincount(index, alone, managers))
