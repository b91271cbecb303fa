from talent.models.aspirations import Aspiration
from talent.models.certificates import Certificate
from talent.models.development import DevelopmentPlan, PlanAction, PlanItem
from talent.models.exits import Exit
from talent.models.flight_risks import FlightRisk
from talent.models.headcount import GapAnalysis, HeadcountForecast
from talent.models.openings import Opening
from talent.models.pools import GroupAudit, PoolAttendance, PoolMember, PoolStep, TalentPool
from talent.models.potential import PotentialAssessment, PotentialForm, PotentialRound
from talent.models.profiles import CalibratedRating, TalentProfile
from talent.models.retention_plans import RetentionAction, RetentionPlan
from talent.models.retention_sight import FlightRiskOptOut, RetentionSubjects
from talent.models.rewards import MeritCell, MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.models.role_profiles import RoleProfileRevision
from talent.models.skills import SkillAssessment, SkillAssessor
from talent.models.stay_interviews import StayInterview, StayInterviewTemplate
from talent.models.succession import SuccessionPlan, Successor
from talent.models.talent_reviews import (
    BoxMove,
    BoxPlacement,
    MemberDecision,
    MemberNote,
    ReviewMember,
    ReviewSeat,
    ReviewTask,
    TalentReview,
)

__all__ = [
    "Aspiration",
    "BoxMove",
    "BoxPlacement",
    "CalibratedRating",
    "Certificate",
    "DevelopmentPlan",
    "Exit",
    "FlightRisk",
    "FlightRiskOptOut",
    "GapAnalysis",
    "GroupAudit",
    "HeadcountForecast",
    "MemberDecision",
    "MemberNote",
    "MeritCell",
    "MeritRecommendation",
    "Opening",
    "PayRange",
    "PayRecord",
    "PlanAction",
    "PlanItem",
    "PoolAttendance",
    "PoolMember",
    "PoolStep",
    "PotentialAssessment",
    "PotentialForm",
    "PotentialRound",
    "RetentionAction",
    "RetentionPlan",
    "RetentionSubjects",
    "ReviewMember",
    "ReviewSeat",
    "ReviewTask",
    "RewardCycle",
    "RoleProfileRevision",
    "SkillAssessment",
    "SkillAssessor",
    "StayInterview",
    "StayInterviewTemplate",
    "SuccessionPlan",
    "Successor",
    "TalentPool",
    "TalentProfile",
    "TalentReview",
]
