"""Decisions: who makes many at once, who completes them, who speaks up against one and who answers."""

import rules

from calibration.models import Decision
from calibration.rules.sessions import WRITE, is_session_hr, leads
from hrportal.common.paths import is_below
from hrportal.people.viewer import Principal
from performance.models import Review, ReviewCycle


@rules.predicate
def is_hr_for_decision(user: Principal, decision: Decision) -> bool:
    """HR for the person decided about, who also reads the decision; asked of the rows, so that it cannot disagree with them."""
    viewer = user.viewer
    if not viewer.may_use(WRITE):
        return False
    decisions = Decision.objects.visible_to(user).filter(pk=decision.pk)
    if viewer.is_client:
        return decisions.exists()
    return decisions.filter(review__in=Review.objects.filter(viewer.hr()).values("pk")).exists()


@rules.predicate
def is_over_cycle(user: Principal, cycle: ReviewCycle) -> bool:
    """HR for everybody in a cycle: a leader, or the partner of all its units."""
    viewer = user.viewer
    if not viewer.may_use(WRITE):
        return False
    if viewer.is_over_all:
        return True
    paths = [unit.path for unit in cycle.org_units.all()]
    return bool(paths) and all(path.startswith(viewer.given_units) for path in paths)


@rules.predicate
def is_manager_concerned(user: Principal, decision: Decision) -> bool:
    """Whoever proposed the rating, or leads the person."""
    viewer, review = user.viewer, decision.review
    if viewer.employee_id is None or not viewer.may_use(WRITE) or review.employee_id == viewer.employee_id:
        return False
    return review.reviewer_id == viewer.employee_id or is_below(review.employee.path, viewer.path)


@rules.predicate
def is_not_asking(user: Principal, decision: Decision) -> bool:
    """Nobody answers their own request to look again."""
    me = user.viewer.employee_id
    return me is None or not decision.remarks.waiting().filter(made_by=me).exists()


rules.add_perm("calibration.move_in_bulk", is_session_hr | leads)
rules.add_perm("calibration.complete_review", is_hr_for_decision)
rules.add_perm("calibration.complete_cycle", is_over_cycle)
rules.add_perm("calibration.remark_on_decision", is_manager_concerned)
rules.add_perm("calibration.answer_request", is_hr_for_decision & is_not_asking)
