"""What lists can be narrowed by, a module for each topic."""

from calibration.filters.cards import CardFilter
from calibration.filters.handover import HandOverFilter
from calibration.filters.sessions import SessionFilter

__all__ = ["CardFilter", "HandOverFilter", "SessionFilter"]
