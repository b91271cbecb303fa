"""What HR decides about single reviews, outside a session."""

import rules

from calibration.models import Recusal
from calibration.rules.sessions import WRITE
from hrportal.people.viewer import Principal
from performance.models import Review


@rules.predicate
def is_review_hr(user: Principal, review: Review) -> bool:
    """HR for the person reviewed; asked of the rows, so that it cannot disagree with them."""
    viewer = user.viewer
    if viewer.is_client:
        return viewer.may_use(WRITE) and viewer.is_client_for(review.employee)
    return viewer.may_use(WRITE) and Review.objects.filter(viewer.hr(), pk=review.pk).exists()


@rules.predicate
def has_no_conflict(user: Principal, review: Review) -> bool:
    """Whoever declared a conflict in the cycle stays out, at a table and after it."""
    declared = Recusal.objects.filter(
        employee=user.viewer.employee_id, about=review.employee_id, session__cycle=review.cycle_id
    )
    return not declared.exists()


@rules.predicate
def is_not_below(user: Principal, review: Review) -> bool:
    """Nobody decides on those they report to."""
    return review.employee_id not in user.viewer.superiors()


# Completing decides nothing: the rating stays as it was proposed. So HR may do it for those above them too; else nobody
# could for the head of everybody.
rules.add_perm("calibration.complete_uncalibrated", is_review_hr & has_no_conflict)
rules.add_perm("calibration.decide_reopened", is_review_hr & is_not_below & has_no_conflict)
