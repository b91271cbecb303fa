"""Talent reviews: who prepares them, who leads them, who moves cards, who ends tasks."""

import rules

from hrportal.common.paths import is_below
from hrportal.people.viewer import Principal
from talent.models import ReviewMember, ReviewTask, TalentReview

WRITE = "potential:write"


@rules.predicate
def is_hr(user: Principal) -> bool:
    """HR of anybody, or a client that writes potential."""
    viewer = user.viewer
    return viewer.may_use(WRITE) and (viewer.is_client or viewer.is_hr)


@rules.predicate
def is_review_hr(user: Principal, review: TalentReview | None) -> bool:
    """HR for the whole population: a leader, or the partner of its unit. Of none in particular: HR of anybody."""
    viewer = user.viewer
    if review is None or viewer.is_over_all:
        return is_hr(user)
    unit = review.org_unit
    return bool(unit and viewer.may_use(WRITE) and unit.path.startswith(viewer.given_units))


@rules.predicate
def leads(user: Principal, review: TalentReview) -> bool:
    """Who leads the conversation: owner or facilitator."""
    viewer = user.viewer
    return viewer.employee_id is not None and viewer.may_use(WRITE) and viewer.employee_id in review.leader_ids


@rules.predicate
def runs_review_of(user: Principal, member: ReviewMember) -> bool:
    """HR of the review, or who leads it."""
    return is_review_hr(user, member.review) or leads(user, member.review)


@rules.predicate
def is_free_to_decide(user: Principal, member: ReviewMember) -> bool:
    """Nobody decides on themselves or on those they report to."""
    return not ReviewMember.objects.filter(ReviewMember.objects.recused(user.viewer), pk=member.pk).exists()


@rules.predicate
def writes_before(user: Principal, member: ReviewMember) -> bool:
    """Whoever takes part, about the people below them."""
    viewer = user.viewer
    if viewer.employee_id is None or not viewer.may_use(WRITE):
        return False
    return is_below(member.employee.path, viewer.path) and member.review.seats_at(viewer.employee_id)


@rules.predicate
def owns_task(user: Principal, task: ReviewTask) -> bool:
    """Whose task it is; never one about oneself."""
    viewer = user.viewer
    if viewer.employee_id is None or task.decision.member.employee_id == viewer.employee_id:
        return False
    return viewer.may_use(WRITE) and task.owner_id == viewer.employee_id


@rules.predicate
def runs_review_of_task(user: Principal, task: ReviewTask) -> bool:
    member = task.decision.member
    return runs_review_of(user, member) and is_free_to_decide(user, member)


for verb in ("create", "edit", "prepare", "open", "cancel", "archive"):
    rules.add_perm(f"talent.{verb}_talent_review", is_review_hr)
rules.add_perm("talent.conclude_talent_review", is_review_hr | leads)
rules.add_perm("talent.work_talent_review", is_review_hr | leads)
for verb in ("move_member", "undo_member_move", "take_figures", "discuss_member", "decide_on_member"):
    rules.add_perm(f"talent.{verb}", runs_review_of & is_free_to_decide)
rules.add_perm("talent.note_member", writes_before & is_free_to_decide)
rules.add_perm("talent.complete_review_task", owns_task | runs_review_of_task)
rules.add_perm("talent.drop_review_task", runs_review_of_task)
