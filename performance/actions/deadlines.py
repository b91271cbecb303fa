"""Moving the deadlines of a cycle, asking those who are late to go on, and going on without them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from performance.actions.common import lock_ready, required_reason, set_state
from performance.actions.cycles import STEP_DATES, UNFINISHED_CYCLE, check_settings, lock_cycle
from performance.cycles.lateness import late
from performance.enums import UNDER_WAY, ReviewState
from performance.events import cycles as cycle_events
from performance.events import reviews as events
from performance.models import CycleExtension, Review, ReviewCycle
from performance.notices import cycles as notices
from performance.reviews.approvers import second_approver_id

WAITS_FOR_SOMEBODY = (
    ReviewState.GOAL_SETTING,
    ReviewState.SELF_ASSESSMENT,
    ReviewState.MANAGER_REVIEW,
    ReviewState.SECOND_APPROVAL,
)


@transaction.atomic
def extend_cycle(cycle: ReviewCycle, *, by: Actor | None, reason: str, **dates: datetime.date | None) -> ReviewCycle:
    """Move dates of a cycle under way to later days. Reviews that still have the cycle's old date get the new one;
    whoever was given a date of their own keeps it."""
    under_way = Review.objects.filter(cycle=cycle, state__in=UNDER_WAY)
    # Reviews before their cycle, in the order of their ids, as every step of a review locks them.
    list(under_way.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    cycle = lock_cycle(cycle)
    if cycle.state not in UNFINISHED_CYCLE:
        raise ActionError(_("Only a cycle under way can be given more time."))
    reason, moved = required_reason(reason), _moved(cycle, dates)
    for name, (_old, new) in moved.items():
        setattr(cycle, name, new)
    check_settings(checked(cycle))
    cycle.save(update_fields=[*moved, "updated_at"])
    for name in {"self_due_on", "manager_due_on"} & set(moved):
        old, new = moved[name]
        under_way.filter(**{name: old}).update(**{name: new, "updated_at": timezone.now()})
    made = CycleExtension.objects.create(cycle=cycle, dates=_in_words(moved), reason=reason, made_by_id=acting_id(by))
    cycle_events.cycle_extended(cycle, by=by)
    notices.cycle_extended(cycle, under_way.filter(state__in=WAITS_FOR_SOMEBODY), occasion=f"extension-{made.pk}")
    return cycle


@transaction.atomic
def nudge_review(review: Review, *, by: Actor | None) -> Review:
    """Ask whoever holds a review up to go on; once a day is enough."""
    review = _with_holders(Review.objects.filter(pk=review.pk)).get()
    holder = holder_of(review)
    if holder is None:
        raise ActionError(_("This review waits for nobody."))
    notices.nudged([(holder, review)], occasion=_today())
    events.review_nudged(review, by=by)
    return review


@transaction.atomic
def nudge_late(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Ask everybody who is late in a cycle to go on, in the background."""
    cycle = lock_cycle(cycle)
    if not Review.objects.filter(late(timezone.localdate()), cycle=cycle).exists():
        raise ActionError(_("Nobody is late in this cycle."))
    cycle_events.late_nudged(cycle, by=by)
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    return start_job("performance.nudge_late", cycle.name, by=by, result_url=url, cycle=cycle.pk)


@transaction.atomic
def nudge_reviews(review_ids: Iterable[int]) -> int:
    """Ask the holders of these reviews to go on; how many were asked. Safe to repeat."""
    reviews = _with_holders(Review.objects.filter(pk__in=list(review_ids), state__in=WAITS_FOR_SOMEBODY))
    asked = [(holder, review) for review in reviews if (holder := holder_of(review)) is not None]
    notices.nudged(asked, occasion=_today())
    return len(asked)


@transaction.atomic
def skip_late_self_assessments(review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Let managers go on without the self-assessments that are late, where the cycle says so. Drafts stay as they are."""
    today = timezone.localdate()
    reviews = [
        review
        for review in lock_ready(review_ids, "skip_self_assessment")
        if review.cycle.skips_late_self_assessments and review.self_due_on and review.self_due_on < today
    ]
    changed = set_state(reviews, ReviewState.MANAGER_REVIEW)
    events.self_assessments_skipped(reviews, by=by)
    return changed


def holder_of(review: Review) -> int | None:
    """Who has to do the next thing, of those one can ask: employee, reviewer or second approver."""
    if review.state == ReviewState.SELF_ASSESSMENT:
        return review.employee_id
    if review.state == ReviewState.SECOND_APPROVAL:
        return second_approver_id(review)
    return review.reviewer_id if review.state in WAITS_FOR_SOMEBODY else None


def _with_holders(reviews: QuerySet[Review]) -> QuerySet[Review]:
    return reviews.select_related("cycle", "employee", "reviewer")


def _moved(cycle: ReviewCycle, dates: dict[str, datetime.date | None]) -> dict[str, tuple[Any, datetime.date]]:
    """The dates that change; none may become earlier, or somebody would be late overnight."""
    moved = {}
    for name in STEP_DATES:
        old, new = getattr(cycle, name), dates.get(name)
        if new is None or new == old:
            continue
        if old is not None and new < old:
            raise ActionError(_("A date can only move to a later day."), field=name)
        if new < timezone.localdate():
            raise ActionError(_("This day is over already."), field=name)
        moved[name] = (old, new)
    if not moved:
        raise ActionError(_("Name at least one later date."))
    return moved


def _in_words(moved: dict[str, tuple[Any, datetime.date]]) -> dict[str, list[str | None]]:
    return {name: [old and old.isoformat(), new.isoformat()] for name, (old, new) in moved.items()}


def _today() -> str:
    return timezone.localdate().isoformat()
