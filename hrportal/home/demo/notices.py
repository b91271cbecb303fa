"""What waits on the bell of the six people one signs in as; everyone else's bell fills as the portal is used."""

import datetime
from collections import Counter

from django.urls import reverse
from django.utils import timezone

from hrportal.home.demo.days import days
from hrportal.home.demo.world import World
from hrportal.notices.catalogue import NoticeKind
from hrportal.notices.models import Notice
from performance.enums import BEING_WRITTEN, FeedbackKind, FeedbackVisibility, ReviewState
from performance.models import Feedback, Review
from performance.notices.cycles import TO_WRITE
from performance.notices.feedback import PRAISED, RECEIVED
from performance.notices.reviews import SHARED

NEWEST = 30
READ_AFTER = days(14)


def tell_notices(world: World) -> None:
    """Feedback they got, reviews they are to write, reviews shared with them."""
    _feedback(world)
    _reviews_to_write(world)
    _shared_reviews(world)


def _feedback(world: World) -> None:
    heard = Feedback.objects.filter(recipient__in=world.cast.ids).exclude(visibility=FeedbackVisibility.GIVER)
    for feedback in heard.select_related("giver").order_by("-given_at")[:NEWEST]:
        kind = PRAISED if feedback.kind == FeedbackKind.PRAISE else RECEIVED
        url, words = reverse("performance:feedback_detail", args=[feedback.pk]), {"person": feedback.giver.name}
        _add(world, kind, feedback.recipient_id, f"feedback-{feedback.pk}", url, words, feedback.given_at)


def _reviews_to_write(world: World) -> None:
    waiting = Review.objects.filter(reviewer__in=world.cast.ids, state__in=BEING_WRITTEN).select_related("cycle")
    counts = Counter((review.reviewer_id, review.cycle) for review in waiting)
    for (reviewer, cycle), count in counts.items():
        url = f"{reverse('performance:review_list')}?show=to_write&cycle={cycle.pk}"
        words = {"cycle": cycle.name, "count": str(count)}
        _add(world, TO_WRITE, reviewer or 0, f"cycle-{cycle.pk}-launched", url, words, timezone.now() - days(3))


def _shared_reviews(world: World) -> None:
    shared = Review.objects.filter(employee__in=world.cast.ids, state=ReviewState.SHARED, shared_at__isnull=False)
    for review in shared.select_related("cycle"):
        _add(
            world,
            SHARED,
            review.employee_id,
            f"review-{review.pk}-shared",
            reverse("performance:review_detail", args=[review.pk]),
            {"cycle": review.cycle.name},
            review.shared_at or timezone.now(),
        )


def _add(
    world: World,
    kind: NoticeKind,
    employee: int,
    key: str,
    url: str,
    words: dict[str, str],
    made_at: datetime.datetime,
) -> None:
    """A notice as if it had been sent then; the old ones were read, and none is mailed again."""
    was_read = made_at < timezone.now() - READ_AFTER
    world.rows.add(
        Notice(
            employee_id=employee,
            kind=kind.key,
            key=key,
            url=url,
            words=words,
            made_at=made_at,
            mailed_at=made_at,
            read_at=made_at + days(1) if was_read else None,
        )
    )
