"""How lenient or severe each manager rates, with an interval, and what that suggests for single ratings.

Pure functions on arrays, deterministic and in closed form. Nothing here changes a rating.

A team's mean rating is its performance, its manager's leniency and chance: T + L + e. What others know of the
same people (goals reached, peers, measured results) follows T and not L, so the evidence says how much of the
team's mean is earned:

    explained = slope * (mean evidence of the team)
    remaining = (team's mean - organisation's mean) - explained
    leniency  = weight * remaining                    weight < 1, smaller for few ratings
    interval  = leniency -+ 1.96 sd                   holds about nine times in ten

Slope and weight are those of the best linear prediction when T varies between teams by tau2, L by s2, and
ratings and evidence within teams by what the nested analysis of variance found (`calibration.variances`).
How the shares are found, and what happens when the data cannot carry them, is said at each function below;
why it is so, and how well it recovers a known truth, in docs/decisions.md and benchmarks/calibration_truth.py.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calibration.enums import LeniencyBasis, SuggestionReason
from calibration.variances import Components, Floats, Ints, Strata, components_of, noise_of_means, ratio, strata_of

FEWEST_MANAGERS = 5
FEWEST_RATINGS = 2
FEWEST_RATINGS_WITHOUT_EVIDENCE = 8
LEAST_WITH_EVIDENCE = 0.6
FEWEST_REPEATS = 30
NOTHING = 1e-9  # in squared rating points: rounding of sums, no difference between managers
INTERVAL = 1.96
THRESHOLD = 0.75

# Of what managers' means differ by, this much is taken for real differences of teams before any data, give or
# take; and never less than the least, so that a strong team is not taken for a lenient manager.
REAL_SHARE, REAL_SHARE_SD = 0.4, 0.2
LEAST_REAL_SHARE, MOST_REAL_SHARE = 0.35, 0.9
# Of what ratings of one manager differ by, this much is taken for performance when no second cycle can tell.
RELIABILITY = 0.5


@dataclass(frozen=True)
class Shares:
    """What the whole organisation's data say; the same for all managers.

    `teams` (tau2) and `leniency` (s2) are variances in squared rating points, `evidence_per_point` (c) is by how
    many standard deviations the evidence rises with one point of performance. The components are the analysis
    of variance of ratings, evidence, and both together.
    """

    teams: float
    leniency: float
    evidence_per_point: float
    rating: Components
    evidence: Components
    both: Components


@dataclass(frozen=True)
class Estimate:
    """What can be said of each manager. All arrays but the last two have one entry for each id in `manager`.

    `known` ratings have evidence; `evidence` is its mean in standard deviations. In rating points: `mean` of the team,
    `organisation` (what the organisation gave in the same cycles), `slope` for one standard deviation of evidence, `explained`, `remaining`, `by_chance` (the standard deviation chance alone gives to `remaining`), `leniency`,
    `sd`, `low`, `high`; `weight` is leniency / remaining. NaN is unknown; `basis` says why. `calibrated` and `of_row` have one entry for each row given: the rating less its manager's
    leniency (as given where no leniency is known, NaN where not rated), and the manager's place in `manager`.
    """

    manager: NDArray[Any]
    basis: NDArray[Any]
    ratings: Ints
    people: Ints
    known: Ints
    mean: Floats
    organisation: Floats
    evidence: Floats
    slope: Floats
    explained: Floats
    remaining: Floats
    by_chance: Floats
    weight: Floats
    leniency: Floats
    sd: Floats
    low: Floats
    high: Floats
    shares: Shares | None
    calibrated: Floats
    of_row: Ints


@dataclass(frozen=True)
class Suggestions:
    """One level up or down for single ratings, for a person to accept, reject or discuss; one entry each.

    `row` is the place in the arrays given, `probability` that of the proposed level lying nearer than the given
    one to what the rating would be without its manager's leniency.
    """

    row: Ints
    given: Floats
    proposed: Floats
    calibrated: Floats
    reason: NDArray[Any]
    probability: Floats
    threshold: float


def estimate(
    rating: ArrayLike,
    *,
    manager: ArrayLike,
    employee: ArrayLike,
    cycle: ArrayLike | None = None,
    evidence: ArrayLike | None = None,
    decimals: int | None = None,
) -> Estimate:
    """Each manager's leniency, anchored in what others know of the same people.

    One entry for each review, in any order: `rating` in points of one scale (NaN: not rated), ids of the
    `manager` who rated, the `employee` and the `cycle` (left out: all of one), and `evidence` of any unit, higher
    is better, NaN where unknown; with several columns, shape (reviews, columns), their standardised mean is
    taken. Ratings and evidence count from the organisation's mean of their cycle; with `decimals`, from the mean of the ratings as
    it is told, rounded, so that whoever knows all ratings but one cannot take the others off an exact mean.
    """
    given = np.asarray(rating, dtype=float)
    cycles = np.zeros(len(given), dtype=int) if cycle is None else np.asarray(cycle)
    ids, everyone = strata_of(np.asarray(manager), np.asarray(employee))
    is_rated = ~np.isnan(given)
    score = _evidence_score(evidence, cycles, is_rated)
    has_evidence = ~np.isnan(score[is_rated])
    rated, known = everyone.only(is_rated), everyone.only(is_rated & ~np.isnan(score))
    centred, _sd = _standards(given, cycles, is_rated)
    if decimals is not None:
        centred = np.round(centred, decimals)

    r, x = (given - centred)[is_rated], score[is_rated][has_evidence]
    of_rating = components_of(r, r, rated)
    refusal = _refusal(rated, of_rating)
    shares = None
    if refusal is None and _is_usable(r[has_evidence], x, known, of_rating, len(r)):
        shares = _shares(of_rating, components_of(x, x, known), components_of(r[has_evidence], x, known), known)
    found = _anchored(r, x, rated, known, shares) if shares else _halved(r, rated, of_rating, refusal)
    return _described(found, ids, given, centred, everyone, rated, shares)


def suggest(
    found: Estimate, rating: ArrayLike, *, levels: ArrayLike = (1, 2, 3, 4, 5), threshold: float = THRESHOLD
) -> Suggestions:
    """One level down where a manager is lenient, up where severe.

    Only when the interval excludes zero and the calibrated rating lies at least `threshold` points from the one
    given; never below the lowest or above the highest of `levels`. `rating` is what `estimate` was given.
    """
    given, scale = np.asarray(rating, dtype=float), np.sort(np.asarray(levels, dtype=float))
    is_clear = (found.low > 0) | (found.high < 0)
    down = (found.leniency > 0)[found.of_row]
    is_far = np.abs(found.calibrated - given) >= threshold
    place = np.searchsorted(scale, given) + np.where(down, -1, 1)
    is_on_scale = (place >= 0) & (place < len(scale)) & np.isin(given, scale)
    rows = np.flatnonzero(is_clear[found.of_row] & is_far & is_on_scale)

    proposed = scale[place[rows]]
    by = np.abs(found.leniency)[found.of_row[rows]]
    half_a_step = np.abs(proposed - given[rows]) / 2
    return Suggestions(
        row=rows,
        given=given[rows],
        proposed=proposed,
        calibrated=found.calibrated[rows],
        reason=np.where(down[rows], SuggestionReason.LENIENT, SuggestionReason.SEVERE),
        probability=normal_cdf((by - half_a_step) / np.maximum(found.sd[found.of_row[rows]], NOTHING)),
        threshold=threshold,
    )


def normal_cdf(z: Floats) -> Floats:
    """The share of a normal distribution below z."""
    return np.array([math.erfc(-value / math.sqrt(2)) / 2 for value in z])


@dataclass(frozen=True)
class _Found:
    basis: NDArray[Any]
    known: Floats
    evidence: Floats
    slope: Floats
    explained: Floats
    remaining: Floats
    by_chance: Floats
    weight: Floats
    sd: Floats


def _standards(values: Floats, cycles: NDArray[Any], counted: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each row's cycle, over the rows that count."""
    _ids, index = np.unique(cycles, return_inverse=True)
    size = index.max(initial=-1) + 1
    count = np.bincount(index[counted], minlength=size)
    mean = ratio(np.bincount(index[counted], values[counted], size), count)
    away = (values - mean[index])[counted]
    return mean[index], np.sqrt(ratio(np.bincount(index[counted], away**2, size), count))[index]


