"""Who may touch what in talent, a module for each topic. Which rows somebody sees is `visible_to`.

One sentence stands above all: nobody touches talent data about themselves.
"""

from talent.rules import (
    development,
    learning,
    mentoring,
    metrics,
    mobility,
    openings,
    potential,
    retention,
    rewards,
    skills,
    succession,
    talent_reviews,
    vacancies,
)

__all__ = [
    "development",
    "learning",
    "mentoring",
    "metrics",
    "mobility",
    "openings",
    "potential",
    "retention",
    "rewards",
    "skills",
    "succession",
    "talent_reviews",
    "vacancies",
]
