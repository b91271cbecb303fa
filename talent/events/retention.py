"""What is announced of retention. All of it is confidential: no feed carries it, no administrator sees that it happened."""

from collections.abc import Iterable

from hrportal.journal.confidential import keep_confidential
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import (
    Exit,
    FlightRisk,
    FlightRiskOptOut,
    RetentionAction,
    RetentionPlan,
    StayInterview,
    StayInterviewTemplate,
)

RISK_VIEWED = "talent.flight_risk_viewed"

keep_confidential(FlightRisk, RetentionPlan, RetentionAction, StayInterview, Exit)


def flight_risk_assessed(risk: FlightRisk, *, by: Actor | None) -> Fact:
    return record("talent.flight_risk_assessed", risk, by=by, person_id=risk.employee_id, version=risk.version)


def flight_risks_viewed(risks: Iterable[FlightRisk], *, by: Actor | None) -> list[Fact]:
    """Somebody looked at what is assessed of these people: one fact for each, so that it can be told who looked at whom."""
    entries = [Entry(risk, risk.employee_id, version=risk.version) for risk in risks]
    return record_many(RISK_VIEWED, entries, by=by)


def flight_risk_turned_off(opt_out: FlightRiskOptOut, *, by: Actor | None) -> Fact:
    return record("talent.flight_risk_turned_off", opt_out, by=by, data=_where(opt_out))


def flight_risk_turned_on(opt_out: FlightRiskOptOut, *, by: Actor | None) -> Fact:
    return record("talent.flight_risk_turned_on", opt_out, by=by, data=_where(opt_out))


def retention_plan_opened(plan: RetentionPlan, *, by: Actor | None) -> Fact:
    return _about_plan("talent.retention_plan_opened", plan, by=by)


def retention_plan_edited(plan: RetentionPlan, *, by: Actor | None) -> Fact:
    return _about_plan("talent.retention_plan_edited", plan, by=by)


def retention_plan_closed(plan: RetentionPlan, *, by: Actor | None) -> Fact:
    return _about_plan("talent.retention_plan_closed", plan, by=by)


def retention_action_added(action: RetentionAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.retention_action_added", action, by=by)


def retention_action_completed(action: RetentionAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.retention_action_completed", action, by=by)


def stay_template_saved(template: StayInterviewTemplate, *, by: Actor | None) -> Fact:
    return record("talent.stay_template_saved", template, by=by)


def stay_interview_planned(interview: StayInterview, *, by: Actor | None) -> Fact:
    return _about_interview("talent.stay_interview_planned", interview, by=by)


def stay_interview_held(interview: StayInterview, *, by: Actor | None) -> Fact:
    return _about_interview("talent.stay_interview_held", interview, by=by)


def stay_interview_cancelled(interview: StayInterview, *, by: Actor | None) -> Fact:
    return _about_interview("talent.stay_interview_cancelled", interview, by=by)


def exits_recorded(exits: Iterable[Exit], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.exit_recorded", [Entry(row, row.employee_id) for row in exits], by=by)


def exit_reviewed(row: Exit, *, by: Actor | None) -> Fact:
    return record("talent.exit_reviewed", row, by=by, person_id=row.employee_id)


def _where(opt_out: FlightRiskOptOut) -> dict[str, int | None]:
    return {"org_unit": opt_out.org_unit_id, "legal_entity": opt_out.legal_entity_id}


def _about_plan(topic: str, plan: RetentionPlan, *, by: Actor | None) -> Fact:
    return record(topic, plan, by=by, person_id=plan.employee_id, version=plan.version)


def _about_action(topic: str, action: RetentionAction, *, by: Actor | None) -> Fact:
    return record(topic, action, by=by, person_id=action.plan.employee_id, data={"plan": action.plan_id})


def _about_interview(topic: str, interview: StayInterview, *, by: Actor | None) -> Fact:
    return record(topic, interview, by=by, person_id=interview.employee_id, version=interview.revision)
