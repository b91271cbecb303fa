"""Who reads the answer to a question: the sentence of `Answer.objects.visible_to`, about one question of one part.

For what is kept outside the rows of answers: earlier versions, the arithmetic of a score, what a reopening keeps.
"""

from hrportal.people.viewer import Principal
from performance.enums import SeenBy, Side
from performance.models import Review


def may_read_answer(user: Principal, review: Review, side: str, seen_by: str) -> bool:
    """Whether somebody who reads this part reads an answer in it; who writes the part always reads what is in it."""
    if seen_by == SeenBy.EMPLOYEE or writes(user, review, side):
        return True
    viewer = user.viewer
    if seen_by == SeenBy.MANAGER:
        return review.employee_id != viewer.employee_id or viewer.is_client
    return viewer.looks_after(review.employee)


def writes(user: Principal, review: Review, side: str) -> bool:
    """Whether this half of the review is this person's to write."""
    me = user.viewer.employee_id
    if me is None:
        return False
    if side == Side.SELF:
        return review.employee_id == me
    delegation = review.current_delegation
    return me != review.employee_id and (
        me == review.reviewer_id or (delegation is not None and delegation.delegate_id == me)
    )
