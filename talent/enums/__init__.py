"""States and kinds of talent, a module for each topic."""

from talent.enums.development import ActionKind, ClosedBy, ItemOrigin, ItemPurpose, ItemState, PlanState
from talent.enums.freshness import Datum
from talent.enums.learning import UNDER_WAY, EnrolmentState, LearningKind, Proof
from talent.enums.mentoring import STANDING, MentoringState
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
    RetentionOutcome,
    RetentionState,
    RiskLevel,
    RiskSource,
    StayInterviewState,
)
from talent.enums.rewards import LeftOut, PayPosition, RewardState
from talent.enums.skills import GapGrouping, ProfileDay, SkillSource
from talent.enums.succession import (
    BenchHealth,
    CriticalBecause,
    Readiness,
    RetirementOutlook,
    SuccessorState,
    VacancyBecause,
    VacancyRisk,
)
from talent.enums.talent_reviews import Band, DecisionKind, ReviewTaskState, TalentReviewState, Trajectory
from talent.enums.vacancies import FillSource, PlacementOutcome, VacancyReason, VacancyState

__all__ = [
    "STANDING",
    "UNDER_WAY",
    "ActionKind",
    "AssessmentState",
    "Band",
    "BenchHealth",
    "ClosedBy",
    "CriticalBecause",
    "Datum",
    "DecisionKind",
    "Driver",
    "EnrolmentState",
    "FillSource",
    "GapGrouping",
    "ItemOrigin",
    "ItemPurpose",
    "ItemState",
    "LeadershipWish",
    "LearningKind",
    "LeftOut",
    "MentoringState",
    "OpenTopic",
    "PayPosition",
    "PlacementOutcome",
    "PlanState",
    "PoolKind",
    "PoolMemberState",
    "PotentialDimension",
    "PotentialRoundState",
    "ProfileDay",
    "Proof",
    "RaterKind",
    "RaterState",
    "Readiness",
    "RelocationWish",
    "RetentionKind",
    "RetentionOutcome",
    "RetentionState",
    "RetirementOutlook",
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
    "VacancyBecause",
    "VacancyReason",
    "VacancyRisk",
    "VacancyState",
    "WishTiming",
]
