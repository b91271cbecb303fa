"""What happens to benches: critical roles and who could take them. Who may do it is in rules.py.

Every change is made under the lock of the plan and raises its version.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Position
from talent import events
from talent.actions.common import apply, said
from talent.actions.profiles import lock_profiles
from talent.enums import SuccessorState
from talent.models import SuccessionPlan, Successor
from talent.models.succession import own_circle

EDITABLE = frozenset({"reason", "vacancy_risk", "owner"})


@transaction.atomic
def designate_critical_role(
    *, by: Any, position: Position, reason: str, vacancy_risk: str, owner: Employee | None = None
) -> SuccessionPlan:
    """Say that a seat is critical, and why. A seat that was one before takes its earlier plan up again."""
    position = Position.objects.select_for_update().get(pk=position.pk)
    plan = SuccessionPlan.objects.filter(position=position).first()
    if plan is None:
        plan = SuccessionPlan(position=position, version=0)
    elif plan.is_active:
        raise ActionError(_("This role is on the list of critical roles already."), field="position")
    plan.reason, plan.vacancy_risk, plan.owner = said(reason, field="reason"), vacancy_risk, owner
    plan.is_active, plan.version = True, plan.version + 1
    checked(plan).save()
    events.critical_role_designated(plan, by=by)
    return plan


@transaction.atomic
def edit_critical_role(plan: SuccessionPlan, *, by: Any, **changes: Any) -> SuccessionPlan:
    """Change why a role is critical, how likely its seat falls vacant, or who owns the plan."""
    plan = _lock(plan.pk)
    apply(plan, changes, EDITABLE)
    plan.reason = said(plan.reason, field="reason")
    checked(plan)
    _touch(plan, *changes)
    events.critical_role_edited(plan, by=by)
    return plan


@transaction.atomic
def nominate_successor(
    plan: SuccessionPlan, *, by: Any, employee: Employee, readiness: str, rationale: str = ""
) -> Successor:
    """Propose somebody for a bench; they stand on it as proposed until approved."""
    plan = _lock(plan.pk)
    _refuse_unfit(plan, employee, by=by)
    lock_profiles([employee.pk])
    successor = Successor(
        plan=plan,
        employee=employee,
        readiness=readiness,
        rationale=rationale.strip(),
        assessed_on=timezone.localdate(),
        nominated_by_id=acting_id(by),
    )
    checked(successor).save()
    _touch(plan)
    events.successor_nominated(successor, by=by)
    return successor


@transaction.atomic
def approve_successor(successor: Successor, *, by: Any) -> Successor:
    """A proposed successor counts from now on."""
    successor = _lock_successor(successor, SuccessorState.PROPOSED)
    successor.state = SuccessorState.APPROVED
    successor.save(update_fields=["state", "updated_at"])
    _touch(successor.plan)
    events.successor_approved(successor, by=by)
    return successor


@transaction.atomic
def change_readiness(successor: Successor, *, by: Any, readiness: str, rationale: str) -> Successor:
    """Assess a successor again, today, and say why."""
    successor = _lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    successor.readiness, successor.rationale = readiness, said(rationale, field="rationale")
    successor.assessed_on = timezone.localdate()
    checked(successor).save(update_fields=["readiness", "rationale", "assessed_on", "updated_at"])
    _touch(successor.plan)
    events.successor_readiness_changed(successor, by=by)
    return successor


@transaction.atomic
def rank_successors(plan: SuccessionPlan, *, by: Any, order: Sequence[int]) -> SuccessionPlan:
    """Put the whole bench in an order, best first; `order` holds the ids of all who stand on it."""
    plan = _lock(plan.pk)
    standing = {successor.pk: successor for successor in plan.successors.standing()}
    if sorted(order) != sorted(standing):
        raise ActionError(_("The bench changed meanwhile. Look at it again before ranking."))
    for rank, pk in enumerate(order, start=1):
        standing[pk].rank = rank
    Successor.objects.bulk_update(standing.values(), ["rank"])
    _touch(plan)
    events.successors_ranked(plan, by=by)
    return plan


@transaction.atomic
def remove_successor(successor: Successor, *, by: Any, reason: str) -> Successor:
    """Take somebody off a bench; that they stood there, and why no longer, stays known."""
    successor = _lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    successor.removed_because = said(reason, field="reason")
    successor.state, successor.removed_at = SuccessorState.REMOVED, timezone.now()
    successor.save(update_fields=["state", "removed_because", "removed_at", "updated_at"])
    _touch(successor.plan)
    events.successor_removed(successor, by=by)
    return successor


@transaction.atomic
def endorse_plan(plan: SuccessionPlan, *, by: Any) -> SuccessionPlan:
    """The bench was looked at today and still holds."""
    plan = _lock(plan.pk)
    plan.reviewed_on = timezone.localdate()
    _touch(plan, "reviewed_on")
    events.succession_plan_endorsed(plan, by=by)
    return plan


@transaction.atomic
def retire_plan(plan: SuccessionPlan, *, by: Any) -> SuccessionPlan:
    """The role is no longer critical; the bench is kept, out of sight."""
    plan = _lock(plan.pk)
    plan.is_active = False
    _touch(plan, "is_active")
    events.succession_plan_retired(plan, by=by)
    return plan


def _lock(pk: int) -> SuccessionPlan:
    """The plan under its lock, still in force."""
    plan = SuccessionPlan.objects.select_for_update(of=("self",)).select_related("position").get(pk=pk)
    if not plan.is_active:
        raise ActionError(_("This role is no longer on the list of critical roles."))
    return plan


def _lock_successor(successor: Successor, *expected: SuccessorState) -> Successor:
    """The successor under the lock of their plan, in a state the step starts from."""
    plan = _lock(successor.plan_id)
    successor = plan.successors.select_related("employee").get(pk=successor.pk)
    if successor.state not in expected:
        raise ActionError(_("This successor is already: %s.") % successor.get_state_display())
    successor.plan = plan
    return successor


def _refuse_unfit(plan: SuccessionPlan, employee: Employee, *, by: Any) -> None:
    if by is not None and employee.pk in own_circle(by.viewer):
        raise ActionError(_("Nobody nominates themselves or, as a partner, those they report to."), field="employee")
    if employee.position_id == plan.position_id:
        raise ActionError(_("This person holds the seat already."), field="employee")
    if employee.status not in {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}:
        raise ActionError(_("This person does not work here now."), field="employee")


def _touch(plan: SuccessionPlan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*fields, "version", "updated_at"])
