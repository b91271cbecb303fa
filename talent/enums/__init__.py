"""States and kinds of talent, a module for each topic."""

from talent.enums.development import ActionKind, ItemState, PlanState
from talent.enums.freshness import Datum
from talent.enums.openings import OpenTopic
from talent.enums.potential import (
    AssessmentState,
    LeadershipWish,
    PoolKind,
    PoolMemberState,
    PotentialDimension,
    PotentialRoundState,
    RaterKind,
    RaterState,
    RelocationWish,
    TravelWish,
    WishTiming,
)
from talent.enums.skills import SkillSource
from talent.enums.succession import BenchHealth, Readiness, SuccessorState, VacancyRisk

__all__ = [
    "ActionKind",
    "AssessmentState",
    "BenchHealth",
    "Datum",
    "ItemState",
    "LeadershipWish",
    "OpenTopic",
    "PlanState",
    "PoolKind",
    "PoolMemberState",
    "PotentialDimension",
    "PotentialRoundState",
    "RaterKind",
    "RaterState",
    "Readiness",
    "RelocationWish",
    "SkillSource",
    "SuccessorState",
    "TravelWish",
    "VacancyRisk",
    "WishTiming",
]
