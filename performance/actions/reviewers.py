"""Who writes a review: given to somebody else for good, or lent for a while, or to be decided because the manager changed.

Kept apart on purpose. A delegate writes for the reviewer, who stays accountable and hands the review in. A new reviewer
takes over everything. A change of manager does what the cycle says, and never anything in silence.
"""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from performance.actions.common import add_remark, lock_review, touch_review
from performance.actions.versions import keep_version
from performance.enums import (
    STARTS_FROM,
    ManagerChangeRule,
    RemarkKind,
    ReviewerChangeState,
    Side,
    VersionCause,
)
from performance.events import reviews as events
from performance.models import Review, ReviewDelegation, ReviewerChange, ReviewPart
from performance.notices import reviews as notices


@transaction.atomic
def reassign_review(review: Review, *, to: Employee, by: Actor | None, reason: str) -> Review:
    """Give a review to another reviewer. All that is written stays, with the name of who wrote it."""
    review = lock_review(review, "reassign_review")
    if to.pk == review.reviewer_id:
        raise ActionError(_("%s is the reviewer already.") % to.name, field="to")
    _check_can_write(review, to)
    return _give_to(review, to, by=by, reason=reason)


@transaction.atomic
def delegate_review(
    review: Review, *, to: Employee, by: Actor | None, reason: str, until: datetime.date | None = None
) -> ReviewDelegation:
    """Let somebody write for the reviewer, until a day, the end of the delegation, or the review is handed in."""
    review = lock_review(review, "delegate_review")
    if review.reviewer is None:
        raise ActionError(_("This review has no reviewer. Give it to somebody first."))
    if until is not None and until < timezone.localdate():
        raise ActionError(_("This day is over."), field="until")
    _check_can_write(review, to)
    if to.pk == review.reviewer_id:
        raise ActionError(_("%s is the reviewer already.") % to.name, field="to")
    if review.current_delegation is not None:
        raise ActionError(_("%s writes already. End that first.") % review.current_delegation.delegate.name, field="to")
    _end_delegations(review)
    add_remark(review, RemarkKind.DELEGATED, reason, by)
    delegation = ReviewDelegation.objects.create(
        review=review, delegate=to, reviewer=review.reviewer, reason=reason.strip(), until=until
    )
    events.review_delegated(review, by=by, delegate=to.pk)
    notices.tell_delegated(review, delegation)
    return delegation


@transaction.atomic
def end_delegation(review: Review, *, by: Actor | None) -> Review:
    """The reviewer writes again, or the delegate is done. What was written stays."""
    review = lock_review(review, "end_delegation")
    delegation = review.current_delegation
    if delegation is None:
        raise ActionError(_("Nobody writes for the reviewer now."))
    _end_delegations(review)
    events.delegation_ended(review, by=by, delegate=delegation.delegate_id)
    if acting_id(by) == delegation.delegate_id:
        notices.tell_delegate_done(review, delegation)
    return review


@transaction.atomic
def heed_manager_change(review: Review, *, since: datetime.datetime) -> None:
    """The employee of a review has another manager: do what the cycle says.

    May be called again for the same change, or late: what counts is who the manager is now. A question that was decided
    after `since` stays decided. A review nobody is there to write goes to the new manager in any case.
    """
    review = (
        Review.objects.select_for_update(of=("self",)).select_related("cycle", "employee", "reviewer").get(pk=review.pk)
    )
    manager = Employee.objects.employed().filter(pk=review.employee.manager_id or 0).first()
    if review.state not in STARTS_FROM["delegate_review"] or manager is None:
        return
    if manager.pk == review.reviewer_id:
        _answer_open_change(review, by=None, moved=False)
        return
    rule = review.cycle.manager_change_rule
    if not _has_writer(review) or rule == ManagerChangeRule.FOLLOW:
        _give_to(review, manager, by=None, reason=_("The employee has a new manager."))
    elif rule == ManagerChangeRule.ASK:
        _ask(review, manager, since)


def heed_change_while_away(review: Review) -> Review:
    """The (locked) review comes back to be written: do what the cycle says where the manager changed meanwhile.

    While it was handed in, calibrated, over or withdrawn, nobody was asked. What was decided about its writer after the
    change, by a person or by the cycle's rule, stays decided.
    """
    changed_at = _manager_changed_at(review)
    if changed_at or not _has_writer(review):
        heed_manager_change(review, since=changed_at or timezone.now())
        review.refresh_from_db(fields=["reviewer"])
    return review


