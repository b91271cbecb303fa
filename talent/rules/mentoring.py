"""Who may do what with mentoring: what is offered, wished, accepted and noted is a person's own; HR proposes."""

import rules

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import Mentoring, MentoringGoal
from talent.rules.development import WORK_ON_PLANS, is_self


@rules.predicate
def is_oneself_here(user: Principal, employee: Employee) -> bool:
    return is_self(user, employee.pk)


@rules.predicate
def looks_after_mentee(user: Principal, employee: Employee) -> bool:
    viewer = user.viewer
    return viewer.may_use(WORK_ON_PLANS) and (viewer.is_client_for(employee) or viewer.looks_after(employee))


@rules.predicate
def is_one_of_two(user: Principal, mentoring: Mentoring) -> bool:
    return is_self(user, mentoring.mentor_id) or is_self(user, mentoring.mentee_id)


@rules.predicate
def looks_after_mentoring(user: Principal, mentoring: Mentoring) -> bool:
    return bool(looks_after_mentee(user, mentoring.mentee))


@rules.predicate
def is_goal_of_two(user: Principal, goal: MentoringGoal) -> bool:
    return bool(is_one_of_two(user, goal.mentoring))


@rules.predicate
def matches_mentors(user: Principal) -> bool:
    """HR works out pairs for those it looks after."""
    viewer = user.viewer
    return viewer.may_use(WORK_ON_PLANS) and (viewer.is_client or viewer.is_hr)


rules.add_perm("talent.offer_mentoring", is_oneself_here)
rules.add_perm("talent.wish_mentoring", is_oneself_here)
rules.add_perm("talent.propose_mentoring", is_oneself_here | looks_after_mentee)
rules.add_perm("talent.accept_mentoring", is_one_of_two)
rules.add_perm("talent.decline_mentoring", is_one_of_two | looks_after_mentoring)
rules.add_perm("talent.end_mentoring", is_one_of_two)
rules.add_perm("talent.reflect_on_mentoring", is_one_of_two)
rules.add_perm("talent.add_mentoring_goal", is_one_of_two)
rules.add_perm("talent.complete_mentoring_goal", is_goal_of_two)
rules.add_perm("talent.record_mentoring_meeting", is_one_of_two)
rules.add_perm("talent.match_mentors", matches_mentors)
