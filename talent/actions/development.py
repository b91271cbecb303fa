"""What happens to development plans. Who may do it is in rules.py; when it can be done, each function says."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.copying import write_rows
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent import events
from talent.actions.common import apply, said
from talent.actions.profiles import lock_profiles
from talent.actions.reassessing import found_since, record_level
from talent.development.levels import shared_level
from talent.enums import ClosedBy, ItemOrigin, ItemState, PlanState
from talent.models import DevelopmentPlan, PlanAction, PlanCheckIn, PlanItem
from talent.notices import development as notices

EDITABLE = frozenset({"title", "why", "purpose", "competency", "from_level", "target_level", "owner", "due_on"})
EDITABLE_OF_ACTIONS = frozenset({"kind", "title", "owner", "due_on", "progress", "learning_item"})


@dataclass(frozen=True)
class ItemSeed:
    """An item somebody asks for. `source` makes it one and the same however often it is asked for."""

    source: str
    title: str
    why: str = ""
    competency_id: int | None = None
    shared_at: datetime.datetime | None = None
    target_level: int | None = None
    origin: str = ItemOrigin.REVIEW
    purpose: str = ""
    from_level: int | None = None


@dataclass(frozen=True)
class PlanOpening:
    """The items one person's plan should hold."""

    employee_id: int
    items: tuple[ItemSeed, ...]


@transaction.atomic
def open_development_plans(openings: Sequence[PlanOpening], *, by: Actor | None = None) -> int:
    """Open plans, or let the open ones gain the items they do not have yet; how many items were new.

    May be called with the same openings again, in any order and at once. An item that is or was in any plan of the
    person is never added a second time, so a late repetition does not open a completed plan again.
    """
    seeds = _seeds(openings)
    if not seeds:
        return 0
    lock_profiles(employee_id for employee_id, _source in seeds)
    there = _items_of(seeds)
    _share_late(there, seeds, by=by)
    missing = {key: seed for key, seed in sorted(seeds.items(), key=lambda pair: pair[0]) if key not in there}
    plans = _open_plans({employee_id for employee_id, _source in missing}, by=by)
    items = [_item(plans[employee_id], seed) for (employee_id, _source), seed in missing.items()]
    events.plan_items_added(write_rows(items), by=by)
    _touch(plan.pk for plan in plans.values())
    return len(items)


def _seeds(openings: Sequence[PlanOpening]) -> dict[tuple[int, str], ItemSeed]:
    """What is asked for, each item once; it is shared if one of the askers says so."""
    seeds: dict[tuple[int, str], ItemSeed] = {}
    for opening in openings:
        for seed in opening.items:
            before = seeds.setdefault((opening.employee_id, seed.source), seed)
            if seed.shared_at and not before.shared_at:
                seeds[opening.employee_id, seed.source] = replace(before, shared_at=seed.shared_at)
    return seeds


def _items_of(keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], PlanItem]:
    """The items that are there already, in any plan of the person."""
    people = {employee_id for employee_id, _source in keys}
    sources = {source for _employee_id, source in keys}
    found = PlanItem.objects.filter(plan__employee__in=people, source__in=sources).select_related("plan")
    return {(item.plan.employee_id, item.source): item for item in found}


def _share_late(
    there: dict[tuple[int, str], PlanItem], seeds: dict[tuple[int, str], ItemSeed], *, by: Actor | None
) -> None:
    """An opening may bring the news that its review was shared meanwhile."""
    share_plan_items([item.source for key, item in there.items() if not item.shared_at and seeds[key].shared_at], by=by)


def _open_plans(employee_ids: set[int], *, by: Actor | None) -> dict[int, DevelopmentPlan]:
    """The open plan of each person, whose profile the caller has locked; opened where there is none."""
    plans = {plan.employee_id: plan for plan in DevelopmentPlan.objects.open().filter(employee__in=employee_ids)}
    new = [DevelopmentPlan(employee_id=pk) for pk in sorted(employee_ids - plans.keys())]
    opened = write_rows(new)
    events.development_plans_opened(opened, by=by)
    return plans | {plan.employee_id: plan for plan in opened}


def _item(plan: DevelopmentPlan, seed: ItemSeed) -> PlanItem:
    return PlanItem(
        plan=plan,
        source=seed.source,
        title=seed.title,
        why=seed.why,
        competency_id=seed.competency_id,
        from_level=seed.from_level,
        target_level=seed.target_level,
        origin=seed.origin,
        purpose=seed.purpose,
        owner_id=plan.employee_id,
        shared_at=seed.shared_at,
    )


