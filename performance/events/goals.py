"""Facts about goals."""

from collections.abc import Iterable

from hrportal.journal.recording import Actor, Entry, record, record_many
from performance.models import CheckIn, GoalAssignment, GoalPeriod, GoalTemplate, KeyResult, Objective


def objective_created(objective: Objective, *, by: Actor | None) -> None:
    objectives_created([objective], by=by)


def objectives_created(objectives: Iterable[Objective], *, by: Actor | None) -> None:
    record_many("performance.objective_created", _entries(objectives), by=by)


def objective_edited(objective: Objective, *, by: Actor | None) -> None:
    record("performance.objective_edited", objective, by=by, person_id=objective.owner_id)


def objective_closed(objective: Objective, *, by: Actor | None) -> None:
    objectives_closed([objective], by=by)


def objectives_closed(objectives: Iterable[Objective], *, by: Actor | None) -> None:
    record_many("performance.objective_closed", _entries(objectives), by=by)


def objective_carried_over(objective: Objective, *, by: Actor | None) -> None:
    data = {"carried_from": objective.carried_from_id}
    record("performance.objective_carried_over", objective, by=by, person_id=objective.owner_id, data=data)


def goal_checked_in(key_result: KeyResult, check_in: CheckIn, *, by: Actor | None) -> None:
    owner_id, data = key_result.objective.owner_id, {"objective": key_result.objective_id, "check_in": check_in.pk}
    record("performance.goal_checked_in", key_result, by=by, person_id=owner_id, data=data)


def goal_period_created(period: GoalPeriod, *, by: Actor | None) -> None:
    record("performance.goal_period_created", period, by=by)


def goal_period_edited(period: GoalPeriod, *, by: Actor | None) -> None:
    record("performance.goal_period_edited", period, by=by)


def goal_period_closed(period: GoalPeriod, *, by: Actor | None) -> None:
    record("performance.goal_period_closed", period, by=by)


def goal_template_created(template: GoalTemplate, *, by: Actor | None) -> None:
    record("performance.goal_template_created", template, by=by)


def goal_template_edited(template: GoalTemplate, *, by: Actor | None) -> None:
    record("performance.goal_template_edited", template, by=by)


def goal_template_archived(template: GoalTemplate, *, by: Actor | None) -> None:
    record("performance.goal_template_archived", template, by=by)


def goals_assigned(assignment: GoalAssignment, *, by: Actor | None) -> None:
    record("performance.goals_assigned", assignment, by=by, data={"template": assignment.template_id})


def goal_assignment_withdrawn(assignment: GoalAssignment, *, by: Actor | None) -> None:
    record("performance.goal_assignment_withdrawn", assignment, by=by)


def _entries(objectives: Iterable[Objective]) -> list[Entry]:
    return [Entry(objective, person_id=objective.owner_id) for objective in objectives]
