from performance.models.cycles import GuidelineShare, ReviewCycle
from performance.models.feedback import Feedback
from performance.models.goals import CheckIn, KeyResult, Objective
from performance.models.reviews import Answer, CompetencyRating, DevelopmentNeed, Review, ReviewPart, ReviewRemark
from performance.models.templates import (
    RatingLevel,
    RatingScale,
    ReviewTemplate,
    TemplateCompetency,
    TemplateQuestion,
    TemplateSection,
)

__all__ = [
    "Answer",
    "CheckIn",
    "CompetencyRating",
    "DevelopmentNeed",
    "Feedback",
    "GuidelineShare",
    "KeyResult",
    "Objective",
    "RatingLevel",
    "RatingScale",
    "Review",
    "ReviewCycle",
    "ReviewPart",
    "ReviewRemark",
    "ReviewTemplate",
    "TemplateCompetency",
    "TemplateQuestion",
    "TemplateSection",
]
