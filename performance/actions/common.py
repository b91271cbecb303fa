"""What the actions share: who acts, locking a row in the state a step starts from, the database's own checks in words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrportal.common.actions import ActionError
from hrportal.journal.recording import Actor, identity_of
from hrportal.people.acting import acting_id
from hrportal.people.models import User
from performance.enums import STARTS_FROM, RemarkKind, ReviewState
from performance.models import Review, ReviewRemark

RowT = TypeVar("RowT", bound=Model)


class OnBehalf:
    """Somebody who acts for another account, as the journal knows them."""

    def __init__(self, by: Actor | None, account: int | None) -> None:
        self.journal_identity = replace(identity_of(by), on_behalf_of_id=account)


def account_of(employee_id: int | None) -> int | None:
    """The account of an employee, if they have one."""
    return User.objects.filter(employee=employee_id).values_list("pk", flat=True).first() if employee_id else None


def lock_review(review: Review, step: str) -> Review:
    """Read the review again under a lock, so that two clicks cannot both win, and refuse a step out of order."""
    locked = (
        Review.objects.select_for_update(of=("self",))
        .select_related("cycle", "reviewer", "employee__manager")
        .get(pk=review.pk)
    )
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


def lock_ready(review_ids: Iterable[int], step: str) -> list[Review]:
    """Lock those of many that are at this step now. For work in the background: what moved on meanwhile is left alone."""
    rows = Review.objects.select_for_update(of=("self",)).filter(pk__in=list(review_ids), state__in=STARTS_FROM[step])
    return list(rows.order_by("pk").select_related("cycle"))


def set_state(reviews: list[Review], state: ReviewState, **changes: Any) -> int:
    """Bring locked reviews to a state in one statement, and the rows in memory with them."""
    for review in reviews:
        review.state = state
        for name, value in changes.items():
            setattr(review, name, value)
    rows = Review.objects.filter(pk__in=[review.pk for review in reviews])
    return rows.update(state=state, updated_at=timezone.now(), **changes)


def touch_review(review: Review) -> None:
    """Say that a review changed when something beside it did: whoever keeps a copy asks by that time."""
    Review.objects.filter(pk=review.pk).update(updated_at=timezone.now())


def required_reason(reason: str) -> str:
    """The reason a step asks for, or the refusal of an empty one."""
    if not reason.strip():
        raise ActionError(_("Please give a reason."), field="reason")
    return reason.strip()


def add_remark(
    review: Review, kind: RemarkKind, reason: str, by: Actor | None, content: dict[str, Any] | None = None
) -> ReviewRemark:
    """Keep why a step was taken, by whom, and, where the step ends something, what there was."""
    return ReviewRemark.objects.create(
        review=review,
        kind=kind,
        revision=review.revision,
        reason=required_reason(reason),
        made_by_id=acting_id(by),
        content=content or {},
    )
