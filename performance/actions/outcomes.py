"""What happens to many reviews at once after they were submitted: calibration, completion, sharing.

Three gates, kept apart: calibrated (the decision stands), completed (the rating is final and handed over), shared (the
employee sees it). Each function takes reviews already there for done, so a chunk of a job can be repeated.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.journal.jobs import start_job
from hrportal.journal.models import Job
from hrportal.journal.recording import Actor
from performance.actions.common import lock_ready, lock_reviews, required_reason, set_state
from performance.enums import FINISHED, SEEN_BY_EMPLOYEE, CycleKind, CycleState, ReviewState
from performance.events import reviews as events
from performance.models import RatingLevel, Review, ReviewCycle
from performance.notices.reviews import tell_shared

PAST_CALIBRATION = (ReviewState.CALIBRATED, *FINISHED)


@transaction.atomic
def begin_calibration(review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Put submitted reviews on the table of a session; from here on nobody sends them back."""
    reviews = lock_reviews(review_ids, "begin_calibration", already=[ReviewState.IN_CALIBRATION])
    changed = set_state(reviews, ReviewState.IN_CALIBRATION)
    cycles = {review.cycle_id for review in reviews}
    ReviewCycle.objects.filter(pk__in=cycles, state=CycleState.OPEN).update(
        state=CycleState.CALIBRATION, updated_at=timezone.now()
    )
    events.calibration_begun(reviews, by=by)
    return changed


@transaction.atomic
def mark_calibrated(review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Note that a session has decided on these; their ratings become final when they are completed."""
    reviews = lock_reviews(review_ids, "mark_calibrated", already=PAST_CALIBRATION)
    changed = set_state(reviews, ReviewState.CALIBRATED)
    events.reviews_calibrated(reviews, by=by)
    return changed


@transaction.atomic
def complete_reviews(
    ratings: Mapping[int, int | None], *, by: Actor | None, is_calibrated: bool = True, reason: str = ""
) -> int:
    """Make ratings final: `ratings` maps review to rating level. This is the moment the hand-over starts from.

    Without calibration it is HR's exception for a review of a calibrated cycle that was in no session, and needs a reason.
    """
    step = "complete_review" if is_calibrated else "complete_uncalibrated"
    reviews = lock_reviews(ratings, step, already=FINISHED)
    if not is_calibrated:
        reason = required_reason(reason)
    return make_final(reviews, ratings, by=by, is_calibrated=is_calibrated, reason=reason)


def make_final(
    reviews: list[Review],
    ratings: Mapping[int, int | None],
    *,
    by: Actor | None,
    is_calibrated: bool,
    reason: str = "",
) -> int:
    """Complete locked reviews, one statement for each different rating."""
    _check_scale(reviews, ratings)
    alike: dict[int | None, list[Review]] = defaultdict(list)
    for review in reviews:
        alike[ratings[review.pk]].append(review)
    for rating_id, group in alike.items():
        set_state(
            group,
            ReviewState.COMPLETED,
            final_rating_id=rating_id,
            final_is_calibrated=is_calibrated,
            completed_without_calibration_reason=reason,
            completed_at=timezone.now(),
        )
    events.reviews_completed(reviews, by=by, is_calibrated=is_calibrated)
    settle_cycles({review.cycle_id for review in reviews})
    return len(reviews)


@transaction.atomic
def share_reviews(review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Show completed reviews to their employees."""
    reviews = lock_reviews(review_ids, "share_review", already=SEEN_BY_EMPLOYEE)
    now, alike = timezone.now(), defaultdict(list)
    for review in reviews:
        alike[review.cycle.acknowledgement_days].append(review)
    for days, group in alike.items():
        due_on = timezone.localdate() + timedelta(days=days)
        set_state(group, ReviewState.SHARED, shared_at=now, acknowledge_due_on=due_on)
    events.reviews_shared(reviews, by=by)
    tell_shared(reviews)
    return len(reviews)


@transaction.atomic
def share_ready(review_ids: Iterable[int], *, by: Actor | None) -> int:
    """Share those that are completed by now; one that was reopened meanwhile does not hold up the others."""
    return share_reviews([review.pk for review in lock_ready(review_ids, "share_review")], by=by)


@transaction.atomic
def share_cycle(cycle: ReviewCycle, *, by: Actor | None) -> Job:
    """Show every completed review of a cycle to its employee, in the background."""
    if not Review.objects.filter(cycle=cycle, state=ReviewState.COMPLETED).exists():
        raise ActionError(_("No completed review of this cycle waits to be shared."))
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    return start_job("performance.share_cycle", cycle.name, by=by, result_url=url, cycle=cycle.pk)


def settle_cycles(cycle_ids: Iterable[int]) -> None:
    """Call cycles completed in which nothing is left to do. The lock lets two sessions that finish together see each other."""
    running = ReviewCycle.objects.filter(pk__in=cycle_ids, state__in=[CycleState.OPEN, CycleState.CALIBRATION])
    # Where each person's calendar decides, others may still come until the period is over.
    running = running.filter(Q(kind=CycleKind.PERIOD) | Q(ends_on__lt=timezone.localdate()))
    for cycle in running.select_for_update(no_key=True).order_by("pk"):
        left = Review.objects.filter(cycle=cycle).exclude(state__in=[*FINISHED, ReviewState.WITHDRAWN])
        if not left.exists():
            ReviewCycle.objects.filter(pk=cycle.pk).update(state=CycleState.COMPLETED, updated_at=timezone.now())


def _check_scale(reviews: list[Review], ratings: Mapping[int, int | None]) -> None:
    wanted = {rating_id for rating_id in ratings.values() if rating_id is not None}
    scale_of = dict(RatingLevel.objects.filter(pk__in=wanted).values_list("pk", "scale_id"))
    for review in reviews:
        rating_id = ratings[review.pk]
        if rating_id is not None and scale_of.get(rating_id) != review.cycle.scale_id:
            raise ActionError(_("This rating is not on the scale of the cycle."), field="rating")
