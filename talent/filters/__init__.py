"""Filters of the lists, a module for each topic: only by what every reader of the list may read."""

from talent.filters.development import PlanFilter, PlanItemFilter
from talent.filters.learning import EnrolmentFilter, LearningFilter
from talent.filters.profiles import ProfileFilter
from talent.filters.refresh import RefreshTaskFilter
from talent.filters.succession import BenchFilter, ChartFilter
from talent.filters.vacancies import VacancyFilter

__all__ = [
    "BenchFilter",
    "ChartFilter",
    "EnrolmentFilter",
    "LearningFilter",
    "PlanFilter",
    "PlanItemFilter",
    "ProfileFilter",
    "RefreshTaskFilter",
    "VacancyFilter",
]
