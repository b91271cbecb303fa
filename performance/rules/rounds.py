"""Who may do what with 360 rounds. Nobody runs a round about themselves, and nobody touches another's answers."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.viewer import Principal
from performance.enums import RaterState, RoundState
from performance.models import FeedbackRound, Rater
from performance.rules.common import is_hr, is_somebody


@rules.predicate
def is_person(user: Principal) -> bool:
    return not user.viewer.is_client


@rules.predicate
def is_subject(user: Principal, round_: FeedbackRound) -> bool:
    return round_.subject_id is not None and round_.subject_id == user.viewer.employee_id


@rules.predicate
def is_hr_for(user: Principal, round_: FeedbackRound) -> bool:
    return user.viewer.looks_after(round_.subject)


@rules.predicate
def is_above(user: Principal, round_: FeedbackRound) -> bool:
    return is_below(round_.subject.path, user.viewer.path)


@rules.predicate
def was_asked_for(user: Principal, round_: FeedbackRound) -> bool:
    return round_.state == RoundState.ASKED


@rules.predicate
def is_asked(user: Principal, rater: Rater) -> bool:
    me = user.viewer.employee_id
    return me is not None and rater.employee_id == me and rater.state == RaterState.INVITED


organises = is_person & (is_above | is_hr_for) & ~is_subject

rules.add_perm("performance.see_rounds", is_person & (is_somebody | is_hr))
rules.add_perm("performance.edit_round_template", is_person & is_hr)
rules.add_perm("performance.open_round", organises | (is_person & is_subject))
rules.add_perm("performance.approve_round", organises)
rules.add_perm("performance.edit_round", organises)
rules.add_perm("performance.set_min_raters", is_person & is_hr_for & ~is_subject)
rules.add_perm("performance.nominate_rater", organises | (is_person & is_subject))
rules.add_perm("performance.remove_rater", organises | (is_person & is_subject))
rules.add_perm("performance.approve_rater", organises)
rules.add_perm("performance.reject_rater", organises)
rules.add_perm("performance.begin_collecting", organises)
rules.add_perm("performance.see_progress", organises)
rules.add_perm("performance.remind_raters", organises)
rules.add_perm("performance.renew_link", organises)
rules.add_perm("performance.close_round", organises)
rules.add_perm("performance.share_round", organises)
rules.add_perm("performance.withdraw_round", organises | (is_person & is_subject & was_asked_for))
rules.add_perm("performance.answer_round", is_person & is_asked)
