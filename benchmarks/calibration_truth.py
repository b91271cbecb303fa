"""How much of the truth calibration's statistics recover: `python benchmarks/calibration_truth.py [--quick]`.

Seeded organisations whose truth is known (`benchmarks.organisations`), the project's estimator beside raw ratings,
z-scores, centring, and an oracle that knows every manager's leniency. Fails when a goal is missed.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.organisations import (  # noqa: E402  (found through the line above)
    DIFFERENCES,
    Organisation,
    World,
    organisation,
    organisation_with_odd_managers,
)
from calibration.anomalies import find_anomalies  # noqa: E402
from calibration.enums import Anomaly  # noqa: E402
from calibration.leniency import Estimate, estimate, suggest  # noqa: E402

Floats = NDArray[np.float64]

SEEDS, QUICK_SEEDS = 40, 10
LENIENCIES, TEAMS = (0.3, 0.5, 0.8), (3, 8, 15)
LEAST_RECOVERED = {3: 0.35, 8: 0.60, 15: 0.65}  # share of the oracle's gain, at leniency 0.5
MOST_BELOW_RAW = 0.005
LEAST_COVERAGE = 0.88  # median over the cells
LEAST_NEARER = 0.75  # of suggestions, at leniency 0.5, teams of 8
MOST_FALSE = 0.10
LEAST_POWER = {(8, 1): 0.0, (15, 1): 0.35, (8, 3): 0.55}  # by (team, cycles), where teams truly differ
MOST_SECONDS = 5.0


@dataclass(frozen=True)
class Goal:
    """One promise and what was measured."""

    name: str
    measured: float
    limit: float
    at_least: bool = True

    @property
    def is_reached(self) -> bool:
        return self.measured >= self.limit if self.at_least else self.measured <= self.limit


@dataclass(frozen=True)
class Cell:
    """The mean over all seeds of one kind of organisation; correlations are with true performance."""

    world: World
    raw: float
    z_score: float
    centred: float
    ours: float
    oracle: float
    coverage: float
    suggested: float
    nearer: float

    @property
    def recovered(self) -> float:
        return (self.ours - self.raw) / (self.oracle - self.raw)


@dataclass(frozen=True)
class OddCell:
    """How well odd managers are found: the false among those flagged, the found among the odd."""

    world: World
    false: float
    found_mean: float
    found_narrow: float


def main(arguments: list[str] | None = None) -> int:
    """Print the tables; 1 if a goal was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few seeds: a look, not a proof")
    seeds = QUICK_SEEDS if parser.parse_args(arguments).quick else SEEDS
    cells = [measured(world, range(seeds)) for world in worlds()]
    odd = [measured_odd(world, range(seeds)) for world in odd_worlds()]
    goals = [*goals_of(cells), *odd_goals_of(odd), Goal("100,000 people × 3 cycles, seconds", _seconds(), MOST_SECONDS, False)]  # fmt: skip
    print(f"{seeds} seeds\n\n{_table(cells)}\n\n{_odd_table(odd)}\n\n{_goal_table(goals)}")
    return int(not all(goal.is_reached for goal in goals))


def worlds() -> list[World]:
    return [World(teams, team, leniency) for leniency in LENIENCIES for teams in DIFFERENCES for team in TEAMS]


def odd_worlds() -> list[World]:
    shapes = [(teams, team, cycles) for teams in ("none", "mix") for team, cycles in ((3, 1), *LEAST_POWER)]
    return [World(teams, team, people=150 * team, cycles=cycles, moving=0) for teams, team, cycles in shapes]


def measured(world: World, seeds: range) -> Cell:
    """Every way of correcting ratings, on the same organisations."""
    rows = [_measured_once(organisation(world, seed)) for seed in seeds]
    *means, suggested, nearer = np.array(rows).sum(axis=0)
    ratings = world.people // world.team * world.team * world.cycles
    share = suggested / (ratings * len(rows))
    return Cell(world, *(mean / len(rows) for mean in means), share, nearer / suggested if suggested else np.nan)


def _measured_once(told: Organisation) -> tuple[float, ...]:
    found = estimate(told.rating, **told.columns)
    suggestions = suggest(found, told.rating)
    truth = told.truth[suggestions.row]
    is_nearer = np.abs(suggestions.proposed - truth) < np.abs(suggestions.given - truth)
    known = told.leniency[told.manager]
    return (
        *(_alike(corrected, told.truth) for corrected in _corrected(told)),
        _alike(found.calibrated, told.truth),
        _alike(told.rating - known, told.truth),
        _coverage(found, told.leniency - known.mean()),
        len(truth),
        is_nearer.sum(),
    )


def _corrected(told: Organisation) -> Iterator[Floats]:
    """The ratings as they are, as z-scores, and centred on their manager's mean."""
    count = np.maximum(np.bincount(told.manager), 1)
    centred = told.rating - (np.bincount(told.manager, told.rating) / count)[told.manager]
    spread = np.sqrt(np.bincount(told.manager, centred**2) / count)[told.manager]
    yield from (told.rating, centred / np.where(spread > 0, spread, 1), centred)


def _alike(one: Floats, other: Floats) -> float:
    return float(np.corrcoef(one, other)[0, 1])