@transaction.atomic
def settle_reviewer_change(review: Review, *, moves: bool, by: Principal | None) -> Review:
    """Decide who goes on with a review whose employee has a new manager."""
    review = lock_review(review, "reassign_review")
    change = review.reviewer_changes.filter(state=ReviewerChangeState.OPEN).select_related("new_manager").first()
    if change is None:
        raise ActionError(_("This was decided already."))
    if moves:
        _check_can_write(review, change.new_manager)
        return _give_to(review, change.new_manager, by=by, reason=_("The employee has a new manager."))
    _answer_open_change(review, by=by, moved=False)
    notices.tell_change_settled(review, change, by=by)
    return review


def end_what_waits(review: Review, *, by: Actor | None) -> None:
    """Nothing is left to be decided or written for somebody else: the review was handed in or taken out."""
    delegation = review.current_delegation
    _end_delegations(review)
    if delegation is not None:
        events.delegation_ended(review, by=by, delegate=delegation.delegate_id)
    _answer_open_change(review, by=by, moved=False)


def _give_to(review: Review, to: Employee, *, by: Actor | None, reason: str) -> Review:
    """Change the reviewer of a locked review. The text stays, and what there was is kept under its author's name."""
    previous = review.reviewer_id
    add_remark(review, RemarkKind.REASSIGNED, reason, by)
    part = ReviewPart.objects.select_for_update(of=("self",)).get(review=review, side=Side.MANAGER)
    part.review = review
    keep_version(part, VersionCause.MOVED)
    _end_delegations(review)
    review.reviewer = to
    review.save(update_fields=["reviewer", "updated_at"])
    _answer_open_change(review, by=by, moved=True)
    events.review_reassigned(review, by=by, previous=previous)
    notices.tell_reassigned(review, previous)
    return review


def _check_can_write(review: Review, person: Employee) -> None:
    if person.pk == review.employee_id:
        raise ActionError(_("Nobody reviews themselves."), field="to")
    if review.employee_id in person.manager_ids:
        raise ActionError(_("Nobody reviews somebody they report to."), field="to")
    if not Employee.objects.employed().filter(pk=person.pk).exists():
        raise ActionError(_("%s does not work here now.") % person.name, field="to")


def _manager_changed_at(review: Review) -> datetime.datetime | None:
    """When the employee last got another manager, if nothing was decided about the review's writer since."""
    changes = Fact.objects.filter(
        topic="people.employee_changed", subject_id=review.employee_id, recorded_at__gt=_writer_decided_at(review)
    )
    facts = changes.order_by("-recorded_at").values_list("recorded_at", "data")
    return next((at for at, data in facts if "manager" in data.get("fields", ())), None)


def _writer_decided_at(review: Review) -> datetime.datetime:
    """When it was last said who writes: at the launch, by giving it to somebody, or by answering the question."""
    given = review.remarks.filter(kind=RemarkKind.REASSIGNED).aggregate(last=Max("made_at"))["last"]
    answered = review.reviewer_changes.aggregate(last=Max("decided_at"))["last"]
    return max(moment for moment in (review.created_at, given, answered) if moment)


def _has_writer(review: Review) -> bool:
    return review.reviewer is not None and review.reviewer.status != EmploymentStatus.LEFT


def _end_delegations(review: Review) -> None:
    review.delegations.filter(ended_at=None).update(ended_at=timezone.now())
    touch_review(review)
    review.__dict__.pop("current_delegation", None)


def _ask(review: Review, manager: Employee, since: datetime.datetime) -> None:
    """Open the question, or put the newest manager into the one that is open."""
    last = review.reviewer_changes.filter(new_manager=manager).first()
    if last and (last.decided_at is None or last.decided_at >= since):
        return
    change, _created = ReviewerChange.objects.update_or_create(
        review=review,
        state=ReviewerChangeState.OPEN,
        defaults={"new_manager": manager, "reviewer": review.reviewer, "asked_at": timezone.now()},
    )
    touch_review(review)
    events.reviewer_change_asked(review, by=None, new_manager=manager.pk)
    notices.tell_manager_changed(review, change)


def _answer_open_change(review: Review, *, by: Actor | None, moved: bool) -> None:
    """Close the question if one is open; `moved` says whether somebody else writes now."""
    for change in review.reviewer_changes.filter(state=ReviewerChangeState.OPEN):
        is_moved = moved and review.reviewer_id == change.new_manager_id
        change.state = ReviewerChangeState.MOVED if is_moved else ReviewerChangeState.KEPT
        change.decided_by_id, change.decided_at = acting_id(by), timezone.now()
        change.save(update_fields=["state", "decided_by", "decided_at"])
        touch_review(review)
        events.reviewer_change_settled(review, by=by, new_manager=change.new_manager_id)
