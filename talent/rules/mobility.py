"""Who may do what with career paths, opportunities and interests: HR keeps the paths, owners and HR answer, each person speaks for themselves."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.enums import Role
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.models import CareerStep, Interest, Opportunity

WORK_ON_MOBILITY = "mobility:write"
POSTING = (Role.MANAGER, Role.HRBP, Role.HR_LEADER, Role.EXECUTIVE)


@rules.predicate
def keeps_career_paths(user: Principal, _step: CareerStep | None = None) -> bool:
    """Paths belong to the whole company: HR, or a client by itself that is not limited to units."""
    viewer = user.viewer
    return viewer.may_use(WORK_ON_MOBILITY) and (viewer.is_hr or viewer.is_over_all)


@rules.predicate
def posts_opportunities(user: Principal) -> bool:
    """Whoever leads people or works for HR; a client for whoever it names as owner."""
    viewer = user.viewer
    return viewer.may_use(WORK_ON_MOBILITY) and (viewer.is_client or viewer.has(*POSTING))


@rules.predicate
def manages_opportunity(user: Principal, opportunity: Opportunity) -> bool:
    """Whoever posted it, HR for its unit, or a client that may write it."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_MOBILITY):
        return False
    if viewer.is_client:
        return viewer.is_client_for(opportunity)
    if opportunity.owner_id == viewer.employee_id or viewer.has(Role.HR_LEADER):
        return True
    return opportunity.org_unit.path.startswith(viewer.partner_units)


@rules.predicate
def looks_for_people(user: Principal, _opportunity: Opportunity | None = None) -> bool:
    """HR, among those it looks after; a client among those it reads."""
    viewer = user.viewer
    return viewer.may_use(WORK_ON_MOBILITY) and (viewer.is_client or viewer.is_hr)


@rules.predicate
def may_say_yes(user: Principal, opportunity: Opportunity) -> bool:
    """Everybody who works here for themselves, but not to what they posted."""
    viewer = user.viewer
    return bool(viewer.may_use(WORK_ON_MOBILITY) and viewer.employee_id and viewer.employee_id != opportunity.owner_id)


@rules.predicate
def may_invite(user: Principal, employee: Employee) -> bool:
    """HR for a person, unless it stands above them: whether they said yes already could be kept from it."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_MOBILITY) or is_below(employee.path, viewer.path):
        return False
    return viewer.is_client_for(employee) or viewer.looks_after(employee)


@rules.predicate
def is_ones_own(user: Principal, interest: Interest) -> bool:
    viewer = user.viewer
    return bool(viewer.may_use(WORK_ON_MOBILITY) and viewer.employee_id and interest.employee_id == viewer.employee_id)


@rules.predicate
def answers_interest(user: Principal, interest: Interest) -> bool:
    """The owner of the opportunity, or HR for the person; nobody answers themselves, nor what is kept from them."""
    viewer = user.viewer
    if not viewer.may_use(WORK_ON_MOBILITY) or interest.employee_id == viewer.employee_id:
        return False
    if is_below(interest.employee.path, viewer.path) and not interest.is_told_to_manager:
        return False
    is_owner = viewer.employee_id is not None and interest.opportunity.owner_id == viewer.employee_id
    return is_owner or viewer.looks_after(interest.employee)


for verb in ("add_career_step", "edit_career_step", "remove_career_step"):
    rules.add_perm(f"talent.{verb}", keeps_career_paths)
rules.add_perm("talent.create_opportunity", posts_opportunities)
for verb in (
    "edit_opportunity",
    "publish_opportunity",
    "close_opportunity",
    "withdraw_opportunity",
    "hand_over_opportunity",
):
    rules.add_perm(f"talent.{verb}", manages_opportunity)
rules.add_perm("talent.search_candidates", looks_for_people)
rules.add_perm("talent.invite_person", may_invite)
rules.add_perm("talent.say_interest", may_say_yes)
for verb in ("withdraw_interest", "tell_interest", "accept_offer"):
    rules.add_perm(f"talent.{verb}", is_ones_own)
for verb in ("begin_talks", "offer_opportunity", "decline_interest"):
    rules.add_perm(f"talent.{verb}", answers_interest)