def _evidence_score(evidence: ArrayLike | None, cycles: NDArray[Any], is_rated: NDArray[np.bool_]) -> Floats:
    """One number for each row in standard deviations of its cycle; unknown where no column is known."""
    if evidence is None:
        return np.full(len(cycles), np.nan)
    table = np.asarray(evidence, dtype=float)
    if table.ndim == 1:
        return _standardised(table, cycles, is_rated)
    columns = np.stack([_standardised(column, cycles, is_rated) for column in table.T], axis=1)
    known = ~np.isnan(columns)
    mean = ratio(np.where(known, columns, 0).sum(axis=1), known.sum(axis=1))
    return _standardised(mean, cycles, is_rated)


def _standardised(column: Floats, cycles: NDArray[Any], is_rated: NDArray[np.bool_]) -> Floats:
    mean, sd = _standards(column, cycles, is_rated & ~np.isnan(column))
    return np.where(sd > 0, (column - mean) / np.where(sd > 0, sd, 1), np.nan)


def _refusal(rated: Strata, of_rating: Components) -> LeniencyBasis | None:
    """Why nothing can be said of any manager."""
    if np.count_nonzero(rated.count) < FEWEST_MANAGERS:
        return LeniencyBasis.TOO_FEW_MANAGERS
    if of_rating.between <= NOTHING:
        return LeniencyBasis.ALIKE
    return None


