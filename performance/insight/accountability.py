"""What was said, decided or promised, and nothing followed: each with the person it is about and the page where it is mended.

Nobody is told more here than elsewhere: reviews, feedback and goals are those the reader sees anyway, of people they
answer for. What counts as following up on the other side (a plan's actions) is said by whoever fills the slot
`performance.follow_ups` (keywords `person`, `since`: names of fields; answer a condition or None).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee, OrgUnit
from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from performance.enums import FINISHED, FeedbackKind, GoalKind, GoalState
from performance.enums.accountability import LooseEnd
from performance.enums.one_to_ones import MeetingState
from performance.insight.span import answers_for, inside, people_of
from performance.models import CheckIn, Feedback, Meeting, Objective, Review

TIME_TO_FOLLOW = datetime.timedelta(days=30)
SILENCE = datetime.timedelta(days=60)
LOOKS_BACK = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Line:
    """One loose end as it is shown: about whom, what, since when, and where to mend it."""

    person: Employee
    what: str
    since: datetime.datetime | datetime.date | None
    url: str
    do: str


def loose_ends(user: Principal, kind: str, unit: OrgUnit | None = None) -> QuerySet[Any]:
    """The rows of one kind, the longest forgotten first. The person each is about is named by `person_field`."""
    rows = _ROWS[LooseEnd(kind)](user)
    prefix = person_field(kind)
    return rows.filter(inside(unit, f"{prefix}__org_unit" if prefix else "org_unit"))


def person_field(kind: str) -> str:
    """The field that leads from a row to its person; empty when the row is the person."""
    return {LooseEnd.REVIEWS: "employee", LooseEnd.FEEDBACK: "recipient", LooseEnd.GOALS: "owner"}.get(
        LooseEnd(kind), ""
    )


def counts_of(user: Principal, kind: str, unit: OrgUnit | None = None) -> dict[str, int]:
    """How many of a kind lie in each unit, by the unit's path. One query."""
    prefix = person_field(kind)
    path = f"{prefix}__org_unit__path" if prefix else "org_unit__path"
    rows = loose_ends(user, kind, unit).order_by().values_list(path).annotate(count=Count("pk"))
    return {path or "": count for path, count in rows}


def with_details(rows: QuerySet[Any], kind: str, user: Principal) -> QuerySet[Any]:
    """With all that a line shows."""
    if kind == LooseEnd.TEAMS:
        return rows.select_related("job", "org_unit").annotate(
            last_check_in=_last(_check_ins(user, OuterRef("pk")), "made_at"),
            last_feedback=_last(_feedback(user, OuterRef("pk")), "given_at"),
            reports_count=Subquery(_count(_reports(OuterRef("pk")))),
        )
    prefix = person_field(kind)
    return rows.select_related(
        f"{prefix}__job", f"{prefix}__org_unit", *({"cycle"} if kind == LooseEnd.REVIEWS else ())
    )


def line_of(row: Any, kind: str) -> Line:
    """One row in words."""
    return _LINES[LooseEnd(kind)](row)


def _unfollowed_reviews(user: Principal) -> QuerySet[Any]:
    """Completed more than 30 days ago; since then no goal was set and nothing was agreed in the plan."""
    now = timezone.now()
    reviews = Review.objects.visible_to(user).filter(answers_for(user.viewer), state__in=FINISHED)
    done = reviews.filter(completed_at__range=(now - LOOKS_BACK, now - TIME_TO_FOLLOW)).exclude(_left("employee__"))
    set_since = Objective.objects.filter(owner=OuterRef("employee"), created_at__gte=OuterRef("completed_at"))
    return done.exclude(is_followed_up("employee", "completed_at", set_since)).order_by("completed_at", "pk")


def _unused_feedback(user: Principal) -> QuerySet[Any]:
    """Coaching and observations from more than 30 days ago, after which no development goal or action was agreed."""
    now = timezone.now()
    seen = Feedback.objects.visible_to(user).filter(answers_for(user.viewer, "recipient__"), taken_back_at=None)
    given = seen.exclude(kind=FeedbackKind.PRAISE).filter(given_at__range=(now - LOOKS_BACK, now - TIME_TO_FOLLOW))
    set_since = Objective.objects.filter(
        owner=OuterRef("recipient"), kind=GoalKind.DEVELOPMENT, created_at__gte=OuterRef("given_at")
    )
    unused = given.exclude(_left("recipient__")).exclude(is_followed_up("recipient", "given_at", set_since))
    return unused.order_by("given_at", "pk")


