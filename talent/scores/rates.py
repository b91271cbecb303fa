"""Shares and how sure they are: an interval for one share, the four-fifths rule and Fisher's exact test for two. Pure; nothing
here decides anything.
"""

from dataclasses import dataclass
from math import exp, fsum, lgamma, sqrt
from statistics import median, quantiles

# The quantile of the normal distribution that leaves 2.5 % above it: intervals of 95 %.
Z_95 = 1.959963984540054
# Below this many people in a group, a ratio of two rates says more about chance than about the groups.
FEWEST_COMPARED = 5
FOUR_FIFTHS = 0.8
# Two tables that are equally likely differ in the last digits of a float; R takes the same for the same.
SAME = 1e-7


@dataclass(frozen=True)
class Interval:
    """A share of `n` and between which bounds it lies with 95 % confidence; all three in 0 to 1."""

    successes: int
    n: int
    share: float
    low: float
    high: float


def wilson(successes: int, n: int) -> Interval | None:
    """The share of successes with Wilson's score interval; None of nothing: a share of no cases is unknown, not 0.

    Source: Wilson 1927, JASA 22:209-212; preferred for small n by Brown, Cai & DasGupta 2001, Statistical Science 16:101-133.
    Raises ValueError for counts that cannot be.
    """
    _refuse_impossible(successes, n)
    if n == 0:
        return None
    share, square = successes / n, Z_95**2
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = Z_95 / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    # At the ends the bound is the share itself; the float is off by its last digit.
    low = 0.0 if successes == 0 else max(0.0, middle - half)
    high = 1.0 if successes == n else min(1.0, middle + half)
    return Interval(successes, n, share, low, high)


@dataclass(frozen=True)
class FourFifths:
    """Two rates compared: `ratio` of the lower to the higher one, Fisher's `p`, and whether it is small enough a group to say so.

    `asks_why` is what the rule says: below four fifths, or p below 5 %, somebody looks into it. It is never a verdict.
    """

    ratio: float | None
    p: float
    is_small: bool
    rates: tuple[float, float]

    @property
    def asks_why(self) -> bool:
        return (self.ratio is not None and self.ratio < FOUR_FIFTHS) or self.p < 0.05


def four_fifths(chosen: int, of: int, others_chosen: int, of_others: int) -> FourFifths | None:
    """Compare the rates of two groups by the rule of four fifths and by Fisher's exact test; None where a group is empty.

    `ratio` is the lower rate divided by the higher one, None where both rates are 0. Source: 29 CFR 1607.4(D).
    """
    _refuse_impossible(chosen, of)
    _refuse_impossible(others_chosen, of_others)
    if not (of and of_others):
        return None
    rates = (chosen / of, others_chosen / of_others)
    ratio = min(rates) / max(rates) if max(rates) else None
    p = fisher(chosen, of - chosen, others_chosen, of_others - others_chosen)
    return FourFifths(ratio, p, min(of, of_others) < FEWEST_COMPARED, rates)


def fisher(a: int, b: int, c: int, d: int) -> float:
    """The two-sided p of the table [[a, b], [c, d]]: how likely a table is that is no more likely than this one, all margins given.

    Source: Fisher 1922, JRSS 85:87-94; two-sided as the sum of all tables at most as likely (Agresti 2013, section 3.5).
    Raises ValueError for negative counts.
    """
    if min(a, b, c, d) < 0:
        raise ValueError("counts are not negative")
    row, column, total = a + b, a + c, a + b + c + d
    least, most = max(0, row + column - total), min(row, column)
    weights = [_log_ways(row, x) + _log_ways(total - row, column - x) for x in range(least, most + 1)]
    limit = weights[a - least] + SAME
    # Weights relative to the likeliest table, so that no size of company runs out of range.
    top = max(weights)
    likely = [exp(weight - top) for weight in weights]
    return min(1.0, fsum(it for it, weight in zip(likely, weights, strict=True) if weight <= limit) / fsum(likely))


def _log_ways(n: int, k: int) -> float:
    """The logarithm of how many ways there are to choose k of n."""
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


@dataclass(frozen=True)
class Spread:
    """The median of some numbers with the quartiles beside it; `n` says of how many."""

    n: int
    median: float
    lower: float
    upper: float


def spread(values: list[int]) -> Spread | None:
    """Median and quartiles (the range in which the middle half lies); None of nothing. One number is its own quartiles.

    Quartiles interpolate between the values there are (type 7 of Hyndman & Fan 1996, as spreadsheets do).
    """
    if not values:
        return None
    if len(values) == 1:
        return Spread(1, values[0], values[0], values[0])
    lower, _middle, upper = quantiles(values, n=4, method="inclusive")
    return Spread(len(values), median(values), lower, upper)


def _refuse_impossible(successes: int, n: int) -> None:
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} of {n} cannot be")
