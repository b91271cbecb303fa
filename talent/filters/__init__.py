"""Filters of the lists, a module for each topic: only by what every reader of the list may read."""

from talent.filters.development import PlanFilter
from talent.filters.profiles import ProfileFilter
from talent.filters.succession import BenchFilter

__all__ = ["BenchFilter", "PlanFilter", "ProfileFilter"]