def _stale_goals(user: Principal) -> QuerySet[Any]:
    """Active goals nobody measured for 30 days."""
    goals = Objective.objects.visible_to(user).stale().filter(answers_for(user.viewer, "owner__"), owner__isnull=False)
    return goals.exclude(_left("owner__")).order_by("starts_on", "pk")


def _silent_teams(user: Principal) -> QuerySet[Any]:
    """Managers whose reports for 60 days measured no goal and got no feedback that the reader could see, and had no one-to-one.

    Of one-to-ones it counts that there was one; with whom and about what stays with the two.
    """
    since = timezone.now() - SILENCE
    led = Exists(_reports(OuterRef("pk")))
    teams = (people_of(user) | _oneself(user)).filter(led)
    heard: Any = Exists(_check_ins(user, OuterRef("pk")).filter(made_at__gte=since)) | Exists(
        _feedback(user, OuterRef("pk")).filter(given_at__gte=since)
    )
    talked = Meeting.objects.filter(
        one_to_one__manager=OuterRef("pk"), state=MeetingState.HELD, held_on__gte=timezone.localdate() - SILENCE
    )
    heard |= Exists(talked)
    return teams.exclude(heard).order_by("last_name", "first_name", "pk")


def _oneself(user: Principal) -> QuerySet[Employee]:
    """One's own team is silent as others are."""
    return Employee.objects.visible_to(user).employed().filter(user.viewer.oneself(""))


def is_followed_up(person: str, since: str, goals: QuerySet[Any]) -> Any:
    """Whether something came after: one of these goals, or what other rooms call following up. `person` and `since` name
    the fields of the row it is asked about."""
    condition: Any = Exists(goals.exclude(state=GoalState.CANCELLED))
    for other in collect("performance.follow_ups", person=person, since=since):
        condition |= other
    return condition


def _left(prefix: str) -> Q:
    return Q(**{f"{prefix}status": EmploymentStatus.LEFT})


def _reports(manager: Any) -> QuerySet[Employee]:
    return Employee.objects.employed().filter(manager=manager)


def _check_ins(user: Principal, manager: Any) -> QuerySet[CheckIn]:
    goals = Objective.objects.visible_to(user).order_by().values("pk")
    return CheckIn.objects.filter(key_result__objective__owner__manager=manager, key_result__objective__in=goals)


def _feedback(user: Principal, manager: Any) -> QuerySet[Feedback]:
    return Feedback.objects.visible_to(user).filter(recipient__manager=manager, taken_back_at=None)


def _last(rows: QuerySet[Any], field: str) -> Subquery:
    return Subquery(rows.order_by(F(field).desc()).values(field)[:1])


def _count(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("manager").annotate(count=Count("pk")).values("count")


_ROWS: dict[LooseEnd, Callable[[Any], QuerySet[Any]]] = {
    LooseEnd.REVIEWS: _unfollowed_reviews,
    LooseEnd.FEEDBACK: _unused_feedback,
    LooseEnd.GOALS: _stale_goals,
    LooseEnd.TEAMS: _silent_teams,
}


def _review_line(review: Review) -> Line:
    url = reverse("performance:review_detail", args=[review.pk])
    return Line(review.employee, review.cycle.name, review.completed_at, url, _("Agree what follows"))


def _feedback_line(feedback: Feedback) -> Line:
    url = reverse("performance:feedback_detail", args=[feedback.pk])
    return Line(feedback.recipient, feedback.get_kind_display(), feedback.given_at, url, _("Read and act on it"))


def _goal_line(goal: Objective) -> Line:
    url = reverse("performance:objective_detail", args=[goal.pk])
    owner: Any = goal.owner
    return Line(owner, goal.title, goal.starts_on, url, _("Check in"))


def _team_line(manager: Any) -> Line:
    heard = [moment for moment in (manager.last_check_in, manager.last_feedback) if moment]
    what = _("%d people report to them") % manager.reports_count
    url = reverse("people:employee_detail", args=[manager.pk])
    return Line(manager, what, max(heard, default=None), url, _("Talk to them"))


_LINES: dict[LooseEnd, Callable[[Any], Line]] = {
    LooseEnd.REVIEWS: _review_line,
    LooseEnd.FEEDBACK: _feedback_line,
    LooseEnd.GOALS: _goal_line,
    LooseEnd.TEAMS: _team_line,
}
