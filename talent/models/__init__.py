from talent.models.aspirations import Aspiration
from talent.models.bench_snapshots import BenchSnapshot, SnapshotSeat
from talent.models.bench_studies import BenchStudy
from talent.models.career_paths import CareerStep
from talent.models.certificates import Certificate
from talent.models.development import DevelopmentPlan, PlanAction, PlanCheckIn, PlanItem
from talent.models.exits import Exit
from talent.models.experiences import Experience, HeldExperience, RoleExperience
from talent.models.externals import ExternalSuccessor
from talent.models.flight_risks import FlightRisk
from talent.models.headcount import GapAnalysis, HeadcountForecast
from talent.models.interests import CandidateSearch, Interest
from talent.models.learning import Enrolment, LearningItem
from talent.models.mentoring import (
    Mentoring,
    MentoringGoal,
    MentoringMeeting,
    MentoringWish,
    MentorOffer,
    MentorSuggestion,
    OfferedSkill,
    WishedSkill,
)
from talent.models.metrics import TalentMetrics
from talent.models.ninety_days import NinetyDayPlan
from talent.models.openings import Opening
from talent.models.opportunities import Opportunity, OpportunityNeed
from talent.models.pools import GroupAudit, PoolAttendance, PoolMember, PoolStep, TalentPool
from talent.models.potential import PotentialAssessment, PotentialForm, PotentialRound
from talent.models.profiles import CalibratedRating, TalentProfile
from talent.models.refresh import RefreshTask
from talent.models.retention_plans import RetentionAction, RetentionPlan
from talent.models.retention_sight import FlightRiskOptOut, RetentionSubjects
from talent.models.review_decisions import BoxPlacement, MemberDecision, ReviewTask
from talent.models.rewards import MeritCell, MeritRecommendation, PayRange, PayRecord, RewardCycle
from talent.models.role_profiles import RoleProfileRevision
from talent.models.skills import SkillAssessment, SkillAssessor
from talent.models.stay_interviews import StayInterview, StayInterviewTemplate
from talent.models.succession import SuccessionPlan, Successor
from talent.models.talent_reviews import BoxMove, MemberNote, ReviewMember, ReviewSeat, TalentReview
from talent.models.vacancies import Vacancy

__all__ = [
    "Aspiration",
    "BenchSnapshot",
    "BenchStudy",
    "BoxMove",
    "BoxPlacement",
    "CalibratedRating",
    "CandidateSearch",
    "CareerStep",
    "Certificate",
    "DevelopmentPlan",
    "Enrolment",
    "Exit",
    "Experience",
    "ExternalSuccessor",
    "FlightRisk",
    "FlightRiskOptOut",
    "GapAnalysis",
    "GroupAudit",
    "HeadcountForecast",
    "HeldExperience",
    "Interest",
    "LearningItem",
    "MemberDecision",
    "MemberNote",
    "MentorOffer",
    "MentorSuggestion",
    "Mentoring",
    "MentoringGoal",
    "MentoringMeeting",
    "MentoringWish",
    "MeritCell",
    "MeritRecommendation",
    "NinetyDayPlan",
    "OfferedSkill",
    "Opening",
    "Opportunity",
    "OpportunityNeed",
    "PayRange",
    "PayRecord",
    "PlanAction",
    "PlanCheckIn",
    "PlanItem",
    "PoolAttendance",
    "PoolMember",
    "PoolStep",
    "PotentialAssessment",
    "PotentialForm",
    "PotentialRound",
    "RefreshTask",
    "RetentionAction",
    "RetentionPlan",
    "RetentionSubjects",
    "ReviewMember",
    "ReviewSeat",
    "ReviewTask",
    "RewardCycle",
    "RoleExperience",
    "RoleProfileRevision",
    "SkillAssessment",
    "SkillAssessor",
    "SnapshotSeat",
    "StayInterview",
    "StayInterviewTemplate",
    "SuccessionPlan",
    "Successor",
    "TalentMetrics",
    "TalentPool",
    "TalentProfile",
    "TalentReview",
    "Vacancy",
    "WishedSkill",
]
