"""Who may do what about potential, pools and aspirations. Above all: nobody anything about themselves, but their own wishes."""

from typing import Any

import rules

from hrportal.common.paths import is_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import GroupAudit, PoolMember, PotentialAssessment, PotentialForm, PotentialRound, TalentPool

WRITE = "potential:write"


def is_hr_for(user: Principal, employee: Employee) -> bool:
    """HR for this person, or a client that may write potential."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client_for(employee) or viewer.looks_after(employee))


def is_leader(user: Principal) -> bool:
    """An HR leader in person: what a person must decide no client decides by itself."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and not viewer.is_client and viewer.has(Role.HR_LEADER)


@rules.predicate
def works_in_hr(user: Principal, _row: Any = None) -> bool:
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client or viewer.is_hr)


@rules.predicate
def leads_hr(user: Principal, _row: Any = None) -> bool:
    return is_leader(user)


@rules.predicate
def is_hr_for_person(user: Principal, employee: Employee) -> bool:
    return is_hr_for(user, employee)


@rules.predicate
def is_hr_for_assessed(user: Principal, assessment: PotentialAssessment) -> bool:
    return is_hr_for(user, assessment.employee)


@rules.predicate
def is_rater_above(user: Principal, assessment: PotentialAssessment) -> bool:
    """A manager above who is asked as well knows whom else to ask."""
    viewer = user.viewer
    if viewer.is_client or not viewer.may_use(WRITE) or not is_below(assessment.employee.path, viewer.path):
        return False
    return PotentialForm.objects.own(user).filter(assessment=assessment).exists()


@rules.predicate
def is_hr_for_form(user: Principal, form: PotentialForm) -> bool:
    return is_hr_for(user, form.assessment.employee)


@rules.predicate
def is_own_form(user: Principal, form: PotentialForm) -> bool:
    viewer = user.viewer
    me = viewer.employee_id
    if viewer.is_client or not viewer.may_use(WRITE) or me is None:
        return False
    return form.rater_id == me and form.assessment.employee_id != me


@rules.predicate
def runs_round(user: Principal, round_: PotentialRound) -> bool:
    viewer = user.viewer
    return is_leader(user) or (works_in_hr(user) and round_.launched_by_id == viewer.employee_id)


@rules.predicate
def keeps_pool(user: Principal, pool: TalentPool) -> bool:
    """An HR leader, or the owner while they work in HR."""
    viewer = user.viewer
    if is_leader(user):
        return True
    return viewer.is_hr and viewer.may_use(WRITE) and pool.owner_id == viewer.employee_id


@rules.predicate
def may_nominate(user: Principal, _row: Any = None) -> bool:
    """HR and managers; for whom is said by `candidates_for`."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client or viewer.is_hr or viewer.has(Role.MANAGER))


@rules.predicate
def decides_nomination(user: Principal, member: PoolMember) -> bool:
    """Four eyes: an HR leader who neither nominated nor is nominated."""
    me = user.viewer.employee_id
    return is_leader(user) and me not in (member.employee_id, member.nominated_by_id)


@rules.predicate
def is_hr_for_member(user: Principal, member: PoolMember) -> bool:
    return is_hr_for(user, member.employee)


@rules.predicate
def answers_audit(user: Principal, _audit: GroupAudit) -> bool:
    return is_leader(user)


@rules.predicate
def is_person(user: Principal, _row: Any = None) -> bool:
    """Somebody who works here, or a client acting for them."""
    viewer = user.viewer
    return viewer.may_use("mobility:write") and not viewer.is_client and viewer.employee_id is not None


rules.add_perm("talent.launch_potential_round", works_in_hr)
rules.add_perm("talent.close_potential_round", runs_round)
rules.add_perm("talent.open_potential_assessment", is_hr_for_person)
rules.add_perm("talent.close_potential_assessment", is_hr_for_assessed)
rules.add_perm("talent.name_potential_rater", is_hr_for_assessed | is_rater_above)
rules.add_perm("talent.withdraw_potential_rater", is_hr_for_form)
rules.add_perm("talent.save_potential_form", is_own_form)
rules.add_perm("talent.submit_potential_form", is_own_form)
rules.add_perm("talent.create_pool", leads_hr)
for verb in ("edit_pool", "add_pool_step"):
    rules.add_perm(f"talent.{verb}", keeps_pool)
for verb in ("retire_pool", "publish_pool"):
    rules.add_perm(f"talent.{verb}", leads_hr)
rules.add_perm("talent.nominate_member", may_nominate)
for verb in ("approve_nomination", "decline_nomination"):
    rules.add_perm(f"talent.{verb}", decides_nomination)
for verb in ("leave_pool", "note_attendance"):
    rules.add_perm(f"talent.{verb}", is_hr_for_member)
rules.add_perm("talent.answer_group_audit", answers_audit)
rules.add_perm("talent.state_aspiration", is_person)
