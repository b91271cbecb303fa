"""The reminders of every day: what is due soon, what is late, what is told to the next above, what nobody is there to do.

Each is a few queries for a whole cycle, whatever its size, and is keyed by its occasion, so that a day that runs twice
tells once. Who missed a day (the portal was down) is told within a week; older lateness was told before.
"""

import datetime
from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrportal.common.paths import ids_of
from hrportal.notices.catalogue import NoticeKind, notice_kind
from hrportal.notices.sending import Message, notify
from hrportal.people.enums import HR_ROLES
from hrportal.people.models import RoleGrant
from hrportal.people.viewer import Viewer
from performance.cycles.lateness import goals_due, manager_due, self_due
from performance.enums import ReviewState
from performance.models import Review, ReviewCycle
from performance.notices.cycles import GROUP, review_url

CATCH_UP = datetime.timedelta(days=7)
ONE_DAY = datetime.timedelta(days=1)

SELF_DUE = notice_kind(
    "performance.self_assessment_due",
    _("Your self-assessment for “%(cycle)s” is due soon"),
    when=_("A few days before it is due, as the cycle says."),
    group=GROUP,
)
SELF_LATE = notice_kind(
    "performance.self_assessment_late",
    _("Your self-assessment for “%(cycle)s” is late: please hand it in"),
    when=_("The day after it was due."),
    group=GROUP,
)
GOALS_DUE = notice_kind(
    "performance.goals_due",
    _("Goals to agree for “%(cycle)s”: %(count)s"),
    when=_("A few days before goals are to be agreed, and the day after."),
    group=GROUP,
)
MANAGER_DUE = notice_kind(
    "performance.reviews_due",
    _("Reviews of “%(cycle)s” that are due soon: %(count)s"),
    when=_("A few days before they are due, once for all of one day."),
    group=GROUP,
)
MANAGER_LATE = notice_kind(
    "performance.reviews_late",
    _("Reviews of “%(cycle)s” that are late: %(count)s"),
    when=_("The day after they were due, once for all of one day."),
    group=GROUP,
)
SELF_MISSING = notice_kind(
    "performance.self_assessments_missing",
    _("Self-assessments for “%(cycle)s” that your people have not handed in: %(count)s"),
    when=_("Some days after they were due; their reviewer can ask, or go on without them."),
    group=GROUP,
)
ESCALATED = notice_kind(
    "performance.reviews_escalated",
    _("%(person)s is late with reviews of “%(cycle)s”: %(count)s"),
    when=_("Some days after they were due, as the cycle says, to whom the reviewer reports."),
    group=GROUP,
)
APPROVALS_WAIT = notice_kind(
    "performance.approvals_wait",
    _("Reviews of “%(cycle)s” that wait for your approval: %(count)s"),
    when=_("Once a week while something waits."),
    group=GROUP,
)
WITHOUT_WRITER = notice_kind(
    "performance.reviews_without_writer",
    _("Reviews of “%(cycle)s” that nobody is there to write: %(count)s"),
    when=_("Once a week to HR, while a review has no reviewer who works here."),
    group=GROUP,
)


def remind(cycle: ReviewCycle, today: datetime.date) -> None:
    """Tell everybody what a cycle under way wants of them today."""
    reviews = Review.objects.filter(cycle=cycle)
    soon = (today, today + datetime.timedelta(days=cycle.remind_days_before))
    late = (today - CATCH_UP, today - ONE_DAY)
    waited = datetime.timedelta(days=cycle.escalate_days_after)
    long_late = (today - waited - CATCH_UP, today - waited)
    _tell_employees(SELF_DUE, reviews.filter(self_due(range=soon)), cycle)
    _tell_employees(SELF_LATE, reviews.filter(self_due(range=late)), cycle)
    for span, occasion in ((soon, "soon"), (late, "late")):
        _tell_reviewers(GOALS_DUE, reviews.filter(goals_due(range=span)), cycle, F("cycle__goals_due_on"), occasion)
    _tell_reviewers(MANAGER_DUE, reviews.filter(manager_due(range=soon)), cycle, F("manager_due_on"))
    _tell_reviewers(MANAGER_LATE, reviews.filter(manager_due(range=late)), cycle, F("manager_due_on"))
    _tell_reviewers(SELF_MISSING, reviews.filter(self_due(range=long_late)), cycle, F("self_due_on"))
    notify(ESCALATED, _escalations(reviews.filter(manager_due(range=long_late)), cycle))
    notify(APPROVALS_WAIT, _approvals(reviews, cycle, today))
    notify(WITHOUT_WRITER, _orphans(reviews.without_writer(), cycle, today))


