"""Every fact talent announces, a module for each topic: ids and versions, never texts, ratings or readiness."""

from talent.events.development import (
    development_plan_completed,
    development_plans_opened,
    plan_action_added,
    plan_action_completed,
    plan_item_closed,
    plan_item_edited,
    plan_items_added,
    plan_items_shared,
)
from talent.events.profiles import (
    ratings_recorded,
    ratings_retracted,
)
from talent.events.skills import (
    skills_recorded,
    skills_replaced,
    skills_shared,
)
from talent.events.succession import (
    critical_role_designated,
    critical_role_edited,
    succession_plan_endorsed,
    succession_plan_retired,
    successor_approved,
    successor_nominated,
    successor_readiness_changed,
    successor_removed,
    successors_ranked,
)

__all__ = [
    "critical_role_designated",
    "critical_role_edited",
    "development_plan_completed",
    "development_plans_opened",
    "plan_action_added",
    "plan_action_completed",
    "plan_item_closed",
    "plan_item_edited",
    "plan_items_added",
    "plan_items_shared",
    "ratings_recorded",
    "ratings_retracted",
    "skills_recorded",
    "skills_replaced",
    "skills_shared",
    "succession_plan_endorsed",
    "succession_plan_retired",
    "successor_approved",
    "successor_nominated",
    "successor_readiness_changed",
    "successor_removed",
    "successors_ranked",
]
