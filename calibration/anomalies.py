"""Managers whose ratings differ by more than chance from what their evidence predicts. A question, never a verdict.

Two questions to each manager: does the mean lie far from what goals and peers predict (`Anomaly.MEAN`), and do
the ratings hardly differ from each other (`Anomaly.NARROW`)? A team is never compared with the organisation's
shares of each rating: where teams really differ, most of what that finds is false. All answers together are
corrected by Benjamini and Hochberg, so that of the managers asked at most about one in ten is asked in vain.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calibration.enums import Anomaly, LeniencyBasis
from calibration.leniency import Estimate, normal_cdf
from calibration.variances import Components, Floats, Strata, components_of, ratio, strata_of

FALSE_DISCOVERIES = 0.10
FEWEST_FOR_MEAN = 4
FEWEST_FOR_SPREAD = 4
ENUMERATED_BELOW = 8  # the chi-square promises too much for fewer
MAD_TO_SD = 1.4826


@dataclass(frozen=True)
class Anomalies:
    """One entry for each question that could be asked of a manager.

    `p` is the chance of something as unusual without a reason, `q` the share of false ones among all at least as
    unusual, `is_flagged` where q is small enough. `observed` is the remaining mean in points (MEAN) or the
    ratings' standard deviation (NARROW), `expected` zero or the standard deviation usual within teams.
    """

    manager: NDArray[Any]
    kind: NDArray[Any]
    ratings: NDArray[np.intp]
    observed: Floats
    expected: Floats
    p: Floats
    q: Floats
    is_flagged: NDArray[np.bool_]


def find_anomalies(
    found: Estimate,
    rating: ArrayLike,
    *,
    manager: ArrayLike,
    employee: ArrayLike,
    levels: ArrayLike = (1, 2, 3, 4, 5),
    false_discoveries: float = FALSE_DISCOVERIES,
) -> Anomalies:
    """Ask both questions of all managers who have ratings enough to be asked.

    The arrays are those given to `estimate`. Without usable evidence only the spread is asked about.
    """
    given = np.asarray(rating, dtype=float)
    is_rated = ~np.isnan(given)
    rated = strata_of(np.asarray(manager), np.asarray(employee))[1].only(is_rated)
    means, spreads = mean_chances(found, rated), spread_chances(given[is_rated], rated, np.asarray(levels, dtype=float))
    asked_mean, asked_spread = ~np.isnan(means.p), ~np.isnan(spreads.p)
    who = np.concatenate([np.flatnonzero(asked_mean), np.flatnonzero(asked_spread)])
    p = np.concatenate([means.p[asked_mean], spreads.p[asked_spread]])
    q = false_discovery_rates(p)
    return Anomalies(
        manager=found.manager[who],
        kind=np.repeat([Anomaly.MEAN, Anomaly.NARROW], [asked_mean.sum(), asked_spread.sum()]),
        ratings=found.ratings[who],
        observed=np.concatenate([means.observed[asked_mean], spreads.observed[asked_spread]]),
        expected=np.concatenate([means.expected[asked_mean], spreads.expected[asked_spread]]),
        p=p,
        q=q,
        is_flagged=q <= false_discoveries,
    )


def false_discovery_rates(p: Floats) -> Floats:
    """Benjamini and Hochberg's q for each p: the least rate of false discoveries at which it is one."""
    order = np.argsort(p)[::-1]
    rank = np.arange(len(p), 0, -1)
    q = np.empty(len(p))
    q[order] = np.minimum.accumulate(np.minimum(p[order] * (len(p) / rank), 1))
    return q


@dataclass(frozen=True)
class Chances:
    """For each manager; p is NaN where the question cannot be asked."""

    observed: Floats
    expected: Floats
    p: Floats