def _tell_employees(kind: NoticeKind, reviews: QuerySet[Review], cycle: ReviewCycle) -> None:
    rows = reviews.order_by().values_list("pk", "employee", "self_due_on")
    notify(
        kind,
        (
            Message(employee, key=f"review-{pk}-{due}", url=review_url(pk), words={"cycle": cycle.name})
            for pk, employee, due in rows
        ),
    )


def _tell_reviewers(
    kind: NoticeKind, reviews: QuerySet[Review], cycle: ReviewCycle, due: F, occasion: str = "due"
) -> None:
    """One message for a reviewer and a due date, however many reviews are due then."""
    rows = reviews.exclude(reviewer=None).order_by().values("reviewer", day=due).annotate(count=Count("pk"))
    url = f"{reverse('performance:review_list')}?show=to_write&cycle={cycle.pk}"
    messages = (
        Message(
            row["reviewer"],
            key=f"cycle-{cycle.pk}-{occasion}-{row['day']}",
            url=url,
            words={"cycle": cycle.name, "count": str(row["count"])},
        )
        for row in rows
    )
    notify(kind, messages)


def _escalations(reviews: QuerySet[Review], cycle: ReviewCycle) -> Iterator[Message]:
    """To whom each late reviewer reports, if that is not the person under review."""
    above = reviews.exclude(reviewer__manager=None).exclude(reviewer__manager=F("employee"))
    names = ("reviewer__preferred_name", "reviewer__first_name", "reviewer__last_name")
    rows = above.order_by().values_list("reviewer", "reviewer__manager", "manager_due_on", *names)
    url = f"{reverse('performance:review_list')}?show=team&cycle={cycle.pk}"
    for reviewer, manager, due, preferred, first, last, count in rows.annotate(count=Count("pk")):
        words = {"cycle": cycle.name, "person": f"{preferred or first} {last}", "count": str(count)}
        yield Message(manager, key=f"cycle-{cycle.pk}-{reviewer}-{due}", url=url, words=words)


def _approvals(reviews: QuerySet[Review], cycle: ReviewCycle, today: datetime.date) -> Iterator[Message]:
    waiting = reviews.filter(state=ReviewState.SECOND_APPROVAL).exclude(reviewer=None)
    rows = waiting.order_by().values_list("employee", "reviewer__path")
    approvers = Counter(_nearest_above(path, employee) for employee, path in rows)
    url = f"{reverse('performance:review_list')}?show=to_approve&cycle={cycle.pk}"
    for approver, count in approvers.items():
        if approver:
            words = {"cycle": cycle.name, "count": str(count)}
            yield Message(approver, key=f"cycle-{cycle.pk}-{_week(today)}", url=url, words=words)


def _nearest_above(path: str, employee: int) -> int | None:
    """As `second_approver_id`, without reading the reviewer."""
    return next((person for person in reversed(ids_of(path)[:-1]) if person != employee), None)


def _orphans(orphans: QuerySet[Review], cycle: ReviewCycle, today: datetime.date) -> Iterator[Message]:
    """Each HR person with the number of those they look after."""
    url = reverse("performance:cycle_detail", args=[cycle.pk])
    for viewer in hr_viewers() if orphans.exists() else ():
        count = orphans.filter(viewer.hr()).count()
        if count and viewer.employee_id:
            words = {"cycle": cycle.name, "count": str(count)}
            yield Message(viewer.employee_id, key=f"cycle-{cycle.pk}-{_week(today)}", url=url, words=words)


def hr_viewers() -> list[Viewer]:
    """Everybody in HR, with the rights by which their own share of something is counted."""
    grants = RoleGrant.objects.current().filter(role__in=HR_ROLES, user__is_active=True, user__employee__isnull=False)
    users = {grant.user_id: grant.user for grant in grants.select_related("user")}
    return [user.viewer for _pk, user in sorted(users.items())]


def _week(day: datetime.date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"
