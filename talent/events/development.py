"""What is announced of development plans."""

from collections.abc import Sequence

from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, Entry, record, record_many
from talent.models import DevelopmentPlan, PlanAction, PlanCheckIn, PlanItem
from talent.models.development import CONFIDENTIAL_ORIGINS


def development_plans_opened(plans: Sequence[DevelopmentPlan], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.development_plan_opened", [Entry(plan, plan.employee_id) for plan in plans], by=by)


def plan_items_added(items: Sequence[PlanItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.plan_item_added", [_item_entry(item) for item in items], by=by)


def plan_items_shared(items: Sequence[PlanItem], *, by: Actor | None) -> list[Fact]:
    return record_many("talent.plan_item_shared", [_item_entry(item) for item in items], by=by)


def plan_item_edited(item: PlanItem, *, by: Actor | None) -> Fact:
    return _about_item("talent.plan_item_edited", item, by=by)


def plan_item_assessed(item: PlanItem, *, by: Actor | None) -> Fact:
    """Assessed again and not there yet."""
    return _about_item("talent.plan_item_assessed", item, by=by)


def plan_item_checked_in(check_in: PlanCheckIn, *, by: Actor | None) -> Fact:
    return _about_item("talent.plan_item_checked_in", check_in.item, by=by)


def plan_item_closed(item: PlanItem, *, by: Actor | None) -> Fact:
    return _about_item("talent.plan_item_closed", item, by=by)


def plan_action_added(action: PlanAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.plan_action_added", action, by=by)


def plan_action_edited(action: PlanAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.plan_action_edited", action, by=by)


def plan_action_completed(action: PlanAction, *, by: Actor | None) -> Fact:
    return _about_action("talent.plan_action_completed", action, by=by)


def development_plan_completed(plan: DevelopmentPlan, *, by: Actor | None) -> Fact:
    return record("talent.development_plan_completed", plan, by=by, person_id=plan.employee_id)


def _item_entry(item: PlanItem) -> Entry:
    """What asked for it is named unless that would tell of a bench or a talent review."""
    source = "" if item.origin in CONFIDENTIAL_ORIGINS else item.source
    return Entry(item, item.plan.employee_id, data={"plan": item.plan_id, "source": source})


def _about_item(topic: str, item: PlanItem, *, by: Actor | None) -> Fact:
    return record(topic, item, by=by, person_id=item.plan.employee_id, data={"plan": item.plan_id})


def _about_action(topic: str, action: PlanAction, *, by: Actor | None) -> Fact:
    data = {"item": action.item_id, "plan": action.item.plan_id}
    return record(topic, action, by=by, person_id=action.item.plan.employee_id, data=data)
