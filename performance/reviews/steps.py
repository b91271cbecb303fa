"""The steps a page offers: those the rules allow this person and the state allows now. The server refuses no other ones."""

from hrportal.people.viewer import Principal
from performance.enums import STARTS_FROM
from performance.models import Review

BY_SYSTEM = frozenset({"begin_writing", "begin_calibration", "mark_calibrated", "complete_review"})


def offered_steps(user: Principal, review: Review) -> set[str]:
    """The names of the steps open to this person on this review."""
    return {
        step
        for step, states in STARTS_FROM.items()
        if step not in BY_SYSTEM
        and review.state in states
        and _makes_sense(step, review)
        and user.has_perm(f"performance.{step}", review)
    }


def _makes_sense(step: str, review: Review) -> bool:
    """What the state alone does not say: one delegate at a time, and somebody to write for."""
    if step == "delegate_review":
        return review.reviewer_id is not None and review.current_delegation is None
    return step != "end_delegation" or review.current_delegation is not None
