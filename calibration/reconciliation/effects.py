"""Every effect that is compared, in the order in which people read them. A new one is a class with what it expects and what it finds."""

from calibration.reconciliation.plans import Plans, Sharing
from calibration.reconciliation.ratings import Ratings
from calibration.reconciliation.skills import Skills
from calibration.reconciliation.strategy import Strategy
from calibration.reconciliation.versioned import Effect

EFFECTS: tuple[Effect, ...] = (Ratings(), Skills(), Plans(), Sharing(), Strategy())
EFFECT_KINDS = tuple(effect.kind for effect in EFFECTS)
