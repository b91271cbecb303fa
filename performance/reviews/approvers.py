"""Who approves what a reviewer wrote."""

from performance.models import Review


def second_approver_id(review: Review) -> int | None:
    """The nearest person above the reviewer who is not the employee under review; None at the top of the house."""
    if review.reviewer is None:
        return None
    above = reversed(review.reviewer.manager_ids)
    return next((person for person in above if person != review.employee_id), None)
