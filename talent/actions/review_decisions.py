"""What a talent review decides about people, and the tasks that come of it.

Every decision becomes a task with an owner and a day: a meeting that ends in a grid has changed nothing. What belongs to
another topic is done there, by that topic's own action, in the same transaction; the decision keeps a reference to it.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.paths import is_below
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import said
from talent.actions.development import add_item
from talent.actions.pools import nominate_member
from talent.actions.retention_plans import open_retention_plan
from talent.actions.review_board import current_member, touch_member
from talent.actions.succession import nominate_successor
from talent.actions.talent_reviews import lock
from talent.enums import Datum, DecisionKind, ReviewTaskState, TalentReviewState
from talent.models import MemberDecision, ReviewMember, ReviewTask
from talent.notices import talent_reviews as notices
from talent.staleness import stale_data, stored_data

# The data each kind of decision rests on.
RESTS_ON = {
    DecisionKind.TRAJECTORY: (Datum.RATING, Datum.POTENTIAL),
    DecisionKind.HIGH_POTENTIAL: (Datum.RATING, Datum.POTENTIAL),
    DecisionKind.SUCCESSION: (Datum.RATING, Datum.POTENTIAL, Datum.SUCCESSION),
    DecisionKind.DEVELOPMENT: (Datum.RATING, Datum.POTENTIAL),
    DecisionKind.RETENTION: (Datum.FLIGHT_RISK,),
}


@dataclass(frozen=True)
class TaskSeed:
    """What is to be done about a decision, by whom, until when."""

    title: str
    owner: Employee
    due_on: datetime.date


@transaction.atomic
def decide_on_member(
    member: ReviewMember,
    *,
    by: Actor | None,
    kind: str,
    what: str,
    reason: str,
    task: TaskSeed,
    trajectory: str = "",
    target: Any = None,
    readiness: str = "",
) -> MemberDecision:
    """Decide something about a person, with a reason and somebody who sees to it.

    `target` is where it is carried out at once, if the decider may: a talent pool, a succession plan (with `readiness`), the
    kinds of a retention plan, or for development simply True. Without one, the task is all that comes of it.
    """
    lock(member.review, TalentReviewState.OPEN)
    member = current_member(member, by)
    _refuse_owner(task.owner, member)
    decision = MemberDecision(
        member=member,
        kind=kind,
        trajectory=_direction(kind, trajectory),
        what=_what(kind, what, trajectory),
        reason=said(reason, field="reason"),
        decided_by_id=acting_id(by),
        rested_on_stale=_stale(member, DecisionKind(kind)),
    )
    checked(decision, exclude=["decided_by", "rested_on_stale"])
    decision.reference = _carry_out(decision, Order(target, readiness, task), by=by)
    decision.save()
    given = ReviewTask(decision=decision, title=task.title.strip(), owner=task.owner, due_on=task.due_on)
    checked(given, exclude=["ended_by", "decision"]).save()
    touch_member(member)
    events.member_decided(decision, by=by)
    notices.task_given(given, but=acting_id(by))
    return decision


@transaction.atomic
def complete_review_task(task: ReviewTask, *, by: Actor | None, note: str) -> ReviewTask:
    """It is done; the note says what came of it."""
    task = _end(task, ReviewTaskState.DONE, said(note, field="note"), by=by)
    events.review_task_completed(task, by=by)
    return task


@transaction.atomic
def drop_review_task(task: ReviewTask, *, by: Actor | None, reason: str) -> ReviewTask:
    """It is no longer to be done; the note says why."""
    task = _end(task, ReviewTaskState.DROPPED, said(reason, field="reason"), by=by)
    events.review_task_dropped(task, by=by)
    return task


def _end(task: ReviewTask, state: ReviewTaskState, note: str, *, by: Actor | None) -> ReviewTask:
    rows = ReviewTask.objects.select_for_update(of=("self",)).select_related("decision__member__review", "owner")
    task = rows.get(pk=task.pk)
    if task.state != ReviewTaskState.OPEN:
        raise ActionError(_("This task is already: %s.") % task.get_state_display())
    task.state, task.note, task.ended_at, task.ended_by_id = state, note, timezone.now(), acting_id(by)
    task.save(update_fields=["state", "note", "ended_at", "ended_by"])
    return task


@dataclass(frozen=True)
class Order:
    """What is to be done elsewhere at once."""

    target: Any
    readiness: str
    task: TaskSeed


def _carry_out(decision: MemberDecision, order: Order, *, by: Actor | None) -> str:
    """Do it where it belongs; how what came of it is called there."""
    carry = CARRIED.get(DecisionKind(decision.kind))
    if carry is None or not order.target:
        return ""
    made = carry(decision, order, by)
    return f"{made._meta.label_lower}:{made.pk}"


def _nominate_member(decision: MemberDecision, order: Order, by: Actor | None) -> Model:
    return nominate_member(order.target, decision.member.employee, by=by, rationale=decision.reason)


def _nominate_successor(decision: MemberDecision, order: Order, by: Principal | None) -> Model:
    employee, why = decision.member.employee, decision.reason
    return nominate_successor(order.target, by=by, employee=employee, readiness=order.readiness, rationale=why)


def _plan_development(decision: MemberDecision, order: Order, by: Actor | None) -> Model:
    """What is decided becomes an item that the person reads; why it was decided stays at the table."""
    return add_item(decision.member.employee, by=by, title=decision.what)


def _plan_retention(decision: MemberDecision, order: Order, by: Actor | None) -> Model:
    task = order.task
    return open_retention_plan(
        decision.member.employee, by=by, kinds=order.target, aim=decision.what, owner=task.owner, due_on=task.due_on
    )


CARRIED: dict[DecisionKind, Callable[[MemberDecision, Order, Any], Model]] = {
    DecisionKind.HIGH_POTENTIAL: _nominate_member,
    DecisionKind.SUCCESSION: _nominate_successor,
    DecisionKind.DEVELOPMENT: _plan_development,
    DecisionKind.RETENTION: _plan_retention,
}


def _direction(kind: str, trajectory: str) -> str:
    if kind != DecisionKind.TRAJECTORY:
        return ""
    if not trajectory:
        raise ActionError(_("Choose a direction."), field="trajectory")
    return trajectory


def _what(kind: str, what: str, trajectory: str) -> str:
    """In words what was decided; a direction names itself, any other kind has to."""
    if what.strip() or kind == DecisionKind.TRAJECTORY:
        return what.strip() or str(MemberDecision(trajectory=trajectory).get_trajectory_display())
    raise ActionError(_("Say what was decided."), field="what")


def _stale(member: ReviewMember, kind: DecisionKind) -> list[dict[str, str]]:
    found = stale_data([member.employee_id], timezone.localdate(), RESTS_ON[kind])
    return stored_data(found.get(member.employee_id, []))


def _refuse_owner(owner: Employee, member: ReviewMember) -> None:
    if owner.pk == member.employee_id:
        raise ActionError(_("Nobody sees to what was decided about themselves. Choose somebody else."), field="owner")
    if is_below(owner.path, member.employee.path):
        raise ActionError(_("Whoever reports to this person stays out of it. Choose somebody else."), field="owner")
    if owner.status not in {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}:
        raise ActionError(_("This person does not work here now."), field="owner")
