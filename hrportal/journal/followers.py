"""Who reads the journal along, from position to position: called whenever facts have got their positions, and at every sweep.

A follower keeps its own place. It may be called when there is nothing new, and by several processes at once; what it
fails at is its own trouble, and comes again with the next call.
"""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

_followers: dict[str, Callable[[], None]] = {}


def follow_journal(name: str, follower: Callable[[], None]) -> None:
    """Let `follower` be called from here on."""
    _followers[name] = follower


def call_followers() -> None:
    """Let each follower read on."""
    for name, follower in _followers.items():
        try:
            follower()
        except Exception:
            logger.exception("follower %s failed; it is called again", name)
