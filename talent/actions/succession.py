"""What happens to benches: critical roles and who could take them. Who may do it is in rules.py.

Every change is made under the lock of the plan and raises its version.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, Position
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import apply, said
from talent.actions.profiles import lock_profiles
from talent.enums import CriticalBecause, SuccessorState, VacancyBecause
from talent.models import ExternalSuccessor, SuccessionPlan, Successor
from talent.models.succession import own_circle
from talent.staleness import stale_data, stored_data
from talent.succession.snapshots import take_snapshot

EDITABLE = frozenset(
    {"reason", "criticality", "critical_because", "vacancy_risk", "vacancy_because", "is_private", "owner"}
)


@transaction.atomic
def designate_critical_role(
    *,
    by: Actor | None,
    position: Position,
    reason: str,
    vacancy_risk: str,
    owner: Employee | None = None,
    **judged: Any,
) -> SuccessionPlan:
    """Say that a seat is critical, why and how much (`judged`: further fields of `edit_critical_role`). A seat that was one
    before takes its earlier plan up again."""
    position = Position.objects.select_for_update().get(pk=position.pk)
    plan = SuccessionPlan.objects.filter(position=position).first()
    if plan is None:
        plan = SuccessionPlan(position=position, version=0)
    elif plan.is_active:
        raise ActionError(_("This role is on the list of critical roles already."), field="position")
    plan.reason, plan.vacancy_risk, plan.owner = said(reason, field="reason"), vacancy_risk, owner
    plan.is_active, plan.version = True, plan.version + 1
    apply(plan, judged, EDITABLE)
    _refuse_unknown_reasons(plan)
    checked(plan).save()
    events.critical_role_designated(plan, by=by)
    return plan


@transaction.atomic
def edit_critical_role(plan: SuccessionPlan, *, by: Actor | None, **changes: Any) -> SuccessionPlan:
    """Change why and how much a role is critical, how likely its seat falls vacant, who owns the plan and who sees it."""
    plan = lock_plan(plan.pk)
    apply(plan, changes, EDITABLE)
    plan.reason = said(plan.reason, field="reason")
    _refuse_unknown_reasons(plan)
    checked(plan)
    touch(plan, *changes)
    events.critical_role_edited(plan, by=by)
    return plan


@transaction.atomic
def nominate_successor(
    plan: SuccessionPlan,
    *,
    by: Principal | None,
    employee: Employee,
    readiness: str,
    rationale: str = "",
    emergency_cover: bool = False,
) -> Successor:
    """Propose somebody for a bench; they stand on it as proposed until somebody else approves."""
    plan = lock_plan(plan.pk)
    _refuse_unfit(plan, employee, by=by)
    lock_profiles([employee.pk])
    successor = Successor(
        plan=plan,
        employee=employee,
        readiness=readiness,
        emergency_cover=emergency_cover,
        rationale=rationale.strip(),
        assessed_on=timezone.localdate(),
        nominated_by_id=acting_id(by),
    )
    checked(successor).save()
    touch(plan)
    events.successor_nominated(successor, by=by)
    return successor


@transaction.atomic
def approve_successor(successor: Successor, *, by: Actor | None) -> Successor:
    """A proposed successor counts from now on. Somebody other than who nominated them decides it, and a person."""
    successor = lock_successor(successor, SuccessorState.PROPOSED)
    _refuse_nominator(successor, by=by)
    _refuse_misplaced(successor.plan, successor.employee)
    today = timezone.localdate()
    successor.state, successor.approved_by_id, successor.approved_at = (
        SuccessorState.APPROVED,
        acting_id(by),
        timezone.now(),
    )
    successor.rested_on_stale = stored_data(stale_data([successor.employee_id], today).get(successor.employee_id, []))
    successor.save(update_fields=["state", "approved_by", "approved_at", "rested_on_stale", "updated_at"])
    touch(successor.plan)
    events.successor_approved(successor, by=by)
    return successor


@transaction.atomic
def change_readiness(
    successor: Successor, *, by: Actor | None, readiness: str, rationale: str, emergency_cover: bool | None = None
) -> Successor:
    """Assess a successor again, today, and say why; whether they could hold the role for some months is asked apart."""
    successor = lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    successor.readiness, successor.rationale = readiness, said(rationale, field="rationale")
    successor.assessed_on = timezone.localdate()
    if emergency_cover is not None:
        successor.emergency_cover = emergency_cover
    checked(successor).save(update_fields=["readiness", "emergency_cover", "rationale", "assessed_on", "updated_at"])
    touch(successor.plan)
    events.successor_readiness_changed(successor, by=by)
    return successor


@transaction.atomic
def rank_successors(
    plan: SuccessionPlan, *, by: Actor | None, order: Sequence[int], leave_first_vacant: bool | None = None
) -> SuccessionPlan:
    """Put the whole bench in an order, best first; `order` holds the ids of all who stand on it. With `leave_first_vacant`
    the ranks begin with 2: nobody is good enough yet to be the first choice; without it that stays as it is."""
    plan = lock_plan(plan.pk)
    standing = {successor.pk: successor for successor in plan.successors.standing()}
    if sorted(order) != sorted(standing):
        raise ActionError(_("The bench changed meanwhile. Look at it again before ranking."))
    if leave_first_vacant is not None:
        plan.is_first_rank_vacant = leave_first_vacant
    for rank, pk in enumerate(order, start=2 if plan.is_first_rank_vacant else 1):
        standing[pk].rank = rank
    Successor.objects.bulk_update(standing.values(), ["rank"])
    touch(plan, "is_first_rank_vacant")
    events.successors_ranked(plan, by=by)
    return plan


@transaction.atomic
def remove_successor(successor: Successor, *, by: Actor | None, reason: str) -> Successor:
    """Take somebody off a bench; that they stood there, and why no longer, stays known."""
    successor = lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    successor.removed_because = said(reason, field="reason")
    successor.state, successor.removed_at = SuccessorState.REMOVED, timezone.now()
    successor.save(update_fields=["state", "removed_because", "removed_at", "updated_at"])
    touch(successor.plan)
    events.successor_removed(successor, by=by)
    return successor


@transaction.atomic
def endorse_plan(plan: SuccessionPlan, *, by: Actor | None) -> SuccessionPlan:
    """The bench was looked at today and still holds. What it held is kept as it was."""
    plan = lock_plan(plan.pk)
    plan.reviewed_on = timezone.localdate()
    touch(plan, "reviewed_on")
    take_snapshot(plan, endorsed_by_id=acting_id(by))
    events.succession_plan_endorsed(plan, by=by)
    return plan


@transaction.atomic
def retire_plan(plan: SuccessionPlan, *, by: Actor | None) -> SuccessionPlan:
    """The role is no longer critical; the bench is kept, out of sight."""
    plan = lock_plan(plan.pk)
    plan.is_active = False
    touch(plan, "is_active")
    events.succession_plan_retired(plan, by=by)
    return plan


@transaction.atomic
def name_external(plan: SuccessionPlan, *, by: Actor | None, name: str, note: str = "") -> ExternalSuccessor:
    """Note somebody from outside who could take the role. They never count as part of the bench."""
    plan = lock_plan(plan.pk)
    external = ExternalSuccessor(
        plan=plan,
        name=said(name, field="name"),
        note=note.strip(),
        named_by_id=acting_id(by),
        named_on=timezone.localdate(),
    )
    checked(external).save()
    touch(plan)
    events.external_named(external, by=by)
    return external


@transaction.atomic
def remove_external(external: ExternalSuccessor, *, by: Actor | None, reason: str) -> ExternalSuccessor:
    """They are no longer thought of; that they were, and why no longer, stays known."""
    plan = lock_plan(external.plan_id)
    external = plan.externals.get(pk=external.pk)
    if external.removed_at:
        raise ActionError(_("This person was taken off already."))
    external.removed_at, external.removed_because = timezone.now(), said(reason, field="reason")
    external.save(update_fields=["removed_at", "removed_because"])
    touch(plan)
    external.plan = plan
    events.external_removed(external, by=by)
    return external


def lock_plan(pk: int) -> SuccessionPlan:
    """The plan under its lock, still in force."""
    plan = SuccessionPlan.objects.select_for_update(of=("self",)).select_related("position").get(pk=pk)
    if not plan.is_active:
        raise ActionError(_("This role is no longer on the list of critical roles."))
    return plan


def lock_successor(successor: Successor, *expected: SuccessorState) -> Successor:
    """The successor under the lock of their plan, in a state the step starts from."""
    plan = lock_plan(successor.plan_id)
    successor = plan.successors.select_related("employee").get(pk=successor.pk)
    if successor.state not in expected:
        raise ActionError(_("This successor is already: %s.") % successor.get_state_display())
    successor.plan = plan
    return successor


def _refuse_unfit(plan: SuccessionPlan, employee: Employee, *, by: Principal | None) -> None:
    if by is not None and employee.pk in own_circle(by.viewer):
        raise ActionError(_("Nobody nominates themselves or, as a partner, those they report to."), field="employee")
    _refuse_misplaced(plan, employee)


def _refuse_misplaced(plan: SuccessionPlan, employee: Employee) -> None:
    """Asked when somebody is proposed and when they are approved: they may have moved or left in between."""
    if employee.position_id == plan.position_id:
        raise ActionError(_("This person holds the seat already."), field="employee")
    if employee.status not in {EmploymentStatus.ACTIVE, EmploymentStatus.LEAVE}:
        raise ActionError(_("This person does not work here now."), field="employee")


def _refuse_nominator(successor: Successor, *, by: Actor | None) -> None:
    if by is None:
        return
    if acting_id(by) is None:
        raise ActionError(_("A person approves, not a program on its own behalf."))
    if acting_id(by) == successor.nominated_by_id:
        raise ActionError(_("Somebody other than who nominated approves."))


def _refuse_unknown_reasons(plan: SuccessionPlan) -> None:
    if set(plan.critical_because) - set(CriticalBecause.values):
        raise ActionError(_("Choose from the list."), field="critical_because")
    if set(plan.vacancy_because) - set(VacancyBecause.values):
        raise ActionError(_("Choose from the list."), field="vacancy_because")


def touch(plan: SuccessionPlan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*fields, "version", "updated_at"])
