"""Handing a review over again: whoever carries something across hears of it and looks at the review as it is now."""

from calibration.enums import HandOverKind
from calibration.events.handover import HANDED_OVER_AGAIN
from hrportal.journal.subscribers import handler_of, subscribe


def connect() -> None:
    """Let every carrier of the bridge listen; they are known once `calibration.signals` has connected them."""
    for kind in HandOverKind.values:
        subscribe(HANDED_OVER_AGAIN, kind, handler_of(kind))
