"""What people are told about a cycle: it began, somebody joined, dates moved, a deadline nears or passed.

Whoever writes many reviews is told once for all of them, with their number. Reminders of deadlines are in `deadlines.py`.
"""

from collections.abc import Iterable

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.notices.catalogue import notice_kind
from hrportal.notices.enums import MailRhythm
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import Role
from hrportal.people.models import RoleGrant
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle

GROUP = _("Review cycles")

OPENED = notice_kind(
    "performance.review_opened",
    _("Your review “%(cycle)s” is open: write your self-assessment"),
    when=_("A cycle was launched, the writing began, or your day in a cycle has come."),
    group=GROUP,
)
GOALS_TO_AGREE = notice_kind(
    "performance.goals_to_agree",
    _("Agree your goals for “%(cycle)s” with your reviewer"),
    when=_("A cycle begins with agreeing goals."),
    group=GROUP,
)
TO_WRITE = notice_kind(
    "performance.reviews_to_write",
    _("Reviews of “%(cycle)s” that are yours to write: %(count)s"),
    when=_("A cycle was launched or took in more people; once for all of them."),
    group=GROUP,
)
JOINED_LATE = notice_kind(
    "performance.review_opened_late",
    _("You were added to “%(cycle)s”, which is under way: write your self-assessment"),
    when=_("You were added to a cycle under way."),
    group=GROUP,
)
JOINED_LATE_TO_WRITE = notice_kind(
    "performance.late_review_to_write",
    _("%(person)s was added to “%(cycle)s”: the review is yours to write"),
    when=_("Somebody you review was added to a cycle under way."),
    group=GROUP,
)
EXTENDED = notice_kind(
    "performance.cycle_extended",
    _("There is more time for “%(cycle)s”: see the new dates"),
    when=_("HR moved the dates of a cycle, and something of it is still yours to write."),
    group=GROUP,
)
NUDGED = notice_kind(
    "performance.nudged",
    _("Please go on with the review of %(person)s in “%(cycle)s”"),
    when=_("HR or somebody above asks you to go on with one review, or everybody who is late."),
    group=GROUP,
    mail=MailRhythm.AT_ONCE,
)
NEXT_LAUNCHED = notice_kind(
    "performance.next_cycle_launched",
    _("The cycle “%(cycle)s” follows the one that ended: look at it"),
    when=_("A cycle that repeats has ended; the next one was launched, or waits as a draft if it could not be."),
    group=GROUP,
)


def reviews_opened(cycle: ReviewCycle, reviews: Iterable[Review]) -> None:
    """Tell the employees that they can write, or what comes before writing."""
    kind = GOALS_TO_AGREE if cycle.sets_goals else OPENED
    notify(kind, (_to_employee(cycle, review) for review in reviews))


def joined_late(cycle: ReviewCycle, reviews: Iterable[Review]) -> None:
    """Tell employees who come later than the others."""
    kind = GOALS_TO_AGREE if cycle.sets_goals else JOINED_LATE
    notify(kind, (_to_employee(cycle, review) for review in reviews))


def joined_late_to_write(cycle: ReviewCycle, reviews: Iterable[Review]) -> None:
    """Tell those who write the reviews of late joiners, by name."""
    messages = (
        Message(
            review.reviewer_id,
            key=f"review-{review.pk}",
            url=review.get_absolute_url(),
            words={"cycle": cycle.name, "person": review.employee.name},
        )
        for review in reviews
        if review.reviewer_id
    )
    notify(JOINED_LATE_TO_WRITE, messages)


def reviews_to_write(cycle: ReviewCycle, reviews: QuerySet[Review], *, occasion: str) -> None:
    """Tell each reviewer once how many of these are theirs."""
    notify(TO_WRITE, reviewers_told(cycle, reviews, occasion))


def cycle_extended(cycle: ReviewCycle, reviews: QuerySet[Review], *, occasion: str) -> None:
    """Tell those who still write, employee and reviewer, that they have more time."""
    writing = reviews.filter(state__in=[ReviewState.GOAL_SETTING, ReviewState.SELF_ASSESSMENT])
    own = (
        Message(employee, key=f"cycle-{cycle.pk}-{occasion}", url=review_url(pk), words={"cycle": cycle.name})
        for pk, employee in writing.order_by().values_list("pk", "employee")
    )
    notify(EXTENDED, own)
    notify(EXTENDED, reviewers_told(cycle, reviews, occasion))


def nudged(reviews: Iterable[tuple[int, Review]], *, occasion: str) -> None:
    """Ask people to go on: each with the review they hold up."""
    messages = (
        Message(
            employee,
            key=f"review-{review.pk}-{occasion}",
            url=review.get_absolute_url(),
            words={"cycle": review.cycle.name, "person": review.employee.name},
        )
        for employee, review in reviews
    )
    notify(NUDGED, messages)


def next_cycle(cycle: ReviewCycle) -> None:
    """Tell HR leaders what became of a cycle that repeats."""
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    leaders = RoleGrant.objects.current().filter(role=Role.HR_LEADER, user__employee__isnull=False)
    people = set(leaders.values_list("user__employee", flat=True))
    notify(
        NEXT_LAUNCHED,
        (Message(person, key=f"cycle-{cycle.pk}", url=url, words={"cycle": cycle.name}) for person in sorted(people)),
    )


def reviewers_told(cycle: ReviewCycle, reviews: QuerySet[Review], occasion: str) -> Iterable[Message]:
    """One message for each reviewer of these reviews, with their number."""
    rows = reviews.exclude(reviewer=None).order_by().values_list("reviewer").annotate(count=Count("pk"))
    url = f"{reverse('performance:review_list')}?show=to_write&cycle={cycle.pk}"
    for reviewer, count in rows:
        words = {"cycle": cycle.name, "count": str(count)}
        yield Message(reviewer, key=f"cycle-{cycle.pk}-{occasion}", url=url, words=words)


def review_url(pk: int) -> str:
    """The page of a review."""
    return reverse("performance:review_detail", args=[pk])


def _to_employee(cycle: ReviewCycle, review: Review) -> Message:
    return Message(
        review.employee_id, key=f"review-{review.pk}", url=review.get_absolute_url(), words={"cycle": cycle.name}
    )
