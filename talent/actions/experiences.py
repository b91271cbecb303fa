"""What roles ask of experience and what successors were found to have, and the ninety days that begin to close what is missing."""

import datetime
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.models import Employee
from talent import events
from talent.actions.development import ItemSeed, PlanOpening, open_development_plans, share_plan_items
from talent.actions.profiles import lock_profiles
from talent.actions.succession import lock_plan, lock_successor, touch
from talent.enums import ActionKind, ItemOrigin, ItemPurpose, SuccessorState
from talent.models import (
    Experience,
    HeldExperience,
    NinetyDayPlan,
    PlanAction,
    PlanItem,
    RoleExperience,
    SuccessionPlan,
    Successor,
)
from talent.succession.missing import Missing, missing_most

LONGEST_NAME = 120
NINETY_DAYS = datetime.timedelta(days=90)
# What happens by which day, whatever is developed.
STEPS: tuple[tuple[int, ActionKind], ...] = (
    (30, ActionKind.TRAINING),
    (60, ActionKind.STRETCH),
    (90, ActionKind.COACHING),
)


@transaction.atomic
def ask_experiences(plan: SuccessionPlan, *, by: Actor | None, names: Sequence[str]) -> SuccessionPlan:
    """Say which experiences the job of a critical role asks for, all of them. A name nobody used before makes a new one."""
    plan = lock_plan(plan.pk)
    if plan.position.job_id is None:
        raise ActionError(_("The seat has no job, so there is nothing that could ask for an experience."))
    wanted = _named(names)
    asked = RoleExperience.objects.filter(job=plan.position.job_id)
    asked.exclude(experience__in=wanted).delete()
    there = set(asked.values_list("experience", flat=True))
    RoleExperience.objects.bulk_create(
        RoleExperience(job_id=plan.position.job_id, experience=each) for each in wanted if each.pk not in there
    )
    touch(plan)
    events.experiences_asked(plan, by=by)
    return plan


def _named(names: Sequence[str]) -> list[Experience]:
    """The experiences of these names, whatever their case; each once."""
    found: dict[str, Experience] = {}
    for name in (" ".join(each.split()) for each in names):
        if len(name) > LONGEST_NAME:
            raise ActionError(_("Name an experience in at most %d characters.") % LONGEST_NAME, field="names")
        if name and name.lower() not in found:
            known = Experience.objects.filter(name__iexact=name).first()
            found[name.lower()] = known or Experience.objects.create(name=name)
    return list(found.values())


@transaction.atomic
def record_experiences(successor: Successor, *, by: Actor | None, found: Mapping[int, bool | None]) -> Successor:
    """Say which of the experiences that the role asks for somebody has (True), has not (False), or of which nobody knows
    (None, which takes an earlier answer back); by id of the experience."""
    successor = lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    job = successor.plan.position.job_id
    asked = set(RoleExperience.objects.filter(job=job).values_list("experience", flat=True)) if job else set()
    if found.keys() - asked:
        raise ActionError(_("The role does not ask for this experience."))
    lock_profiles([successor.employee_id])
    unknown = [pk for pk, is_held in found.items() if is_held is None]
    HeldExperience.objects.filter(employee=successor.employee_id, experience__in=unknown).delete()
    for experience_id, is_held in found.items():
        if is_held is not None:
            HeldExperience.objects.update_or_create(
                employee_id=successor.employee_id,
                experience_id=experience_id,
                defaults={"is_held": is_held, "assessed_on": timezone.localdate(), "assessed_by_id": acting_id(by)},
            )
    touch(successor.plan)
    events.experiences_recorded(successor, by=by)
    return successor


@transaction.atomic
def open_ninety_days(
    successor: Successor, *, by: Actor | None, owner: Employee | None = None, starts_on: datetime.date | None = None
) -> NinetyDayPlan:
    """Begin to close what is missing most: up to three items in the person's development plan, with something to do by day
    30, 60 and 90. The person does not see them until they are shared, and nothing in them says what they are for."""
    successor = lock_successor(successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    starts_on = starts_on or timezone.localdate()
    if successor.ninety_day_plans.filter(starts_on__gt=timezone.localdate() - NINETY_DAYS).exists():
        raise ActionError(_("Ninety days are under way for this person already."))
    owner = owner or successor.employee.manager or successor.employee
    if owner.pk not in {successor.employee_id, *successor.employee.manager_ids}:
        raise ActionError(_("Choose the person themselves or somebody above them."), field="owner")
    missing = missing_most(successor)
    if not missing:
        raise ActionError(_("Nothing is known to be missing, so there is nothing to begin with."))
    ninety = NinetyDayPlan.objects.create(
        successor=successor, owner=owner, starts_on=starts_on, opened_by_id=acting_id(by)
    )
    _open_items(ninety, missing, by=by)
    touch(successor.plan)
    events.ninety_days_opened(ninety, by=by)
    return ninety


def _open_items(ninety: NinetyDayPlan, missing: Sequence[Missing], *, by: Actor | None) -> None:
    employee_id = ninety.successor.employee_id
    seeds = tuple(
        ItemSeed(
            source=f"{ninety.source_stem}{place}",
            title=each.title,
            competency_id=each.competency_id,
            target_level=each.target_level,
        )
        for place, each in enumerate(missing)
    )
    open_development_plans([PlanOpening(employee_id, seeds)], by=by)
    items = PlanItem.objects.filter(plan__employee=employee_id, source__startswith=ninety.source_stem)
    items.update(
        owner=ninety.owner,
        due_on=ninety.starts_on + NINETY_DAYS,
        origin=ItemOrigin.SUCCESSION,
        purpose=ItemPurpose.NEXT,
    )
    items = items.select_related("plan").order_by("pk")
    actions = [_action(item, day, kind, ninety) for item in items for day, kind in STEPS]
    for action in PlanAction.objects.bulk_create(actions):
        events.plan_action_added(action, by=by)


def _action(item: PlanItem, day: int, kind: ActionKind, ninety: NinetyDayPlan) -> PlanAction:
    titles = {
        30: _("Learn what it takes and agree what shows it"),
        60: _("Do it in the work of every day, with somebody to look on"),
        90: _("Look back together and agree what comes next"),
    }
    due_on = ninety.starts_on + datetime.timedelta(days=day)
    return PlanAction(item=item, kind=kind, title=titles[day], owner=ninety.owner, due_on=due_on)


@transaction.atomic
def share_ninety_days(ninety: NinetyDayPlan, *, by: Actor | None) -> NinetyDayPlan:
    """From now on the person sees the items in their development plan; not what they were opened for."""
    lock_successor(ninety.successor, SuccessorState.PROPOSED, SuccessorState.APPROVED)
    items = PlanItem.objects.filter(source__startswith=ninety.source_stem, shared_at=None)
    if not share_plan_items(list(items.values_list("source", flat=True)), by=by):
        raise ActionError(_("The person sees this already."))
    events.ninety_days_shared(ninety, by=by)
    return ninety
