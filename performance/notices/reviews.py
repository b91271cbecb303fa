"""What people are told about one review: it came back, it is theirs now, somebody must decide, it was shared or disputed."""

import datetime
from collections.abc import Iterable, Iterator

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.viewer import Principal
from performance.enums import ReviewState
from performance.improvement.circle import hr_to_ask
from performance.models import Review, ReviewDelegation, ReviewerChange
from performance.notices.deadlines import hr_viewers

GROUP = _("Reviews")

RETURNED = notice_kind(
    "performance.review_returned",
    _("The review of %(person)s came back to you: read why and hand it in again"),
    when=_("HR or the second approver sends a review back: to its reviewer."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
EXTENDED = notice_kind(
    "performance.review_extended",
    _("There is more time for the review of %(person)s: see the new date"),
    when=_("One review is given more time: to whoever is at work on it."),
    group=GROUP,
)
REASSIGNED = notice_kind(
    "performance.review_reassigned",
    _("The review of %(person)s is yours to write now"),
    when=_("A review gets another reviewer: to the new one."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
REASSIGNED_FROM = notice_kind(
    "performance.review_taken_over",
    _("The review of %(person)s was given to %(other)s; there is nothing left for you to do"),
    when=_("A review gets another reviewer: to the one before, if they still have a part in it."),
    group=GROUP,
)
DELEGATED = notice_kind(
    "performance.review_delegated",
    _("You write the review of %(person)s for %(other)s"),
    when=_("A reviewer lets somebody write for them: to the delegate."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
DELEGATE_DONE = notice_kind(
    "performance.review_delegate_done",
    _("%(other)s has finished writing the review of %(person)s for you: read it and hand it in"),
    when=_("A delegate is done: to the reviewer."),
    group=GROUP,
)
MANAGER_CHANGED = notice_kind(
    "performance.reviewer_change_to_settle",
    _("%(person)s has a new manager, %(other)s: decide who writes the review"),
    when=_(
        "A manager changes while a review is written, in a cycle that asks: to the reviewer, the new manager and HR."
    ),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
CHANGE_SETTLED = notice_kind(
    "performance.reviewer_change_settled",
    _("The review of %(person)s stays with %(other)s"),
    when=_("It was decided that the reviewer goes on after a change of manager: to both."),
    group=GROUP,
)
SHARED = notice_kind(
    "performance.review_shared",
    _("Your review “%(cycle)s” is shared with you: read it and acknowledge it"),
    when=_("A review is shared: to the employee."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
TO_ACKNOWLEDGE = notice_kind(
    "performance.review_to_acknowledge",
    _("Your answer to the review “%(cycle)s” is due soon: acknowledge it, or say that you disagree"),
    when=_("A few days before the answer to a shared review is due: to the employee."),
    group=GROUP,
)
NOT_ACKNOWLEDGED = notice_kind(
    "performance.review_not_acknowledged",
    _("%(person)s has not answered the shared review: talk about it"),
    when=_("The answer to a shared review is late: to the reviewer."),
    group=GROUP,
)
NOT_ACKNOWLEDGED_TO_HR = notice_kind(
    "performance.reviews_not_acknowledged",
    _("Shared reviews of “%(cycle)s” that nobody has answered in time: %(count)s"),
    when=_("Once a week to HR, while answers to shared reviews are late."),
    group=GROUP,
)
DISPUTED = notice_kind(
    "performance.review_disputed",
    _("%(person)s disputes the review: read why and answer"),
    when=_("An employee disputes a shared review: to HR, and to the reviewer to read."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
SETTLED = notice_kind(
    "performance.dispute_settled",
    _("There is an answer to your dispute of the review “%(cycle)s”: read it"),
    when=_("HR answers a dispute: to the employee."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)

CATCH_UP = datetime.timedelta(days=7)


def tell_returned(review: Review) -> None:
    _tell(RETURNED, review, [review.reviewer_id])


def tell_extended(review: Review) -> None:
    """Whoever is at work on it: the employee, or the reviewer and who writes for them."""
    delegation = review.current_delegation
    writers = [review.reviewer_id, delegation.delegate_id if delegation else None]
    _tell(EXTENDED, review, [review.employee_id] if review.state == ReviewState.SELF_ASSESSMENT else writers)


def tell_reassigned(review: Review, previous: int | None) -> None:
    """The new reviewer; the one before, where they can still open it."""
    _tell(REASSIGNED, review, [review.reviewer_id])
    if previous in review.employee.manager_ids and review.reviewer:
        _tell(REASSIGNED_FROM, review, [previous], other=review.reviewer.name)


def tell_delegated(review: Review, delegation: ReviewDelegation) -> None:
    _tell(DELEGATED, review, [delegation.delegate_id], other=delegation.reviewer.name)


def tell_delegate_done(review: Review, delegation: ReviewDelegation) -> None:
    _tell(DELEGATE_DONE, review, [review.reviewer_id], other=delegation.delegate.name)


def tell_manager_changed(review: Review, change: ReviewerChange) -> None:
    """Those who can decide it."""
    people = [review.reviewer_id, change.new_manager_id, *hr_to_ask(review.employee)]
    url = reverse("performance:review_settle_change", args=[review.pk])
    _tell(MANAGER_CHANGED, review, people, url=url, other=change.new_manager.name)


def tell_change_settled(review: Review, change: ReviewerChange, *, by: Principal | None) -> None:
    """Both managers, except whoever decided it."""
    people = {review.reviewer_id, change.new_manager_id} - {by.viewer.employee_id if by else None}
    if review.reviewer:
        _tell(CHANGE_SETTLED, review, people, other=review.reviewer.name)


def tell_shared(reviews: Iterable[Review]) -> None:
    """The employees, in one statement for all of them."""
    notify(
        SHARED,
        (
            Message(
                review.employee_id,
                f"review-{review.pk}-{review.revision}",
                review.get_absolute_url(),
                {"cycle": review.cycle.name},
            )
            for review in reviews
        ),
    )


def tell_disputed(review: Review) -> None:
    _tell(DISPUTED, review, {review.reviewer_id, *hr_to_ask(review.employee, besides=[review.employee_id])})


def tell_settled(review: Review) -> None:
    message = Message(
        review.employee_id,
        f"review-{review.pk}-{review.revision}",
        review.get_absolute_url(),
        {"cycle": review.cycle.name},
    )
    notify(SETTLED, [message])


def remind_to_acknowledge(shared: QuerySet[Review]) -> int:
    """Employees whose answer to a shared review is due soon; how many."""
    today = timezone.localdate()
    soon = list(shared.filter(acknowledge_due_on__range=(today, today + datetime.timedelta(days=3))))
    notify(
        TO_ACKNOWLEDGE,
        [
            Message(
                review.employee_id,
                f"review-{review.pk}-{review.revision}",
                review.get_absolute_url(),
                {"cycle": review.cycle.name},
            )
            for review in soon
        ],
    )
    return len(soon)


def tell_not_acknowledged(shared: QuerySet[Review]) -> int:
    """The reviewers of shared reviews whose answer is late, once for each; HR once a week with the number; how many are late."""
    today = timezone.localdate()
    late = shared.filter(acknowledge_due_on__lt=today)
    fresh = late.filter(acknowledge_due_on__gte=today - CATCH_UP).exclude(reviewer=None)
    notify(
        NOT_ACKNOWLEDGED,
        [
            Message(
                review.reviewer_id,
                f"review-{review.pk}-{review.revision}",
                review.get_absolute_url(),
                {"person": review.employee.name},
            )
            for review in fresh
            if review.reviewer_id
        ],
    )
    notify(NOT_ACKNOWLEDGED_TO_HR, _to_hr(late, today))
    return late.count()


def _to_hr(late: QuerySet[Review], today: datetime.date) -> Iterator[Message]:
    year, week, _day = today.isocalendar()
    for viewer in hr_viewers() if late.exists() else ():
        rows = late.filter(viewer.hr()).order_by().values_list("cycle", "cycle__name").annotate(count=Count("pk"))
        for cycle, name, count in rows:
            url = f"{reverse('performance:review_list')}?show=all&cycle={cycle}&state={ReviewState.SHARED}"
            words = {"cycle": name, "count": str(count)}
            if viewer.employee_id:
                yield Message(viewer.employee_id, f"cycle-{cycle}-{year}-W{week:02}", url, words)


def _tell(
    kind: NoticeKind, review: Review, people: Iterable[int | None], *, url: str = "", key: str = "", **words: str
) -> None:
    """Tell each of these people, once for this occasion. Without a key every call is an occasion of its own."""
    url, words = url or review.get_absolute_url(), {"person": review.employee.name, **words}
    key = key or f"review-{review.pk}-{timezone.now():%Y%m%dT%H%M%S%f}"
    told = {person for person in people if person is not None}
    notify(kind, [Message(person, key, url, words) for person in sorted(told)])
