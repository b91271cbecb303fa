"""The steps a page offers: those the rules allow this person and the state allows now. The server refuses no other ones."""

from typing import Any

from performance.enums import STARTS_FROM
from performance.models import Review

BY_SYSTEM = frozenset({"begin_calibration", "mark_calibrated", "complete_review"})


def offered_steps(user: Any, review: Review) -> set[str]:
    """The names of the steps open to this person on this review."""
    return {
        step
        for step, states in STARTS_FROM.items()
        if step not in BY_SYSTEM and review.state in states and user.has_perm(f"performance.{step}", review)
    }
