"""States and kinds of talent, a module for each topic."""

from talent.enums.development import ActionKind, ItemState, PlanState
from talent.enums.freshness import Datum
from talent.enums.openings import OpenTopic
from talent.enums.skills import SkillSource
from talent.enums.succession import BenchHealth, Readiness, SuccessorState, VacancyRisk

__all__ = [
    "ActionKind",
    "BenchHealth",
    "Datum",
    "ItemState",
    "OpenTopic",
    "PlanState",
    "Readiness",
    "SkillSource",
    "SuccessorState",
    "VacancyRisk",
]
