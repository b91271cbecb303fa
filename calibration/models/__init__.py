from calibration.models.cards import Card, CardMove
from calibration.models.decisions import Decision, DecisionRemark
from calibration.models.evidence import CycleEvidence, EvidenceRun, Explanation, ManagerEvidence, Suggestion
from calibration.models.handover import HandOver
from calibration.models.readiness import ReadinessAudit
from calibration.models.reconciliation import Difference, Reconciliation
from calibration.models.sessions import CalibrationSession, Participant
from calibration.models.table import PreReadAnswer, Recusal

__all__ = [
    "CalibrationSession",
    "Card",
    "CardMove",
    "CycleEvidence",
    "Decision",
    "DecisionRemark",
    "Difference",
    "EvidenceRun",
    "Explanation",
    "HandOver",
    "ManagerEvidence",
    "Participant",
    "PreReadAnswer",
    "ReadinessAudit",
    "Reconciliation",
    "Recusal",
    "Suggestion",
]
