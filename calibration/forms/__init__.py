from calibration.forms.cards import MoveForm, UndoForm
from calibration.forms.reviews import DecideForm, UncalibratedForm
from calibration.forms.sessions import SessionEditForm, SessionForm

__all__ = ["DecideForm", "MoveForm", "SessionEditForm", "SessionForm", "UncalibratedForm", "UndoForm"]
