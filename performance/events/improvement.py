"""Facts about improvement plans. They are confidential: HR leaders read them in the audit trail, administrators and clients do not."""

from hrportal.journal.confidential import keep_confidential
from hrportal.journal.recording import Actor, record
from performance.models import ImprovementPlan

keep_confidential(ImprovementPlan)


def _about(topic: str, plan: ImprovementPlan, by: Actor | None, **data: int | str | None) -> None:
    record(topic, plan, by=by, person_id=plan.employee_id, version=plan.version, data=data)


def improvement_plan_created(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_created", plan, by)


def improvement_plan_edited(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_edited", plan, by)


def improvement_plan_submitted(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_submitted", plan, by)


def improvement_plan_returned(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_returned", plan, by)


def improvement_plan_approved(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_approved", plan, by)


def improvement_plan_amended(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_amended", plan, by)


def improvement_plan_acknowledged(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_acknowledged", plan, by)


def improvement_entry_added(plan: ImprovementPlan, *, by: Actor | None, entry: int) -> None:
    _about("performance.improvement_entry_added", plan, by, entry=entry)


def improvement_milestone_judged(plan: ImprovementPlan, *, by: Actor | None, milestone: int) -> None:
    _about("performance.improvement_milestone_judged", plan, by, milestone=milestone)


def improvement_plan_paused(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_paused", plan, by)


def improvement_plan_resumed(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_resumed", plan, by)


def improvement_plan_extended(plan: ImprovementPlan, *, by: Actor | None, extension: int) -> None:
    _about("performance.improvement_plan_extended", plan, by, extension=extension)


def improvement_plan_handed_over(plan: ImprovementPlan, *, by: Actor | None, previous: int) -> None:
    _about("performance.improvement_plan_handed_over", plan, by, owner=plan.owner_id, previous=previous)


def improvement_plan_remarked(plan: ImprovementPlan, *, by: Actor | None, remark: int) -> None:
    _about("performance.improvement_plan_remarked", plan, by, remark=remark)


def improvement_plan_closed(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_closed", plan, by)


def improvement_plan_withdrawn(plan: ImprovementPlan, *, by: Actor | None) -> None:
    _about("performance.improvement_plan_withdrawn", plan, by)
