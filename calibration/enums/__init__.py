"""States and kinds of calibration, a module for each topic."""

from calibration.enums.evidence import Anomaly, LeniencyBasis, SuggestionAnswer, SuggestionReason
from calibration.enums.handover import SUBSCRIBERS, HandOverKind
from calibration.enums.readiness import First, Question, Verdict
from calibration.enums.reconciliation import DIFFERENCES, DifferenceKind, Mismatch, Outcome
from calibration.enums.sessions import Division, PreRead, Reason, Rounding, Seating, SessionState

__all__ = [
    "DIFFERENCES",
    "SUBSCRIBERS",
    "Anomaly",
    "DifferenceKind",
    "Division",
    "First",
    "HandOverKind",
    "LeniencyBasis",
    "Mismatch",
    "Outcome",
    "PreRead",
    "Question",
    "Reason",
    "Rounding",
    "Seating",
    "SessionState",
    "SuggestionAnswer",
    "SuggestionReason",
    "Verdict",
]