def _is_usable(r: Floats, x: Floats, known: Strata, of_rating: Components, ratings: int) -> bool:
    """Enough people have evidence, and among the people of one manager it clearly goes with the rating."""
    if len(x) < LEAST_WITH_EVIDENCE * ratings or not of_rating.within:
        return False
    r_within, x_within = r - known.means(r)[known.manager], x - known.means(x)[known.manager]
    spread = math.sqrt(float(r_within @ r_within) * float(x_within @ x_within))
    pairs = np.count_nonzero(known.in_pair)
    return spread > 0 and float(r_within @ x_within) / spread > 2 / math.sqrt(pairs)


def _shares(of_rating: Components, of_evidence: Components, of_both: Components, known: Strata) -> Shares | None:
    """How much of what managers differ by is performance, how much leniency.

    Between teams, evidence varies by c^2 tau2 and goes with ratings by c tau2. c comes from within teams, where
    it is known far better. tau2 is what fits both best, each weighed by its precision, with what is assumed
    beforehand as a third: the fewer managers, the more that counts. None if evidence does not rise with performance.
    """
    c = _evidence_per_point(of_rating, of_both)
    if c <= 0:
        return None
    precision_x, precision_both = _precisions(of_rating, of_evidence, of_both, known)
    precision_before = 1 / (REAL_SHARE_SD * of_rating.between) ** 2
    fitted = precision_x * c**2 * of_evidence.between + precision_both * c * of_both.between
    fitted += precision_before * REAL_SHARE * of_rating.between
    teams = fitted / (precision_x * c**4 + precision_both * c**2 + precision_before)
    teams = float(np.clip(teams, LEAST_REAL_SHARE * of_rating.between, MOST_REAL_SHARE * of_rating.between))
    return Shares(teams, of_rating.between - teams, c, of_rating, of_evidence, of_both)


def _evidence_per_point(of_rating: Components, of_both: Components) -> float:
    """c: the part of ratings that comes back in the next cycle is performance; how much evidence goes with it."""
    returns = of_rating.person / of_rating.within
    if of_rating.repeats >= FEWEST_REPEATS and returns > 0.15 and of_both.person > 0:
        return of_both.person / of_rating.person
    return of_both.within / (RELIABILITY * of_rating.within)


def _precisions(
    of_rating: Components, of_evidence: Components, of_both: Components, known: Strata
) -> tuple[float, float]:
    """How well the data know what evidence, and evidence with ratings, vary by between teams: 1 / sampling variance."""
    has_rows = known.count > 0
    noise_r, noise_x, noise_both = (
        float(noise_of_means(part, known, known)[has_rows].mean()) for part in (of_rating, of_evidence, of_both)
    )
    r, x = of_rating.between + noise_r, max(of_evidence.between, 0) + noise_x
    managers = np.count_nonzero(has_rows)
    return managers / (2 * x**2), managers / (r * x + (of_both.between + noise_both) ** 2)