@transaction.atomic
def share_plan_items(sources: Sequence[str], *, by: Actor | None = None) -> int:
    """From now on the people themselves see the items that came of these sources; how many became visible."""
    if not sources:
        return 0
    hidden = PlanItem.objects.select_for_update(of=("self",)).filter(source__in=sources, shared_at=None)
    items = list(hidden.select_related("plan").order_by("pk"))
    PlanItem.objects.filter(pk__in=[item.pk for item in items]).update(shared_at=timezone.now())
    _touch(item.plan_id for item in items)
    events.plan_items_shared(items, by=by)
    return len(items)


@transaction.atomic
def add_item(employee: Employee, *, by: Actor | None, title: str, **fields: Any) -> PlanItem:
    """Write an item into somebody's open plan, opening one if there is none. What people write by hand is seen by all
    who see the plan, its owner too.

    Where it comes from is the person or their manager, whoever writes it, unless `origin` says otherwise. The level it
    starts from is the one that was found in the person and shared with them, unless `from_level` says otherwise.
    """
    _refuse_stranger(fields.get("owner"), employee)
    lock_profiles([employee.pk])
    plan = _open_plans({employee.pk}, by=by)[employee.pk]
    fields.setdefault("owner", employee)
    fields["origin"] = fields.get("origin") or _origin(employee, by)
    item = PlanItem(plan=plan, title=title, shared_at=timezone.now(), **fields)
    _start_from_what_is_known(item, employee)
    checked(item).save()
    _touch([plan.pk])
    events.plan_items_added([item], by=by)
    notices.tell_item_added(item, by=by)
    return item


def _origin(employee: Employee, by: Actor | None) -> str:
    is_own = acting_id(by) == employee.pk
    return ItemOrigin.PERSON if is_own else ItemOrigin.MANAGER


def _start_from_what_is_known(item: PlanItem, employee: Employee) -> None:
    if item.competency_id and item.from_level is None:
        item.from_level = shared_level(employee.pk, item.competency_id)


@transaction.atomic
def edit_item(item: PlanItem, *, by: Actor | None, **changes: Any) -> PlanItem:
    """Change what an open item says."""
    item = _lock_item(item.pk)
    if (owner := changes.get("owner")) != item.owner:
        _refuse_stranger(owner, item.plan.employee)
    apply(item, changes, EDITABLE)
    checked(item).save()
    _touch([item.plan_id])
    events.plan_item_edited(item, by=by)
    return item


@transaction.atomic
def close_item(
    item: PlanItem,
    *,
    by: Any,
    is_done: bool = True,
    level: int | None = None,
    evidence: str = "",
    reason: str = "",
) -> PlanItem:
    """The gap is closed, or (`is_done=False`, with a `reason`) nobody pursues it any longer.

    What builds a competency is closed by assessing it again: `level` is what the person has now, or it was found
    elsewhere since the item was written. A level below the target is recorded and leaves the item open. What has no
    competency is closed with evidence, given here or with one of its actions.
    """
    item = _lock_item(item.pk)
    if not is_done:
        item.closing_words = said(reason, field="reason") if by else reason.strip()
        return _close(item, ItemState.DROPPED, by=by)
    if item.competency_id is None:
        return _close_with_evidence(item, evidence.strip(), by=by)
    return _close_by_assessing(item, level, evidence.strip(), by=by)


def _close_with_evidence(item: PlanItem, evidence: str, *, by: Actor | None) -> PlanItem:
    if not evidence and not item.actions.filter(done_at__isnull=False).exclude(evidence="", evidence_url="").exists():
        raise ActionError(_("Say what shows that it is done."), field="evidence")
    item.closed_by, item.closing_words = ClosedBy.EVIDENCE, evidence
    return _close(item, ItemState.DONE, by=by)


def _close_by_assessing(item: PlanItem, level: int | None, evidence: str, *, by: Principal) -> PlanItem:
    found = found_since(item) if level is None else record_level(item, level, evidence, by=by)
    if found is None:
        raise ActionError(_("Assess the level again: that closes it, not the work alone."), field="level")
    item.assessment, item.reached_level = found, found.level
    if item.is_below_target:
        item.save(update_fields=["assessment", "reached_level"])
        _touch([item.plan_id])
        events.plan_item_assessed(item, by=by)
        return item
    item.closed_by, item.closing_words = ClosedBy.REASSESSMENT, evidence
    return _close(item, ItemState.DONE, by=by)


def _close(item: PlanItem, state: str, *, by: Actor | None) -> PlanItem:
    item.state, item.closed_at = state, timezone.now()
    item.save(update_fields=["state", "closed_at", "closed_by", "closing_words", "assessment", "reached_level"])
    _touch([item.plan_id])
    events.plan_item_closed(item, by=by)
    return item


