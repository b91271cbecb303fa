"""Cycles that follow one another: a copy with the dates of the next period, made by hand or by itself."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor
from performance.actions.cycles import (
    PEOPLE_AND_PLACES,
    STEP_DATES,
    create_cycle,
    launch_cycle,
    lock_cycle,
)
from performance.actions.templates import master_of
from performance.cycles.calendars import next_period
from performance.enums import CycleState
from performance.events import cycles as events
from performance.models import ReviewCycle
from performance.notices import cycles as notices

YEAR = re.compile(r"\b(19|20)\d\d\b")
KEPT = (
    "kind",
    "job_families",
    "is_calibrated",
    "needs_second_approval",
    "shares_on_completion",
    "manager_change_rule",
    "unrated_parts",
    "skips_late_self_assessments",
    "acknowledgement_days",
    "remind_days_before",
    "escalate_days_after",
    "months_after_hire",
    "opens_days_before",
    "days_for_self",
    "days_for_manager",
)
MOVED = ("starts_on", "ends_on", "hired_until", *STEP_DATES)


@transaction.atomic
def clone_cycle(cycle: ReviewCycle, *, by: Actor | None, name: str = "", repeats: bool = False) -> ReviewCycle:
    """Draft the cycle that follows: all settings, guideline and population, with every date moved by the period's length."""
    move = next_period(cycle.starts_on, cycle.ends_on)
    dates = {field: getattr(cycle, field) for field in MOVED}
    clone = create_cycle(
        by=by,
        name=name or _next_name(cycle),
        template=master_of(cycle.template),
        scale=master_of(cycle.scale),
        guideline=dict(cycle.guideline.values_list("value", "percent")),
        repeats=repeats,
        cloned_from=cycle,
        **{field: day and move(day) for field, day in dates.items()},
        **{field: getattr(cycle, field) for field in KEPT},
        **{field: list(getattr(cycle, field).all()) for field in PEOPLE_AND_PLACES},
    )
    events.cycle_cloned(clone, by=by)
    return clone


@transaction.atomic
def stop_repeating(cycle: ReviewCycle, *, by: Actor | None) -> ReviewCycle:
    """Let a cycle that repeats be the last of its row."""
    cycle = lock_cycle(cycle)
    if not cycle.repeats:
        raise ActionError(_("This cycle does not repeat."))
    cycle.repeats = False
    cycle.save(update_fields=["repeats", "updated_at"])
    events.cycle_edited(cycle, by=by)
    return cycle


@transaction.atomic
def launch_next_cycle(cycle: ReviewCycle, *, by: Actor | None) -> ReviewCycle | None:
    """Launch what follows a repeating cycle whose period is over, and let that one repeat instead. Once, however often
    it is asked; what cannot be launched stays a draft, and HR is told either way."""
    cycle = lock_cycle(cycle)
    if not cycle.repeats:
        return None
    cycle.repeats = False
    cycle.save(update_fields=["repeats", "updated_at"])
    following = _planned_after(cycle) or clone_cycle(cycle, by=by)
    if following.state == CycleState.DRAFT:
        following.repeats = True
        following.save(update_fields=["repeats", "updated_at"])
        _launch_if_ready(following, by)
        notices.next_cycle(following)
    return following


def _planned_after(cycle: ReviewCycle) -> ReviewCycle | None:
    return cycle.clones.filter(starts_on__gt=cycle.starts_on).order_by("pk").first()


def _launch_if_ready(cycle: ReviewCycle, by: Actor | None) -> None:
    try:
        launch_cycle(cycle, by=by)
    except ActionError:
        return  # the draft says on its page what is missing


def _next_name(cycle: ReviewCycle) -> str:
    """The name with its years moved on, or numbered, and never one that is taken."""
    later = next_period(cycle.starts_on, cycle.ends_on)(cycle.ends_on).year - cycle.ends_on.year
    named = YEAR.sub(lambda year: str(int(year[0]) + later), cycle.name)
    number = 2
    name = named
    while ReviewCycle.objects.filter(name=name).exists():
        name, number = f"{named[:90]} ({number})", number + 1
    return name
