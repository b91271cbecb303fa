"""Goals: setting them, measuring them, ending them. Progress is only ever computed from check-ins."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from performance import events
from performance.actions.common import acting_id
from performance.enums import Confidence, GoalState, Measure
from performance.models import CheckIn, KeyResult, Objective

STILL_OPEN = (GoalState.DRAFT, GoalState.ACTIVE)


@transaction.atomic
def create_objective(*, by: Any, key_results: Sequence[Mapping[str, Any]] = (), **fields: Any) -> Objective:
    """Set a goal with its key results."""
    objective = checked(Objective(**fields))
    objective.save()
    for key_result in key_results:
        _save_key_result(objective, dict(key_result))
    events.objective_created(objective, by=by)
    return objective


@transaction.atomic
def edit_objective(
    objective: Objective, *, by: Any, key_results: Sequence[Mapping[str, Any]] | None = None, **fields: Any
) -> Objective:
    """Change what is named. Key results with an `id` are changed, those without are added; measured ones are never dropped."""
    objective = _lock_open(objective)
    for name, value in fields.items():
        setattr(objective, name, value)
    _check_cascade(objective)
    checked(objective).save()
    for key_result in key_results or ():
        _save_key_result(objective, dict(key_result))
    events.objective_edited(objective, by=by)
    return objective


@transaction.atomic
def close_objective(objective: Objective, *, by: Any, is_cancelled: bool = False) -> Objective:
    """End a goal: reached or not, or no longer wanted. Its history stays."""
    objective = _lock_open(objective)
    objective.state = GoalState.CANCELLED if is_cancelled else GoalState.CLOSED
    objective.save(update_fields=["state", "updated_at"])
    events.objective_closed(objective, by=by)
    return objective


@transaction.atomic
def check_in(
    key_result: KeyResult, *, by: Any, value: Decimal, confidence: str = Confidence.ON_TRACK, note: str = ""
) -> CheckIn:
    """Measure a key result now. Earlier measurements stay."""
    _lock_open(key_result.objective)
    key_result = KeyResult.objects.select_for_update(of=("self",)).select_related("objective").get(pk=key_result.pk)
    if key_result.measure in (Measure.YES_NO, Measure.MILESTONE) and value not in (0, 1):
        raise ActionError(_("This is either reached (1) or not (0)."), field="value")
    row = CheckIn(
        key_result=key_result,
        value=value,
        confidence=confidence,
        note=note.strip(),
        made_by_id=acting_id(by),
        made_at=timezone.now(),
    )
    checked(row, exclude=["made_by"]).save()  # a client that measures is nobody's employee
    key_result.current, key_result.last_check_in_at = row.value, row.made_at
    key_result.save(update_fields=["current", "last_check_in_at"])
    events.goal_checked_in(key_result, row, by=by)
    return row


def _save_key_result(objective: Objective, fields: dict[str, Any]) -> None:
    pk = fields.pop("id", None)
    row = objective.key_results.filter(pk=pk).first() if pk else KeyResult(objective=objective)
    if row is None:
        raise ActionError(_("This goal no longer has one of these key results."), field="key_results")
    if fields.pop("is_removed", False):
        _drop(row)
        return
    for name, value in fields.items():
        setattr(row, name, value)
    checked(row).save()


def _drop(row: KeyResult) -> None:
    if row.pk and row.check_ins.exists():
        raise ActionError(_("“%s” was measured already and cannot be removed.") % row.title, field="key_results")
    if row.pk:
        row.delete()


def _check_cascade(objective: Objective) -> None:
    above = objective.parent
    while above is not None:
        if above.pk == objective.pk:
            raise ActionError(_("A goal cannot contribute to itself."), field="parent")
        above = above.parent


def _lock_open(objective: Objective) -> Objective:
    locked = Objective.objects.select_for_update(of=("self",)).get(pk=objective.pk)
    if locked.state not in STILL_OPEN:
        raise ActionError(_("This goal is already: %s.") % locked.get_state_display())
    return locked