def _coverage(found: Estimate, leniency: Floats) -> float:
    """How often the interval holds the truth."""
    known, truth = ~np.isnan(found.low), leniency[found.manager]
    holds = (found.low <= truth) & (truth <= found.high)
    return float(holds[known].mean()) if known.any() else 1.0


def measured_odd(world: World, seeds: range) -> OddCell:
    """Who is flagged, against who is odd."""
    return OddCell(world, *np.mean([_measured_odd_once(world, seed) for seed in seeds], axis=0))


def _measured_odd_once(world: World, seed: int) -> tuple[float, float, float]:
    told = organisation_with_odd_managers(world, seed)
    found = estimate(told.rating, **told.columns)
    asked = find_anomalies(found, told.rating, manager=told.manager, employee=told.employee)
    is_mean = asked.kind == Anomaly.MEAN
    is_odd = np.where(is_mean, told.lenient_by_far[asked.manager], told.hardly_differentiating[asked.manager])
    hits, flagged = asked.is_flagged & is_odd, asked.is_flagged.sum()
    return (
        float((flagged - hits.sum()) / max(flagged, 1)),
        float((hits & is_mean).sum() / told.lenient_by_far.sum()),
        float((hits & ~is_mean).sum() / told.hardly_differentiating.sum()),
    )


def goals_of(cells: list[Cell]) -> Iterator[Goal]:
    """What was promised about the correction of ratings."""
    for cell in cells:
        if cell.world.leniency == 0.5:
            name = f"recovered, {_name(cell.world)}"
            yield Goal(name, cell.recovered, LEAST_RECOVERED[cell.world.team])
    yield Goal("ours less raw, worst cell", min(cell.ours - cell.raw for cell in cells), -MOST_BELOW_RAW)
    yield Goal("coverage of the interval, median cell", float(np.median([cell.coverage for cell in cells])), LEAST_COVERAGE)  # fmt: skip
    for cell in cells:
        if cell.world.leniency == 0.5 and cell.world.team == 8:
            yield Goal(f"suggestions nearer the truth, {_name(cell.world)}", cell.nearer, LEAST_NEARER)


def odd_goals_of(cells: list[OddCell]) -> Iterator[Goal]:
    """What was promised about unusual managers."""
    for cell in cells:
        yield Goal(f"false discoveries, {_name(cell.world)}", cell.false, MOST_FALSE, False)
        least = LEAST_POWER.get((cell.world.team, cell.world.cycles))
        if least and cell.world.teams != "none":
            yield Goal(f"lenient and severe found, {_name(cell.world)}", cell.found_mean, least)


def _seconds() -> float:
    """How long estimate, suggestions and flags take for a company of 100,000."""
    told = organisation(World("mix", people=100_000), seed=1)
    began = time.perf_counter()
    found = estimate(told.rating, **told.columns)
    suggest(found, told.rating)
    find_anomalies(found, told.rating, manager=told.manager, employee=told.employee)
    return time.perf_counter() - began


def _name(world: World) -> str:
    return f"{world.teams}, {world.team} × {world.cycles}"


def _table(cells: list[Cell]) -> str:
    columns: dict[str, Callable[[Any], str]] = {
        "leniency": lambda cell: f"{cell.world.leniency}",
        "teams differ": lambda cell: cell.world.teams,
        "team": lambda cell: f"{cell.world.team}",
        "raw": lambda cell: f"{cell.raw:.3f}",
        "z-score": lambda cell: f"{cell.z_score:.3f}",
        "centred": lambda cell: f"{cell.centred:.3f}",
        "ours": lambda cell: f"{cell.ours:.3f}",
        "oracle": lambda cell: f"{cell.oracle:.3f}",
        "recovered": lambda cell: f"{cell.recovered:.2f}",
        "coverage": lambda cell: f"{cell.coverage:.2f}",
        "suggested": lambda cell: f"{cell.suggested:.1%}",
        "nearer": lambda cell: f"{cell.nearer:.0%}" if cell.suggested else "",
    }
    return _lines(columns, cells)


def _odd_table(cells: list[OddCell]) -> str:
    columns: dict[str, Callable[[Any], str]] = {
        "teams differ": lambda cell: cell.world.teams,
        "team × cycles": lambda cell: f"{cell.world.team} × {cell.world.cycles}",
        "false discoveries": lambda cell: f"{cell.false:.3f}",
        "lenient and severe found": lambda cell: f"{cell.found_mean:.2f}",
        "hardly differentiating found": lambda cell: f"{cell.found_narrow:.2f}",
    }
    return _lines(columns, cells)


def _goal_table(goals: list[Goal]) -> str:
    columns: dict[str, Callable[[Any], str]] = {
        "goal": lambda goal: goal.name,
        "measured": lambda goal: f"{goal.measured:.3f}",
        "limit": lambda goal: f"{'≥' if goal.at_least else '≤'} {goal.limit:.3f}",
        "verdict": lambda goal: "reached" if goal.is_reached else "MISSED",
    }
    return _lines(columns, goals)


def _lines(columns: dict[str, Callable[[Any], str]], rows: Sequence[Any]) -> str:
    cells = [list(columns), *([say(row) for say in columns.values()] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)


if __name__ == "__main__":
    sys.exit(main())
