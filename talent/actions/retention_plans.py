"""What happens to retention plans. Who may do it is in rules; when it can be done, each function says."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from talent.actions.common import apply, refuse_stale, said
from talent.actions.profiles import lock_profiles
from talent.actions.retention_common import chosen, may_read_of, refuse_oneself, refuse_unemployed
from talent.enums import Datum, RetentionKind, RetentionOutcome, RetentionState
from talent.events import retention as events
from talent.models import RetentionAction, RetentionPlan
from talent.notices import retention as notices
from talent.staleness import stale_data, stored_data

EDITABLE = frozenset({"kinds", "aim", "owner", "due_on"})
RESTS_ON = (Datum.RATING, Datum.FLIGHT_RISK)


@transaction.atomic
def open_retention_plan(
    employee: Employee,
    *,
    by: Actor | None,
    kinds: Sequence[str],
    aim: str,
    owner: Employee,
    due_on: datetime.date | None = None,
) -> RetentionPlan:
    """Begin a plan so that somebody stays. What it rests on that is out of date, it keeps saying."""
    refuse_oneself(employee, by=by)
    lock_profiles([employee.pk])
    refuse_unemployed(employee)
    _refuse_owner(owner, employee)
    today = timezone.localdate()
    stale = stale_data([employee.pk], today, RESTS_ON).get(employee.pk, [])
    plan = RetentionPlan(
        employee=employee,
        kinds=_kinds(kinds),
        aim=said(aim, field="aim"),
        owner=owner,
        due_on=due_on,
        opened_by_id=acting_id(by),
        opened_on=today,
        rested_on_stale=stored_data(stale),
    )
    checked(plan).save()
    events.retention_plan_opened(plan, by=by)
    return plan


@transaction.atomic
def edit_retention_plan(plan: RetentionPlan, *, by: Actor | None, version: int, **changes: Any) -> RetentionPlan:
    """Change what an open plan says. Raises StaleVersion when somebody changed it since `version`."""
    plan = _lock(plan)
    refuse_stale(plan, version, EDITABLE)
    if "owner" in changes and changes["owner"] != plan.owner:
        _refuse_owner(changes["owner"], plan.employee)
    if "kinds" in changes:
        changes["kinds"] = _kinds(changes["kinds"])
    apply(plan, changes, EDITABLE)
    plan.aim = said(plan.aim, field="aim")
    checked(plan)
    _touch(plan, *changes, "aim")
    events.retention_plan_edited(plan, by=by)
    return plan


@transaction.atomic
def add_retention_action(
    plan: RetentionPlan, *, by: Actor | None, kind: str, title: str, owner: Employee, due_on: datetime.date
) -> RetentionAction:
    """Ask somebody to do something by a day. They read this line; of the plan only what they may anyway."""
    plan = _lock(plan)
    if owner.pk == plan.employee_id:
        raise ActionError(_("Choose somebody else: this is not for the person themselves to do."), field="owner")
    refuse_unemployed(owner, field="owner")
    action = RetentionAction(plan=plan, kind=kind, title=title.strip(), owner=owner, due_on=due_on)
    checked(action).save()
    _touch(plan)
    events.retention_action_added(action, by=by)
    notices.tell_action_owner(action, besides=acting_id(by))
    return action


@transaction.atomic
def complete_retention_action(action: RetentionAction, *, by: Actor | None, note: str = "") -> RetentionAction:
    """It is done; `note` says what came of it."""
    plan = _lock(action.plan)
    action = plan.actions.get(pk=action.pk)
    if action.done_at:
        raise ActionError(_("This is done already."))
    action.plan, action.done_at, action.note = plan, timezone.now(), note.strip()
    action.save(update_fields=["done_at", "note"])
    _touch(plan)
    events.retention_action_completed(action, by=by)
    return action


@transaction.atomic
def close_retention_plan(plan: RetentionPlan, *, by: Actor | None, outcome: str, note: str) -> RetentionPlan:
    """End a plan: the person stayed, left, or nobody needs it any longer; with what was learnt."""
    plan = _lock(plan)
    if outcome not in RetentionOutcome.values:
        raise ActionError(_("Say how it ended."), field="outcome")
    _close(plan, outcome, said(note, field="note"), by=by)
    return plan


@transaction.atomic
def close_plans_of_leavers(employee_ids: Iterable[int]) -> int:
    """Close the open plans of those who have left; how many. Repeating it closes nothing twice."""
    left = RetentionPlan.objects.open().filter(employee__in=set(employee_ids), employee__status=EmploymentStatus.LEFT)
    lock_profiles(left.values_list("employee_id", flat=True))
    plans = list(left.order_by("pk"))
    for plan in plans:
        _close(plan, RetentionState.LEFT, _("Left the company."), by=None)
    return len(plans)


def _close(plan: RetentionPlan, outcome: str, note: str, *, by: Actor | None) -> None:
    plan.state, plan.closing_note, plan.closed_on = outcome, note, timezone.localdate()
    _touch(plan, "state", "closing_note", "closed_on")
    events.retention_plan_closed(plan, by=by)


def _kinds(values: Iterable[str]) -> list[str]:
    kinds = chosen(values, RetentionKind, field="kinds")
    if not kinds:
        raise ActionError(_("Choose at least one kind."), field="kinds")
    return kinds


def _refuse_owner(owner: Employee, employee: Employee) -> None:
    """A plan is owned by somebody who can read it."""
    refuse_unemployed(owner, field="owner")
    if owner.pk == employee.pk or not may_read_of(owner, employee):
        raise ActionError(_("The owner must be somebody who may read retention data about this person."), field="owner")


def _lock(plan: RetentionPlan) -> RetentionPlan:
    """The plan under its person's lock, still open."""
    lock_profiles([plan.employee_id])
    plan = RetentionPlan.objects.select_related("employee__org_unit", "owner").get(pk=plan.pk)
    if not plan.is_open:
        raise ActionError(_("This plan is closed."))
    return plan


def _touch(plan: RetentionPlan, *fields: str) -> None:
    plan.version += 1
    plan.save(update_fields=[*{*fields}, "version", "updated_at"])