def mean_chances(found: Estimate, rated: Strata) -> Chances:
    """How far what the evidence leaves unexplained lies from the usual, in the robust spread of all managers.

    The spread is taken from the median of the distances, which a few unusual managers cannot widen, and is never
    less than what chance alone makes of so few ratings.
    """
    unknown = np.full(rated.managers, np.nan)
    asked = (found.basis == LeniencyBasis.ANCHORED) & (found.ratings >= FEWEST_FOR_MEAN)
    if not asked.any():
        return Chances(unknown, unknown, unknown)
    away = found.remaining - np.median(found.remaining[asked])
    usual = (MAD_TO_SD * np.median(np.abs(away[asked]))) ** 2
    real = max(usual - np.median(found.by_chance[asked] ** 2), 0)
    z = np.sqrt(ratio(away**2, real + found.by_chance**2))
    p = np.where(asked, 2 * normal_cdf(-z), np.nan)
    return Chances(np.where(asked, away, np.nan), np.zeros(rated.managers), p)


def spread_chances(ratings: Floats, rated: Strata, levels: Floats) -> Chances:
    """How likely ratings lie as close together as a manager's do, when they vary as they do in all teams.

    From eight ratings on by chi-square, which counts a person's later ratings for less than new ones; from four
    to seven, all of different people, by going through all ways in which they could have fallen.
    """
    parts = components_of(ratings, ratings, rated)
    means = rated.means(ratings)
    squares = np.bincount(rated.manager, (ratings - means[rated.manager]) ** 2, rated.managers).astype(float)
    p = np.where(rated.count >= ENUMERATED_BELOW, _chi_square_chances(squares, parts, rated), np.nan)
    is_single = np.bincount(rated.manager_of_pair, rated.in_pair > 1, rated.managers) == 0
    for n in range(FEWEST_FOR_SPREAD, ENUMERATED_BELOW):
        few = np.flatnonzero((rated.count == n) & is_single)
        p[few] = _enumerated_chances(squares[few], means[few], n, levels, math.sqrt(parts.within))
    observed = np.sqrt(ratio(squares, rated.count - 1))
    return Chances(observed, np.full(rated.managers, math.sqrt(parts.within)), p)


def _chi_square_chances(squares: Floats, parts: Components, rated: Strata) -> Floats:
    """The chance of a smaller sum of squares; people and cycles vary differently, so the degrees of freedom are
    Satterthwaite's, and the chi-square is Wilson and Hilferty's."""
    if not parts.within:
        return np.full(rated.managers, np.nan)
    people = rated.by_manager((rated.in_pair > 0).astype(float))
    k = ratio(rated.by_manager(rated.in_pair**2), rated.count, unknown=1)
    of_people, of_cycles = k * parts.person + parts.cycle, parts.cycle
    expected = np.maximum(people - 1, 0) * of_people + (rated.count - people) * of_cycles
    variance = 2 * (np.maximum(people - 1, 0) * of_people**2 + (rated.count - people) * of_cycles**2)
    freedom = ratio(2 * expected**2, variance)
    rest = 2 / (9 * freedom)
    return normal_cdf((np.cbrt(ratio(squares, expected)) - (1 - rest)) / np.sqrt(rest))


def _enumerated_chances(squares: Floats, means: Floats, n: int, levels: Floats, sd: float) -> Floats:
    """The chance that n ratings around a mean lie as close together, over every way they can fall on the levels."""
    if not len(squares) or not sd:
        return np.full(len(squares), np.nan)
    falls, ways = _falls(n, len(levels))
    sums, sums_of_squares = falls @ levels, falls @ levels**2
    spread = sums_of_squares - sums**2 / n
    edges = (levels[1:] + levels[:-1]) / 2
    below = np.array([normal_cdf((edges - mean) / sd) for mean in means])
    shares = np.diff(below, axis=1, prepend=0, append=1)
    chances = ways * np.exp(np.log(np.maximum(shares, 1e-300)) @ falls.T)
    return (chances * (spread <= squares[:, None] + 1e-9)).sum(axis=1)


@lru_cache
def _falls(n: int, levels: int) -> tuple[Floats, Floats]:
    """Every way n ratings fall on the levels (one row each: how many on which), and in how many orders each comes about."""
    falls = np.array(list(_compositions(n, levels)), dtype=float)
    orders = [math.factorial(n) / math.prod(math.factorial(int(each)) for each in fall) for fall in falls]
    return falls, np.array(orders)


def _compositions(n: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in _compositions(n - first, parts - 1):
            yield (first, *rest)