def _anchored(r: Floats, x: Floats, rated: Strata, known: Strata, shares: Shares) -> _Found:
    """The best linear prediction of L from a team's mean rating and mean evidence."""
    tau2, s2, c = shares.teams, shares.leniency, shares.evidence_per_point
    noise_r, noise_x = noise_of_means(shares.rating, rated, rated), noise_of_means(shares.evidence, known, known)
    noise_both = noise_of_means(shares.both, rated, known)
    slope = (c * tau2 + noise_both) / (c**2 * tau2 + noise_x)
    evidence = known.means(x)
    explained = slope * evidence
    not_leniency = np.maximum(tau2 + noise_r - slope * (c * tau2 + noise_both), 0)
    weight = s2 / (s2 + not_leniency)
    basis = np.select(
        [rated.count < FEWEST_RATINGS, known.count == 0],
        [LeniencyBasis.TOO_FEW, LeniencyBasis.INSEPARABLE],
        LeniencyBasis.ANCHORED,
    )
    weight = np.where(basis == LeniencyBasis.ANCHORED, weight, np.nan)
    by_chance = np.sqrt(np.maximum(noise_r - 2 * slope * noise_both + slope**2 * noise_x, 0))
    remaining, sd = rated.means(r) - explained, np.sqrt(s2 * (1 - weight))
    return _Found(basis, known.count, evidence, slope, explained, remaining, by_chance, weight, sd)


def _halved(r: Floats, rated: Strata, of_rating: Components, refusal: LeniencyBasis | None) -> _Found:
    """Without evidence a strong team looks like a lenient manager: half of what is usual, from eight ratings on,
    and no interval."""
    unknown = np.full(rated.managers, np.nan)
    if refusal is not None:
        return _Found(np.full(rated.managers, refusal), *_no_evidence(rated), unknown, unknown, unknown, unknown)
    noise = noise_of_means(of_rating, rated, rated)
    is_enough = rated.count >= FEWEST_RATINGS_WITHOUT_EVIDENCE
    half = np.where(is_enough, of_rating.between / (of_rating.between + noise) / 2, np.nan)
    basis = np.select(
        [rated.count < FEWEST_RATINGS, is_enough],
        [LeniencyBasis.TOO_FEW, LeniencyBasis.HALVED],
        LeniencyBasis.INSEPARABLE,
    )
    return _Found(basis, *_no_evidence(rated), rated.means(r), np.sqrt(noise), half, unknown)


def _no_evidence(rated: Strata) -> tuple[Floats, Floats, Floats, Floats]:
    """How many ratings have evidence, its mean, its slope, and what it explains."""
    unknown = np.full(rated.managers, np.nan)
    return np.zeros(rated.managers), unknown, unknown, unknown


def _described(
    found: _Found,
    ids: NDArray[Any],
    given: Floats,
    centred: Floats,
    everyone: Strata,
    rated: Strata,
    shares: Shares | None,
) -> Estimate:
    """The findings in rating points."""
    is_rated = ~np.isnan(given)
    leniency = found.weight * found.remaining
    by_row = leniency[everyone.manager]
    return Estimate(
        manager=ids,
        basis=found.basis,
        ratings=rated.count.astype(np.intp),
        people=rated.by_manager((rated.in_pair > 0).astype(float)).astype(np.intp),
        known=found.known.astype(np.intp),
        mean=rated.means(given[is_rated]),
        organisation=rated.means(centred[is_rated]),
        evidence=found.evidence,
        slope=found.slope,
        explained=found.explained,
        remaining=found.remaining,
        by_chance=found.by_chance,
        weight=found.weight,
        leniency=leniency,
        sd=found.sd,
        low=leniency - INTERVAL * found.sd,
        high=leniency + INTERVAL * found.sd,
        shares=shares,
        calibrated=given - np.where(np.isnan(by_row), 0, by_row),
        of_row=everyone.manager,
    )
