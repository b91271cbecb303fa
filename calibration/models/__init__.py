from calibration.models.decisions import Decision
from calibration.models.handover import HandOver
from calibration.models.sessions import CalibrationSession, Card, CardMove, Participant

__all__ = ["CalibrationSession", "Card", "CardMove", "Decision", "HandOver", "Participant"]
