"""What the actions share: who acts, locking a row in the state a step starts from, the database's own checks in words."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.common.actions import ActionError
from performance.enums import STARTS_FROM, ReviewState
from performance.models import Review

RowT = TypeVar("RowT", bound=Model)


def acting_id(by: Any) -> int | None:
    """The employee behind `by`; None for the system, for clients and for jobs."""
    viewer = getattr(by, "viewer", None)
    return viewer.employee_id if viewer else None


def lock_review(review: Review, step: str) -> Review:
    """Read the review again under a lock, so that two clicks cannot both win, and refuse a step out of order."""
    locked = Review.objects.select_for_update(of=("self",)).select_related("cycle", "reviewer").get(pk=review.pk)
    check_step(locked, step)
    return locked


def check_step(review: Review, step: str) -> None:
    """Refuse a step that does not start from where the (locked) review is."""
    if review.state not in STARTS_FROM[step]:
        raise ActionError(_("This review is already: %s.") % review.get_state_display())


def lock_reviews(review_ids: Iterable[int], step: str, *, already: Iterable[ReviewState]) -> list[Review]:
    """Lock many at once, in the order of their ids. Those already there are left out; one that is elsewhere refuses all."""
    rows = Review.objects.select_for_update(of=("self",)).filter(pk__in=list(review_ids)).order_by("pk")
    reviews = list(rows.select_related("cycle"))
    allowed, done = STARTS_FROM[step], set(already)
    elsewhere = sum(review.state not in allowed and review.state not in done for review in reviews)
    if elsewhere:
        raise ActionError(
            ngettext(
                "%d review is not at this step; nothing was changed.",
                "%d reviews are not at this step; nothing was changed.",
                elsewhere,
            )
            % elsewhere
        )
    return [review for review in reviews if review.state in allowed]


def set_state(reviews: list[Review], state: ReviewState, **changes: Any) -> int:
    """Bring locked reviews to a state in one statement, and the rows in memory with them."""
    for review in reviews:
        review.state = state
        for name, value in changes.items():
            setattr(review, name, value)
    rows = Review.objects.filter(pk__in=[review.pk for review in reviews])
    return rows.update(state=state, updated_at=timezone.now(), **changes)


def required_reason(reason: str) -> str:
    """The reason a step asks for, or the refusal of an empty one."""
    if not reason.strip():
        raise ActionError(_("Please give a reason."), field="reason")
    return reason.strip()
