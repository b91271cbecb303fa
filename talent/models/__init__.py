from talent.models.development import DevelopmentPlan, PlanAction, PlanItem
from talent.models.openings import Opening
from talent.models.profiles import CalibratedRating, TalentProfile
from talent.models.skills import SkillAssessment
from talent.models.succession import SuccessionPlan, Successor

__all__ = [
    "CalibratedRating",
    "DevelopmentPlan",
    "Opening",
    "PlanAction",
    "PlanItem",
    "SkillAssessment",
    "SuccessionPlan",
    "Successor",
    "TalentProfile",
]