@transaction.atomic
def check_in_item(
    item: PlanItem, *, by: Actor | None, note: str = "", progress: int | None = None, on: datetime.date | None = None
) -> PlanCheckIn:
    """Note how an open item stands on a day, today unless `on` says otherwise; what was noted before stays."""
    item, today = _lock_item(item.pk), timezone.localdate()
    if on and on > today:
        raise ActionError(_("That day is still to come."), field="on")
    author = acting_id(by)
    check_in = PlanCheckIn(item=item, by_id=author, on=on or today, progress=progress, note=note.strip())
    checked(check_in).save()
    _touch([item.plan_id])
    events.plan_item_checked_in(check_in, by=by)
    return check_in


@transaction.atomic
def add_action(item: PlanItem, *, by: Actor | None, kind: str, title: str, **fields: Any) -> PlanAction:
    """Agree something that somebody does about an open item."""
    item = _lock_item(item.pk)
    _refuse_stranger(fields.get("owner"), item.plan.employee)
    fields.setdefault("owner", item.plan.employee)
    action = PlanAction(item=item, kind=kind, title=title, **fields)
    checked(action).save()
    _touch([item.plan_id])
    events.plan_action_added(action, by=by)
    return action


@transaction.atomic
def edit_action(action: PlanAction, *, by: Actor | None, **changes: Any) -> PlanAction:
    """Change what an action that is not done says, or how far it is."""
    action = _lock_action(action)
    if (owner := changes.get("owner", action.owner)) != action.owner:
        _refuse_stranger(owner, action.item.plan.employee)
    apply(action, changes, EDITABLE_OF_ACTIONS)
    checked(action).save()
    _touch([action.item.plan_id])
    events.plan_action_edited(action, by=by)
    return action


@transaction.atomic
def complete_action(action: PlanAction, *, by: Actor | None, evidence: str = "", evidence_url: str = "") -> PlanAction:
    """It is done; `evidence` says what shows it, in words or as a link. With the last action of an item that builds a
    competency, the manager is asked to assess it again."""
    action = _lock_action(action)
    action.done_at, action.evidence, action.evidence_url = timezone.now(), evidence.strip(), evidence_url
    checked(action).save(update_fields=["done_at", "evidence", "evidence_url"])
    _touch([action.item.plan_id])
    events.plan_action_completed(action, by=by)
    if action.item.competency_id and not action.item.actions.filter(done_at=None).exists():
        notices.tell_ready_to_assess(action.item, by=by)
    return action


def _lock_action(action: PlanAction) -> PlanAction:
    """The action under its plan's lock, not done yet."""
    item = _lock_item(action.item_id)
    action = item.actions.select_related("owner").get(pk=action.pk)
    if action.done_at:
        raise ActionError(_("This is done already."))
    action.item = item
    return action


@transaction.atomic
def complete_plan(plan: DevelopmentPlan, *, by: Actor | None) -> DevelopmentPlan:
    """Say that a plan has done its work. What is still open in it is dropped; a new need opens a new plan."""
    plan = _lock_plan(plan.pk)
    now = timezone.now()
    plan.items.filter(state=ItemState.OPEN).update(state=ItemState.DROPPED, closed_at=now)
    plan.state, plan.completed_at = PlanState.COMPLETED, now
    plan.save(update_fields=["state", "completed_at", "updated_at"])
    events.development_plan_completed(plan, by=by)
    return plan


def _refuse_stranger(owner: Employee | None, employee: Employee) -> None:
    if owner is not None and owner.pk not in {employee.pk, *employee.manager_ids}:
        raise ActionError(_("Choose the person themselves or somebody above them."), field="owner")


def _touch(plan_ids: Iterable[int]) -> None:
    """Whatever changes in a plan is a change of the plan, for whoever asks what changed."""
    DevelopmentPlan.objects.filter(pk__in=set(plan_ids)).update(updated_at=timezone.now())


def _lock_plan(pk: int) -> DevelopmentPlan:
    """The plan under its owner's lock, still open."""
    plan = DevelopmentPlan.objects.select_related("employee").get(pk=pk)
    lock_profiles([plan.employee_id])
    plan.refresh_from_db(fields=["state"])
    if plan.state != PlanState.OPEN:
        raise ActionError(_("This plan is completed."))
    return plan


def _lock_item(pk: int) -> PlanItem:
    """The item under its owner's lock, still open in an open plan."""
    plan = _lock_plan(PlanItem.objects.values_list("plan", flat=True).get(pk=pk))
    item = plan.items.get(pk=pk)
    if item.state != ItemState.OPEN:
        raise ActionError(_("This item is closed: %s.") % item.get_state_display())
    _touch([plan.pk])
    item.plan = plan
    return item
