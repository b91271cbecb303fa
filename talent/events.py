"""Every fact talent announces: ids and versions, never texts, ratings or readiness."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import (
    CalibratedRating,
    DevelopmentPlan,
    PlanAction,
    PlanItem,
    SkillAssessment,
    SuccessionPlan,
    Successor,
)


def ratings_recorded(ratings: Sequence[CalibratedRating], *, by: Actor | None) -> list[Fact]:
    """Calibrated ratings entered profiles; a version above 1 corrects an earlier one."""
    entries = [
        Entry(rating, rating.profile.employee_id, version=rating.source_version, data={"source": rating.source})
        for rating in ratings
    ]
    return record_many("talent.rating_recorded", entries, by=by)


def ratings_retracted(ratings: Sequence[CalibratedRating], *, by: Actor | None) -> list[Fact]:
    """Ratings no longer count: the review behind them was reopened and withdrawn."""
    entries = [
        Entry(rating, rating.profile.employee_id, version=rating.source_version, data={"source": rating.source})
        for rating in ratings
    ]
    return record_many("talent.rating_retracted", entries, by=by)


def skills_recorded(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """Levels entered the inventory; one fact for all that one source found in a person."""
    return record_many("talent.skills_recorded", _by_source(skills), by=by)


def skills_shared(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """From now on the person sees what a source found."""
    return record_many("talent.skills_shared", _by_source(skills), by=by)


def skills_replaced(skills: Sequence[SkillAssessment], *, by: Actor | None) -> list[Fact]:
    """What a source found no longer counts: it was corrected or taken back."""
    return record_many("talent.skills_replaced", _by_source(skills), by=by)


def development_plans_opened(plans: Sequence[DevelopmentPlan], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.development_plan_opened", [Entry(plan, plan.employee_id) for plan in plans], by=by)


def plan_items_added(items: Sequence[PlanItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.plan_item_added", [_item_entry(item) for item in items], by=by)


def plan_items_shared(items: Sequence[PlanItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.plan_item_shared", [_item_entry(item) for item in items], by=by)


def plan_item_edited(item: PlanItem, *, by: Actor | None) -> Fact:
    return _about_item("talent.plan_item_edited", item, by=by)


def plan_item_closed(item: PlanItem, *, by: Actor | None) -> Fact:
    return _about_item("talent.plan_item_closed", item, by=by)


def plan_action_added(action: PlanAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.plan_action_added", action, by=by)


def plan_action_completed(action: PlanAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.plan_action_completed", action, by=by)


def development_plan_completed(plan: DevelopmentPlan, *, by: Actor | None) -> Fact:
    return record("talent.development_plan_completed", plan, by=by, person_id=plan.employee_id)


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


def _by_source(skills: Sequence[SkillAssessment]) -> list[Entry]:
    found = {(skill.source, skill.source_version): skill.profile for skill in skills}
    return [
        Entry(profile, profile.employee_id, version=version, data={"source": source})
        for (source, version), profile in found.items()
    ]


def _item_entry(item: PlanItem) -> Entry:
    return Entry(item, item.plan.employee_id, data={"plan": item.plan_id, "source": item.source})


def _about_item(topic: str, item: PlanItem, *, by: Actor | None) -> Fact:
    return record(topic, item, by=by, person_id=item.plan.employee_id, data={"plan": item.plan_id})


def _about_action(topic: str, action: PlanAction, *, by: Actor | None) -> Fact:
    data = {"item": action.item_id, "plan": action.item.plan_id}
    return record(topic, action, by=by, person_id=action.item.plan.employee_id, data=data)


def _about_bench(topic: str, plan: SuccessionPlan, *, by: Actor | None) -> Fact:
    """A fact about a seat is about whoever holds it, so that it is kept from them wherever facts are read."""
    person_id = plan.incumbent.pk if plan.incumbent else None
    return record(topic, plan, by=by, person_id=person_id, version=plan.version, data={"position": plan.position_id})


def _about_successor(topic: str, successor: Successor, *, by: Actor | None) -> Fact:
    return record(topic, successor, by=by, person_id=successor.employee_id, data={"plan": successor.plan_id})
