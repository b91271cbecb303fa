"""Goals: setting them, measuring them, ending them. Progress is only ever computed from check-ins."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.common.paths import encode
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from hrportal.people.trees import lock_tree, move_subtree, path_under, share_tree
from performance.actions.goal_progress import refresh_progress
from performance.enums import REACHED_OR_NOT, STILL_OPEN, Confidence, GoalState
from performance.events import goals as events
from performance.goals.content import stamp_of
from performance.goals.measurements import next_measurement
from performance.models import CheckIn, GoalPeriod, KeyResult, Objective
from performance.notices import goals as notices

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def create_objective(*, by: Actor | None, key_results: Rows = (), **fields: Any) -> Objective:
    """Set a goal with its key results. Whoever gets it from somebody else is told."""
    objective = Objective(**fields)
    check_place(period=objective.period, parent=objective.parent)
    insert_objective(objective, key_results)
    events.objective_created(objective, by=by)
    notices.goal_set([objective], setter=setter_of(by))
    return objective


@transaction.atomic
def edit_objective(
    objective: Objective, *, by: Actor | None, seen: str | None = None, key_results: Rows | None = None, **fields: Any
) -> Objective:
    """Change what is named. Key results with an `id` are changed, those without are added; measured ones are never dropped.

    `seen` is the stamp of what the writer had before them; where another stands there now, nothing is changed.
    """
    if "parent" in fields:
        lock_tree(Objective)
    check_place(**{name: fields[name] for name in ("period", "parent") if name in fields})
    objective = lock_changeable(objective)
    if seen is not None and seen != stamp_of(objective):
        raise StaleVersion(_("Somebody else changed this goal meanwhile. Compare, and save again."), version=0)
    before = objective.parent_id
    for name, value in fields.items():
        setattr(objective, name, value)
    if objective.parent_id != before:
        move_subtree(objective, path_under(objective, objective.parent, field="parent"))
    checked(objective).save()
    for key_result in key_results or ():
        _save_key_result(objective, dict(key_result))
    refresh_progress({objective.pk} | _known(before, objective.parent_id))
    events.objective_edited(objective, by=by)
    objective.refresh_from_db()
    return objective


@transaction.atomic
def close_objective(objective: Objective, *, by: Actor | None, is_cancelled: bool = False) -> Objective:
    """End a goal: reached or not, or no longer wanted. Its history stays; cancelled, it counts for nothing above it."""
    objective = lock_changeable(objective)
    objective.state = GoalState.CANCELLED if is_cancelled else GoalState.CLOSED
    objective.save(update_fields=["state", "updated_at"])
    refresh_progress(_known(objective.parent_id))
    events.objective_closed(objective, by=by)
    return objective


@transaction.atomic
def check_in(
    key_result: KeyResult,
    *,
    by: Actor | None,
    value: Decimal,
    confidence: str = Confidence.ON_TRACK,
    note: str = "",
    measured_on: datetime.date | None = None,
) -> CheckIn:
    """Measure a key result, today or on an earlier day. Earlier measurements stay; the latest day counts."""
    lock_changeable(key_result.objective)
    key_result = KeyResult.objects.select_for_update(of=("self",)).select_related("objective").get(pk=key_result.pk)
    row = CheckIn(
        key_result=key_result,
        value=value,
        confidence=confidence,
        note=note.strip(),
        measured_on=measured_on or timezone.localdate(),
        made_by_id=acting_id(by),
        made_at=timezone.now(),
    )
    _check_measurement(key_result, row)
    checked(row, exclude=["made_by"]).save()  # a client that measures is nobody's employee
    _take_latest(key_result, row)
    refresh_progress([key_result.objective_id])
    # A measurement is a change of the goal even where its progress stays what it was.
    Objective.objects.filter(pk=key_result.objective_id).update(updated_at=timezone.now())
    events.goal_checked_in(key_result, row, by=by)
    return row


def insert_objective(objective: Objective, key_results: Rows) -> None:
    """Write a goal that is new, with its place in the tree, its key results and what they come to."""
    checked(objective, exclude=["path"]).save()
    objective.path = (
        path_under(objective, objective.parent, field="parent") if objective.parent_id else encode(objective.pk)
    )
    objective.save(update_fields=["path"])
    for key_result in key_results:
        _save_key_result(objective, dict(key_result))
    refresh_progress({objective.pk} | _known(objective.parent_id))
    objective.refresh_from_db()


def check_place(*, period: GoalPeriod | None = None, parent: Objective | None = None) -> None:
    """Refuse a place in a closed period or below a goal that is over: what is over does not change.

    Locks are taken in one order, tree, period, goals from the deepest up, so that no two actions wait for each other.
    """
    share_tree(Objective)
    if period:
        # Held until the end, so that the period is not closed around a goal that is just being set.
        period = GoalPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
        if not period.is_open:
            raise ActionError(_("%s is closed; nothing in it changes any more.") % period, field="period")
    if parent and not Objective.objects.changeable().filter(pk=parent.pk).exists():
        raise ActionError(_("The goal it would contribute to is over."), field="parent")


def lock_changeable(objective: Objective) -> Objective:
    """Read the goal again under a lock, and refuse one that is over or whose period is closed."""
    share_tree(Objective)
    locked = Objective.objects.select_for_update(of=("self",)).select_related("period").get(pk=objective.pk)
    if locked.period and not locked.period.is_open:
        raise ActionError(_("%s is closed; nothing in it changes any more.") % locked.period)
    if locked.state not in STILL_OPEN:
        raise ActionError(_("This goal is already: %s.") % locked.get_state_display())
    return locked


def _save_key_result(objective: Objective, fields: dict[str, Any]) -> None:
    pk = fields.pop("id", None)
    row = objective.key_results.filter(pk=pk).first() if pk else KeyResult(objective=objective)
    if row is None:
        raise ActionError(_("This goal no longer has one of these key results."), field="key_results")
    if fields.pop("is_removed", False):
        _drop(row)
        return
    _refuse_other_kind(row, fields.get("measure", row.measure))
    for name, value in fields.items():
        setattr(row, name, value)
    settle(row)
    checked(row).save()


def setter_of(by: Actor | None) -> Employee | None:
    """The employee who sets a goal; None for clients, jobs and the system."""
    me = acting_id(by)
    return Employee.objects.filter(pk=me).first() if me else None


def settle(row: KeyResult) -> None:
    """What follows from the kind of measure and the rhythm, and is not asked for."""
    if row.measure in REACHED_OR_NOT:
        row.baseline, row.target, row.stretch, row.unit = Decimal(0), Decimal(1), None, ""
    row.next_due_on = next_measurement(row.frequency, row.measured_on or row.objective.starts_on)


def _drop(row: KeyResult) -> None:
    if row.pk and row.check_ins.exists():
        raise ActionError(_("“%s” was measured already and cannot be removed.") % row.title, field="key_results")
    if row.pk:
        row.delete()


def _refuse_other_kind(row: KeyResult, measure: str) -> None:
    """What was measured as a number would, as reached or not, be read as reached; and the other way round as a number."""
    if row.current is not None and (measure in REACHED_OR_NOT) != (row.measure in REACHED_OR_NOT):
        words = _("“%s” was measured already. To measure it in another way, add another key result.")
        raise ActionError(words % row.title, field="key_results")


def _check_measurement(key_result: KeyResult, row: CheckIn) -> None:
    if key_result.measure in REACHED_OR_NOT and row.value not in (0, 1):
        raise ActionError(_("This is either reached (1) or not (0)."), field="value")
    if row.measured_on > timezone.localdate():
        raise ActionError(_("What is measured lies in the past, or today."), field="measured_on")


def _take_latest(key_result: KeyResult, row: CheckIn) -> None:
    """The value of the latest day counts, whenever it was entered."""
    key_result.last_check_in_at = row.made_at
    if key_result.measured_on is None or row.measured_on >= key_result.measured_on:
        key_result.current, key_result.measured_on = row.value, row.measured_on
        key_result.next_due_on = next_measurement(key_result.frequency, row.measured_on)
    key_result.save(update_fields=["current", "measured_on", "next_due_on", "last_check_in_at"])


def _known(*ids: int | None) -> set[int]:
    return {pk for pk in ids if pk}
