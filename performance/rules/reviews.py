"""Who may do what with a review."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.viewer import Principal
from performance.enums import SEEN_BY_EMPLOYEE
from performance.models import Review
from performance.reviews.approvers import second_approver_id
from performance.rules.common import is_client_with, unit_of_person

moves_reviews = is_client_with("reviews:write", unit_of_person)


@rules.predicate
def is_employee(user: Principal, review: Review) -> bool:
    return review.employee_id == user.viewer.employee_id


@rules.predicate
def is_reviewer(user: Principal, review: Review) -> bool:
    return review.reviewer_id is not None and review.reviewer_id == user.viewer.employee_id


@rules.predicate
def is_delegate(user: Principal, review: Review) -> bool:
    delegation = review.current_delegation
    return delegation is not None and delegation.delegate_id == user.viewer.employee_id


@rules.predicate
def is_new_manager(user: Principal, review: Review) -> bool:
    """The manager of today, where the review asks whether they go on with it."""
    return review.employee.manager_id is not None and review.employee.manager_id == user.viewer.employee_id


@rules.predicate
def is_above(user: Principal, review: Review) -> bool:
    return is_below(review.employee.path, user.viewer.path)


@rules.predicate
def is_hr_for(user: Principal, review: Review) -> bool:
    return user.viewer.looks_after(review.employee)


@rules.predicate
def is_second_approver(user: Principal, review: Review) -> bool:
    return user.viewer.employee_id is not None and second_approver_id(review) == user.viewer.employee_id


@rules.predicate
def is_shared(user: Principal, review: Review) -> bool:
    return review.state in SEEN_BY_EMPLOYEE


@rules.predicate
def reads_ratings(user: Principal, review: Review) -> bool:
    return user.viewer.may_use("ratings:read")


works_on_it = (is_reviewer | is_delegate | is_above | is_hr_for) & ~is_employee

rules.add_perm("performance.write_self_assessment", is_employee)
rules.add_perm("performance.submit_self_assessment", is_employee)
rules.add_perm("performance.skip_self_assessment", (is_reviewer | is_hr_for) & ~is_employee)
rules.add_perm("performance.write_review", (is_reviewer | is_delegate) & ~is_employee)
rules.add_perm("performance.submit_review", is_reviewer & ~is_employee)
rules.add_perm("performance.approve_review", (is_second_approver | is_hr_for) & ~is_employee & ~is_reviewer)
rules.add_perm("performance.return_review", (is_second_approver | is_hr_for) & ~is_employee)
rules.add_perm("performance.reassign_review", is_hr_for | moves_reviews)
rules.add_perm("performance.extend_review", ((is_second_approver | is_hr_for) & ~is_employee) | moves_reviews)
rules.add_perm("performance.delegate_review", ((is_reviewer | is_hr_for) & ~is_employee) | moves_reviews)
rules.add_perm("performance.end_delegation", ((is_reviewer | is_delegate | is_hr_for) & ~is_employee) | moves_reviews)
rules.add_perm(
    "performance.settle_reviewer_change", ((is_reviewer | is_new_manager | is_hr_for) & ~is_employee) | moves_reviews
)
rules.add_perm("performance.restore_review", is_hr_for | moves_reviews)
rules.add_perm("performance.settle_dispute", is_hr_for)
rules.add_perm("performance.dispute_review", is_employee)
rules.add_perm("performance.withdraw_review", is_hr_for | moves_reviews)
rules.add_perm("performance.complete_review", is_hr_for)
rules.add_perm("performance.complete_uncalibrated", is_hr_for)
rules.add_perm("performance.share_review", is_hr_for | moves_reviews)
rules.add_perm("performance.reopen_review", is_hr_for | moves_reviews)
rules.add_perm("performance.acknowledge_review", is_employee)
rules.add_perm(
    "performance.see_proposed_rating", reads_ratings & (works_on_it | is_client_with("ratings:read", unit_of_person))
)
rules.add_perm(
    "performance.see_final_rating",
    reads_ratings & (works_on_it | (is_employee & is_shared) | is_client_with("ratings:read", unit_of_person)),
)
rules.add_perm("performance.see_remarks", works_on_it | is_client_with("reviews:read", unit_of_person))
