"""Where ratings differ: from manager to manager, from person to person of one manager, from cycle to cycle of one person."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Floats = NDArray[np.float64]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Strata:
    """Rows by manager and, inside, by pair of manager and employee; numbered from 0 without gaps.

    `manager` and `pair` have one entry for each row, `manager_of_pair` one for each pair.
    """

    manager: Ints
    pair: Ints
    manager_of_pair: Ints
    managers: int

    @property
    def count(self) -> Floats:
        """The number of rows of each manager."""
        return np.bincount(self.manager, minlength=self.managers).astype(float)

    @property
    def in_pair(self) -> Floats:
        """The number of rows of each pair: in how many cycles this manager rated this person."""
        return np.bincount(self.pair, minlength=len(self.manager_of_pair)).astype(float)

    def only(self, rows: NDArray[np.bool_]) -> "Strata":
        """The same managers and pairs with some of their rows."""
        return Strata(self.manager[rows], self.pair[rows], self.manager_of_pair, self.managers)

    def by_manager(self, of_pairs: Numbers) -> Floats:
        """Sum over the pairs of each manager."""
        return np.bincount(self.manager_of_pair, of_pairs, self.managers).astype(float)

    def means(self, values: Floats) -> Floats:
        """Each manager's mean; unknown without a row."""
        return ratio(np.bincount(self.manager, values, self.managers), self.count)


def strata_of(manager: NDArray[Any], employee: NDArray[Any]) -> tuple[NDArray[Any], Strata]:
    """The managers' ids in order, and the rows sorted by them and by who was rated."""
    ids, of_manager = np.unique(manager, return_inverse=True)
    people, of_employee = np.unique(employee, return_inverse=True)
    pairs, of_pair = np.unique(of_manager * len(people) + of_employee, return_inverse=True)
    return ids, Strata(of_manager, of_pair, pairs // max(len(people), 1), len(ids))


@dataclass(frozen=True)
class Components:
    """Nested analysis of variance (of covariance, for two different columns), for teams of any size.

    `between` is what managers differ by, `person` what the people of one manager differ by in every cycle,
    `cycle` what comes and goes; `repeats` is the number of ratings that came after a pair's first.
    """

    between: float
    person: float
    cycle: float
    repeats: int

    @property
    def within(self) -> float:
        """What the ratings of one manager differ by."""
        return self.person + self.cycle


def components_of(a: Floats, b: Floats, strata: Strata) -> Components:
    """Split the (co)variance of two columns, from the sums of products of each stratum."""
    count, in_pair, rows = strata.count, strata.in_pair, len(a)
    total, whole = float(a @ b), float(a.sum() * b.sum()) / max(rows, 1)
    pairs = _products_of_means(a, b, strata.pair, in_pair)
    teams = _products_of_means(a, b, strata.manager, count)

    repeats = rows - int(np.count_nonzero(in_pair))
    cycle = _quotient(total - pairs, repeats)
    repeated = ratio(strata.by_manager(in_pair**2), count, unknown=0)
    person = _quotient(total - teams - cycle * (rows - np.count_nonzero(count)), rows - repeated.sum())
    if a is b:  # a variance is not negative, whatever chance and rounding say
        cycle, person = max(cycle, 0.0), max(person, 0.0)

    by_chance = person * repeated + cycle * (count > 0)  # rows times the noise of a mean
    between = teams - whole - float((by_chance * (1 - count / max(rows, 1))).sum())
    return Components(_quotient(between, rows - (count**2).sum() / max(rows, 1)), person, cycle, repeats)


def noise_of_means(parts: Components, a: Strata, b: Strata) -> Floats:
    """By how much each manager's two means vary together by chance; the rows of `b` are among those of `a`.

    With `a` and `b` the same this is within / n, n = ratings / (1 + (k - 1) icc), where k is the number of cycles
    of a pair and icc the share of `person` in `within`.
    """
    together = parts.person * a.by_manager(a.in_pair * b.in_pair) + parts.cycle * b.count
    return ratio(together, a.count * b.count)


def ratio(top: Numbers, bottom: Numbers, unknown: float = np.nan) -> Floats:
    """Divide; where there is nothing to divide by, the answer is unknown."""
    top, bottom = np.broadcast_arrays(top, bottom)
    return np.divide(top, bottom, out=np.full(top.shape, unknown, dtype=float), where=bottom > 0)


def _products_of_means(a: Floats, b: Floats, index: Ints, count: Floats) -> float:
    sums_a, sums_b = np.bincount(index, a, len(count)), np.bincount(index, b, len(count))
    return float(ratio(sums_a * sums_b, count, unknown=0).sum())


def _quotient(top: float, bottom: float) -> float:
    return float(top / bottom) if bottom > 1e-9 else 0.0
