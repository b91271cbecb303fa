"""Talent of the demo company, a module for each topic, told in the order in which one leads to the other."""

from collections.abc import Callable

from hrportal.home.demo.talent.retention import tell_retention
from hrportal.home.demo.world import World

STORIES: list[Callable[[World], None]] = [tell_retention]


def tell_talent(world: World) -> None:
    """Everything of talent but the calibrated ratings, plans and benches that the other stories bring."""
    for tell in STORIES:
        tell(world)
        world.rows.flush()
