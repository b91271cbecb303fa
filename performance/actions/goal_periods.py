"""Goal periods, and how unfinished goals go from one into the next. What is in a closed period never changes again."""

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.trees import lock_tree, move_subtree, path_under
from performance.actions.goal_progress import lock_upwards, refresh_progress
from performance.actions.goals import check_place, insert_objective, setter_of
from performance.enums import STILL_OPEN, GoalState
from performance.events import goals as events
from performance.models import GoalPeriod, KeyResult, Objective
from performance.notices import goals as notices

CARRIED = (
    "title",
    "description",
    "level",
    "kind",
    "owner_id",
    "org_unit_id",
    "competency_id",
    "weight",
    "progress_from",
)
CARRIED_RESULT = ("title", "measure", "unit", "target", "stretch", "weight", "frequency")


@transaction.atomic
def create_goal_period(*, by: Actor | None, **fields: Any) -> GoalPeriod:
    """Open a stretch of time that goals can belong to."""
    period = checked(GoalPeriod(**fields))
    period.save()
    events.goal_period_created(period, by=by)
    return period


@transaction.atomic
def edit_goal_period(period: GoalPeriod, *, by: Actor | None, **fields: Any) -> GoalPeriod:
    """Change the name or the days of a period that is open."""
    period = _lock_open(period)
    for name, value in fields.items():
        setattr(period, name, value)
    checked(period).save()
    events.goal_period_edited(period, by=by)
    return period


@transaction.atomic
def close_goal_period(period: GoalPeriod, *, by: Actor | None, carry_to: GoalPeriod | None = None) -> Job:
    """Begin to close a period: goals still open end with the progress they have, or go on in `carry_to`; then nothing
    in it changes any more. Works in the background."""
    period = _lock_open(period)
    if carry_to and (carry_to.pk == period.pk or not carry_to.is_open):
        raise ActionError(_("Choose another period that is open."), field="carry_to")
    return start_job(
        "performance.close_goal_period",
        _("Closing %s") % period,
        by=by,
        result_url=reverse("performance:goal_period_detail", args=[period.pk]),
        period=period.pk,
        carry_to=carry_to.pk if carry_to else None,
    )


@transaction.atomic
def seal_goal_period(period: GoalPeriod, *, by: Actor | None) -> bool:
    """Close a period none of whose goals is open any more; whether that was so."""
    period = GoalPeriod.objects.select_for_update().get(pk=period.pk)
    if period.objectives.filter(state__in=STILL_OPEN).exists():
        return False
    if period.is_open:
        period.closed_at = timezone.now()
        period.save(update_fields=["closed_at", "updated_at"])
        events.goal_period_closed(period, by=by)
    return True


@transaction.atomic
def close_objectives(objective_ids: list[int], *, by: Actor | None) -> int:
    """End many goals with the progress they have; those already over are left as they are. How many ended."""
    lock_upwards(objective_ids)
    goals = list(Objective.objects.changeable().filter(pk__in=objective_ids).order_by("pk"))
    Objective.objects.filter(pk__in=[goal.pk for goal in goals]).update(
        state=GoalState.CLOSED, updated_at=timezone.now()
    )
    refresh_progress({goal.parent_id for goal in goals if goal.parent_id})
    events.objectives_closed(goals, by=by)
    return len(goals)


@transaction.atomic
def carry_over(
    objective: Objective,
    *,
    by: Actor | None,
    period: GoalPeriod,
    starts_on: datetime.date | None = None,
    due_on: datetime.date | None = None,
) -> Objective:
    """Let an unfinished goal go on in another period, from where it stands; the old one ends. Twice is once."""
    lock_tree(Objective)
    check_place(period=period)
    old = Objective.objects.select_for_update(of=("self",)).select_related("period").get(pk=objective.pk)
    if existing := Objective.objects.filter(carried_from=old).first():
        return existing
    _check_carriable(old, period)
    new = _continued(old, period, starts_on, due_on)
    insert_objective(new, [_from_where_it_stands(result) for result in old.key_results.all() if not result.is_reached])
    _bring_followers(old, new)
    if old.is_changeable:
        _end(old, by=by)
    events.objective_carried_over(new, by=by)
    notices.goal_set([new], setter=setter_of(by))
    return new


def _check_carriable(old: Objective, period: GoalPeriod) -> None:
    if old.state not in (*STILL_OPEN, GoalState.CLOSED):
        raise ActionError(_("This goal is already: %s.") % old.get_state_display())
    if old.period_id == period.pk:
        raise ActionError(_("The goal is in this period already."), field="period")
    if old.progress == 100:
        raise ActionError(_("This goal is reached; nothing of it is left to carry over."))


def _continued(
    old: Objective, period: GoalPeriod, starts_on: datetime.date | None, due_on: datetime.date | None
) -> Objective:
    starts_on = starts_on or max(period.starts_on, min(timezone.localdate(), period.ends_on))
    fields = {name: getattr(old, name) for name in CARRIED}
    return Objective(
        **fields,
        state=GoalState.ACTIVE,
        period=period,
        parent=_parent_after(old),
        carried_from=old,
        starts_on=starts_on,
        due_on=due_on or period.ends_on,
    )


def _parent_after(old: Objective) -> Objective | None:
    """The goal it contributes to, or that one's continuation; none when it is over."""
    if old.parent_id is None:
        return None
    followed = Objective.objects.changeable().filter(carried_from=old.parent_id).first()
    return followed or Objective.objects.changeable().filter(pk=old.parent_id).first()


def _from_where_it_stands(result: KeyResult) -> dict[str, Any]:
    fields = {name: getattr(result, name) for name in CARRIED_RESULT}
    return fields | {"baseline": result.baseline if result.current is None else result.current}


def _bring_followers(old: Objective, new: Objective) -> None:
    """Goals that go on contribute to the goal that goes on: those carried before it, and those of no period."""
    open_ones = Objective.objects.changeable()
    carried = open_ones.filter(carried_from__parent=old, parent=None)
    lasting = open_ones.filter(parent=old).exclude(period=old.period_id) if old.period_id else open_ones.none()
    for goal in [*carried, *lasting]:
        goal.parent = new
        move_subtree(goal, path_under(goal, new, field="parent"))
        goal.save(update_fields=["parent", "updated_at"])
    refresh_progress([new.pk])


def _end(old: Objective, *, by: Actor | None) -> None:
    old.state = GoalState.CLOSED
    old.save(update_fields=["state", "updated_at"])
    refresh_progress([old.parent_id] if old.parent_id else [])
    events.objective_closed(old, by=by)


def _lock_open(period: GoalPeriod) -> GoalPeriod:
    locked = GoalPeriod.objects.select_for_update().get(pk=period.pk)
    if not locked.is_open:
        raise ActionError(_("%s is closed; nothing in it changes any more.") % locked)
    return locked
