"""The phase before the writing: goals are agreed, then everybody begins to write. Agreeing is a record, not a gate."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from performance.actions.common import lock_ready, lock_review, set_state
from performance.actions.cycles import UNFINISHED_CYCLE, lock_cycle
from performance.cycles.goal_phase import goals_of
from performance.enums import ReviewState
from performance.events import cycles as cycle_events
from performance.events import reviews as events
from performance.models import Review, ReviewCycle
from performance.notices import cycles as notices


@transaction.atomic
def agree_goals(review: Review, *, by: Actor | None) -> Review:
    """The reviewer notes that the person's goals for the period are agreed; noted again, the newer day counts."""
    review = lock_review(review, "agree_goals")
    if not goals_of(review).exists():
        raise ActionError(_("There is no active goal for this period yet. Write one first."))
    review.goals_agreed_at = timezone.now()
    review.save(update_fields=["goals_agreed_at", "updated_at"])
    events.goals_agreed(review, by=by)
    return review


@transaction.atomic
def begin_writing(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """End the goal-setting phase of a cycle: from today everybody writes. The reviews follow in the background."""
    cycle = lock_cycle(cycle)
    if cycle.state not in UNFINISHED_CYCLE or cycle.goals_due_on is None:
        raise ActionError(_("This cycle is not agreeing goals."))
    if not cycle.sets_goals and not Review.objects.filter(cycle=cycle, state=ReviewState.GOAL_SETTING).exists():
        raise ActionError(_("Everybody can write already."))
    if cycle.sets_goals:
        cycle.writing_opens_on = timezone.localdate()
        cycle.save(update_fields=["writing_opens_on", "updated_at"])
    cycle_events.writing_begun(cycle, by=by)
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    return start_job("performance.begin_writing", cycle.name, by=by, result_url=url, cycle=cycle.pk)


@transaction.atomic
def open_writing(cycle: ReviewCycle, review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Let the reviews of these that agree goals be written, and tell their employees. Safe to repeat."""
    reviews = lock_ready(review_ids, "begin_writing")
    changed = set_state(reviews, ReviewState.SELF_ASSESSMENT)
    events.writing_opened(reviews, by=by)
    notices.reviews_opened(cycle, reviews)
    return changed
