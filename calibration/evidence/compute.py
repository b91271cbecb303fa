"""What the methods make of the inputs of a cycle: a finding for each manager who rates in it, and suggestions for single ratings."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from calibration.anomalies import Anomalies, find_anomalies
from calibration.enums import Anomaly, LeniencyBasis
from calibration.evidence.gather import EVIDENCE, Inputs, recent_share
from calibration.leniency import FEWEST_MANAGERS, Estimate, Suggestions, estimate, suggest
from calibration.notes import Halo, halo
from calibration.variances import Components, Floats, Ints

# Rises when a method changes, so that figures are computed anew and older ones are known for what they are.
METHOD = "2026-11"

FEWEST_RATINGS_TOLD = 20
RATINGS_FOR_TWO_DECIMALS = 200


@dataclass(frozen=True)
class Findings:
    """`columns` have one entry for each id in `manager`; suggestions are about ratings of this cycle, by review."""

    manager: Ints
    columns: dict[str, NDArray[Any]]
    suggestions: Suggestions
    review: Ints
    finding_of: Ints
    summary: dict[str, Any]


def decimals_for(ratings: int) -> int:
    """To how many decimals a mean of so many ratings is told: one more rating must not show in it."""
    return 2 if ratings >= RATINGS_FOR_TWO_DECIMALS else 1


def compute(inputs: Inputs) -> Findings:
    """All figures of a cycle."""
    is_now = inputs.is_now
    smallest = min((int(np.count_nonzero(inputs.of_cycle == cycle.pk)) for cycle in inputs.cycles), default=0)
    decimals = decimals_for(smallest)
    found = _told(
        estimate(
            inputs.rating,
            manager=inputs.manager,
            employee=inputs.employee,
            cycle=inputs.of_cycle,
            evidence=inputs.evidence,
            decimals=decimals,
        ),
        int(np.count_nonzero(is_now)),
    )
    unusual = find_anomalies(
        found, inputs.rating, manager=inputs.manager, employee=inputs.employee, levels=inputs.levels
    )
    likeness = _halo(inputs)
    here = np.unique(found.of_row[is_now])
    columns = _columns(found, here) | _flags(found, unusual, here) | _notes(inputs, likeness, found.manager[here])
    suggested = _of_this_cycle(suggest(found, inputs.rating, levels=inputs.levels), is_now)
    return Findings(
        manager=found.manager[here],
        columns=columns,
        suggestions=suggested,
        review=inputs.review[suggested.row],
        finding_of=np.searchsorted(here, found.of_row[suggested.row]),
        summary=_summary(inputs, found, unusual, likeness, decimals),
    )


def _told(found: Estimate, ratings: int) -> Estimate:
    """Of fewer than twenty ratings no mean is told, rounded or not: too much of a single one would show in it."""
    if ratings >= FEWEST_RATINGS_TOLD:
        return found
    nothing = np.full(len(found.manager), np.nan)
    silent = dict.fromkeys(
        (
            "organisation",
            "evidence",
            "slope",
            "explained",
            "remaining",
            "by_chance",
            "weight",
            "leniency",
            "sd",
            "low",
            "high",
        ),
        nothing,
    )
    basis = np.full(len(found.manager), LeniencyBasis.TOO_FEW_MANAGERS)
    return replace(found, basis=basis, shares=None, **silent)


def _columns(found: Estimate, here: Ints) -> dict[str, NDArray[Any]]:
    names = [
        *("basis", "ratings", "people", "mean", "organisation", "evidence", "slope", "explained", "remaining"),
        *("by_chance", "weight", "leniency", "sd", "low", "high"),
    ]
    return {name: getattr(found, name)[here] for name in names} | {"with_evidence": found.known[here]}


def _flags(found: Estimate, unusual: Anomalies, here: Ints) -> dict[str, NDArray[Any]]:
    """The chances of a false alarm, NaN where a question could not be asked, and which managers are asked."""
    columns: dict[str, NDArray[Any]] = {}
    for kind, name in ((Anomaly.MEAN, "mean"), (Anomaly.NARROW, "spread")):
        q, flag = np.full(len(found.manager), np.nan), np.zeros(len(found.manager), dtype=bool)
        asked = unusual.kind == kind
        place = np.searchsorted(found.manager, unusual.manager[asked])
        q[place], flag[place] = unusual.q[asked], unusual.is_flagged[asked]
        columns |= {f"{name}_q": q[here], f"is_{name}_flagged": flag[here]}
        if kind == Anomaly.NARROW:
            spread = np.full(len(found.manager), np.nan)
            spread[place] = unusual.observed[asked]
            columns["spread"] = spread[here]
    return columns


def _halo(inputs: Inputs) -> Halo:
    """One row for each review of this cycle that has competencies rated, one column for each competency."""
    now = inputs.is_now
    reviews, given = inputs.review[now], inputs.competencies
    given = given[np.isin(given[:, 0], reviews)]
    place = np.searchsorted(reviews, given[:, 0])
    rows, of_row = np.unique(place, return_inverse=True)
    competencies, of_column = np.unique(given[:, 1], return_inverse=True)
    scores = np.full((len(rows), max(len(competencies), 1)), np.nan)
    scores[of_row, of_column] = given[:, 2]
    return halo(scores, manager=inputs.manager[now][rows])


def _notes(inputs: Inputs, likeness: Halo, manager: Ints) -> dict[str, NDArray[Any]]:
    like, p = np.full(len(manager), np.nan), np.full(len(manager), np.nan)
    place = np.searchsorted(manager, likeness.manager)  # who rates competencies gives ratings, so everybody is there
    like[place], p[place] = likeness.likeness, likeness.p
    share, pieces = recent_share(inputs.dated, manager)
    return {"halo": like, "halo_p": p, "recent_share": share, "dated_pieces": pieces}


def _of_this_cycle(suggested: Suggestions, is_now: NDArray[np.bool_]) -> Suggestions:
    """Earlier ratings are over; what is suggested is about those still on a table."""
    kept = is_now[suggested.row]
    columns = ("row", "given", "proposed", "calibrated", "reason", "probability")
    return replace(suggested, **{name: getattr(suggested, name)[kept] for name in columns})


def _summary(inputs: Inputs, found: Estimate, unusual: Anomalies, likeness: Halo, decimals: int) -> dict[str, Any]:
    """What the data of the whole organisation say, rounded as they are shown."""
    shares = found.shares
    narrow = unusual.expected[unusual.kind == Anomaly.NARROW]
    return {
        "decimals": decimals,
        "managers_needed": FEWEST_MANAGERS,
        "other_scale": [cycle.pk for cycle in inputs.other_scale],
        "little_known": [cycle.pk for cycle in inputs.little_known],
        "cycles": [_cycle(inputs, cycle.pk, decimals) for cycle in inputs.cycles],
        "teams": shares and round(shares.teams, 4),
        "leniency": shares and round(shares.leniency, 4),
        "evidence_per_point": shares and round(shares.evidence_per_point, 3),
        "rating": shares and _parts(shares.rating),
        "usual_spread": round(float(narrow[0]), 2) if len(narrow) else None,
        "usual_halo": None if np.isnan(likeness.usual) else round(likeness.usual, 2),
    }


def _parts(parts: Components) -> dict[str, float]:
    return {"between": round(parts.between, 3), "person": round(parts.person, 3), "cycle": round(parts.cycle, 3)}


def _cycle(inputs: Inputs, pk: int, decimals: int) -> dict[str, Any]:
    rows = inputs.of_cycle == pk
    n = int(np.count_nonzero(rows))
    known: Floats = inputs.evidence[rows]
    told = n >= FEWEST_RATINGS_TOLD
    return {
        "cycle": pk,
        "ratings": n,
        "mean": round(float(inputs.rating[rows].mean()), decimals) if told else None,
        **{name: int(np.count_nonzero(~np.isnan(known[:, at]))) for at, name in enumerate(EVIDENCE)},
    }
