"""What is announced of critical roles and benches."""

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from talent.models import BenchStudy, ExternalSuccessor, NinetyDayPlan, SuccessionPlan, Successor


def critical_role_designated(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.critical_role_designated", plan, by=by)


def critical_role_edited(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.critical_role_edited", plan, by=by)


def succession_plan_endorsed(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.succession_plan_endorsed", plan, by=by)


def succession_plan_retired(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.succession_plan_retired", plan, by=by)


def successors_ranked(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.successors_ranked", plan, by=by)


def successor_nominated(successor: Successor, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_nominated", successor, by=by)


def successor_approved(successor: Successor, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_approved", successor, by=by)


def successor_readiness_changed(successor: Successor, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_readiness_changed", successor, by=by)


def successor_removed(successor: Successor, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_removed", successor, by=by)


def _about_bench(topic: str, plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    """A fact about a seat is about whoever holds it, so that it is kept from them wherever facts are read."""
    person_id = plan.incumbent.pk if plan.incumbent else None
    return record(topic, plan, by=by, person_id=person_id, version=plan.version, data={"position": plan.position_id})


def _about_successor(topic: str, successor: Successor, *, by: Actor | None) -> Fact:
    return record(topic, successor, by=by, person_id=successor.employee_id, data={"plan": successor.plan_id})


def external_named(external: ExternalSuccessor, *, by: Actor | None) -> Fact:
    return _about_bench("talent.external_named", external.plan, by=by)


def external_removed(external: ExternalSuccessor, *, by: Actor | None) -> Fact:
    return _about_bench("talent.external_removed", external.plan, by=by)


def experiences_asked(plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    return _about_bench("talent.experiences_asked", plan, by=by)


def experiences_recorded(successor: Successor, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_experiences_recorded", successor, by=by)


def ninety_days_opened(plan: NinetyDayPlan, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_ninety_days_opened", plan.successor, by=by)


def ninety_days_shared(plan: NinetyDayPlan, *, by: Actor | None) -> Fact:
    return _about_successor("talent.successor_ninety_days_shared", plan.successor, by=by)


def bench_study_started(study: BenchStudy, *, by: Actor | None) -> Fact:
    return record("talent.bench_study_started", study, by=by)


def bench_study_computed(study: BenchStudy, *, by: Actor | None) -> Fact:
    return record("talent.bench_study_computed", study, by=by)
