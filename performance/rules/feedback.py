"""Who may do what with feedback."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.models import Feedback, FeedbackRequest
from performance.rules.common import is_somebody


@rules.predicate
def is_oneself(user: Principal, employee: Employee) -> bool:
    return employee.pk == user.viewer.employee_id


@rules.predicate
def leads_or_looks_after(user: Principal, employee: Employee) -> bool:
    return is_below(employee.path, user.viewer.path) or user.viewer.looks_after(employee)


@rules.predicate
def is_giver(user: Principal, feedback: Feedback) -> bool:
    return feedback.giver_id == user.viewer.employee_id


@rules.predicate
def is_recipient(user: Principal, feedback: Feedback) -> bool:
    return feedback.recipient_id == user.viewer.employee_id


@rules.predicate
def is_asker(user: Principal, request: FeedbackRequest) -> bool:
    return request.asker_id == user.viewer.employee_id


@rules.predicate
def is_asked(user: Principal, request: FeedbackRequest) -> bool:
    return request.asked_id == user.viewer.employee_id


rules.add_perm("performance.give_feedback", is_somebody)
rules.add_perm("performance.take_back_feedback", is_somebody & is_giver)
rules.add_perm("performance.thank_for_feedback", is_somebody & is_recipient)
rules.add_perm("performance.request_feedback", is_somebody)
rules.add_perm("performance.request_feedback_about", is_somebody & (is_oneself | leads_or_looks_after))
rules.add_perm("performance.answer_feedback_request", is_somebody & is_asked)
rules.add_perm("performance.decline_feedback_request", is_somebody & is_asked)
rules.add_perm("performance.withdraw_feedback_request", is_somebody & is_asker)
