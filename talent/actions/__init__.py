from talent.actions.development import ItemSeed, PlanOpening, complete_plan, open_development_plans, share_plan_items
from talent.actions.profiles import RatingRecord, record_calibrated_ratings

__all__ = [
    "ItemSeed",
    "PlanOpening",
    "RatingRecord",
    "complete_plan",
    "open_development_plans",
    "record_calibrated_ratings",
    "share_plan_items",
]
