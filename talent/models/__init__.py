from talent.models.development import DevelopmentPlan, PlanAction, PlanItem
from talent.models.profiles import CalibratedRating, TalentProfile
from talent.models.skills import SkillAssessment
from talent.models.succession import SuccessionPlan, Successor

__all__ = [
    "CalibratedRating",
    "DevelopmentPlan",
    "PlanAction",
    "PlanItem",
    "SkillAssessment",
    "SuccessionPlan",
    "Successor",
    "TalentProfile",
]
