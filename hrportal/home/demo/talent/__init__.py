"""Talent of the demo company, a module for each topic, told in the order in which one leads to the other."""

from collections.abc import Callable

from hrportal.home.demo.talent.development import tell_development
from hrportal.home.demo.talent.mobility import tell_mobility
from hrportal.home.demo.talent.potential import tell_potential
from hrportal.home.demo.talent.retention import tell_retention
from hrportal.home.demo.talent.rewards import tell_rewards
from hrportal.home.demo.talent.skills import tell_skills
from hrportal.home.demo.talent.succession import tell_benches
from hrportal.home.demo.talent.talent_reviews import tell_talent_reviews
from hrportal.home.demo.talent.vacancies import tell_vacancies
from hrportal.home.demo.world import World

STORIES: list[Callable[[World], None]] = [
    tell_skills,
    tell_potential,
    tell_retention,
    tell_benches,
    tell_talent_reviews,
    tell_vacancies,
    tell_development,
    tell_mobility,
    tell_rewards,
]


def tell_talent(world: World) -> None:
    """Everything of talent but the calibrated ratings, plans and benches that the other stories bring."""
    for tell in STORIES:
        tell(world)
        world.rows.flush()
