"""Invented organisations whose truth is known: who performs how well, and how leniently each manager rates."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

PERFORMANCE, ERROR, MIDDLE = 0.6, 0.6, 3.2
DIFFERENCES = ("none", "mix", "lift")


@dataclass(frozen=True)
class World:
    """How an organisation is made; the defaults are those the figures in docs/decisions.md are about.

    `teams` says what teams really differ by: none, mix (strong people sit together) or lift (managers raise
    performance); `evidence` is the correlation of goals and peers with performance.
    """

    teams: str = "none"
    team: int = 8
    leniency: float = 0.5
    people: int = 960
    cycles: int = 3
    moving: float = 0.15
    evidence: float = 0.5
    team_sd: float = 0.3


@dataclass(frozen=True)
class Organisation:
    """One entry for each review; `truth` in rating points.

    The last three have one entry for each manager's id: how much too high they rate, and what is odd about them.
    """

    rating: Floats
    manager: Ints
    employee: Ints
    cycle: Ints
    evidence: Floats
    truth: Floats
    leniency: Floats
    lenient_by_far: NDArray[np.bool_]
    hardly_differentiating: NDArray[np.bool_]

    @property
    def columns(self) -> dict[str, NDArray]:
        """What the estimator may know, besides the ratings."""
        return {
            "manager": self.manager,
            "employee": self.employee,
            "cycle": self.cycle,
            "evidence": self.evidence,
        }


def organisation(world: World, seed: int) -> Organisation:
    """Managers who differ in leniency, all of them."""
    draw = np.random.default_rng(seed)
    managers = world.people // world.team
    nobody = np.zeros(managers, dtype=bool)
    return _rated(world, draw, draw.normal(0, world.leniency, managers), nobody, nobody)


def organisation_with_odd_managers(world: World, seed: int, *, apart: float = 0.8) -> Organisation:
    """Managers who rate alike, but for a tenth who are lenient or severe and a tenth who hardly differentiate."""
    draw = np.random.default_rng(seed)
    managers = world.people // world.team
    place = draw.permutation(managers) * 10 // managers
    sign = draw.choice([-1.0, 1.0], managers)
    return _rated(world, draw, np.where(place == 0, apart * sign, 0.0), place == 0, place == 1)


def _rated(
    world: World,
    draw: np.random.Generator,
    leniency: Floats,
    lenient_by_far: NDArray[np.bool_],
    hardly_differentiating: NDArray[np.bool_],
) -> Organisation:
    managers = len(leniency)
    people = managers * world.team
    manager = np.repeat(np.arange(managers), world.team)
    team_sd = 0 if world.teams == "none" else world.team_sd
    of_team = draw.normal(0, team_sd, managers)
    own = draw.normal(0, np.sqrt(PERFORMANCE**2 - team_sd**2), people)
    brought_along = of_team[manager] if world.teams == "mix" else np.zeros(people)
    seen = np.where(hardly_differentiating, 0.25, 1.0)
    cycles = []
    for cycle in range(world.cycles):
        if cycle:
            moves = draw.random(people) < world.moving
            manager = np.where(moves, draw.integers(0, managers, people), manager)
        shared = of_team[manager] if world.teams == "lift" else brought_along
        error = draw.normal(0, ERROR, people)
        noise = draw.normal(0, np.sqrt(1 - world.evidence**2), people)
        rating = np.rint(MIDDLE + shared + leniency[manager] + seen[manager] * (own + error))
        evidence = world.evidence * (own + shared) / PERFORMANCE + noise
        everyone = np.arange(people)
        cycles.append(
            (np.clip(rating, 1, 5), manager, everyone, np.full(people, cycle), evidence, MIDDLE + own + shared)
        )
    columns = [np.concatenate(column) for column in zip(*cycles, strict=True)]
    return Organisation(*columns, leniency, lenient_by_far, hardly_differentiating)
