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
from talent.enums.retention import (
    Driver,
    RetentionKind,
    RetentionState,
    RiskLevel,
    RiskSource,
    StayInterviewState,
)
from talent.enums.rewards import LeftOut, PayPosition, RewardState
from talent.enums.skills import GapGrouping, ProfileDay, SkillSource
from talent.enums.succession import BenchHealth, Readiness, SuccessorState, VacancyRisk
from talent.enums.talent_reviews import Band, DecisionKind, ReviewTaskState, TalentReviewState, Trajectory

__all__ = [
    "ActionKind",
    "AssessmentState",
    "Band",
    "BenchHealth",
    "Datum",
    "DecisionKind",
    "Driver",
    "GapGrouping",
    "ItemState",
    "LeadershipWish",
    "LeftOut",
    "OpenTopic",
    "PayPosition",
    "PlanState",
    "PoolKind",
    "PoolMemberState",
    "PotentialDimension",
    "PotentialRoundState",
    "ProfileDay",
    "RaterKind",
    "RaterState",
    "Readiness",
    "RelocationWish",
    "RetentionKind",
    "RetentionState",
    "ReviewTaskState",
    "RewardState",
    "RiskLevel",
    "RiskSource",
    "SkillSource",
    "StayInterviewState",
    "SuccessorState",
    "TalentReviewState",
    "Trajectory",
    "TravelWish",
    "VacancyRisk",
    "WishTiming",
]
