"""What the two of a one-to-one might talk about: only what both of them may read anyway.

Other rooms offer more through the slot `performance.talking_points` (keywords `user`, `one_to_one`; answer a list of `TalkingPoint`).
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from hrportal.people.slots import collect
from hrportal.people.viewer import Principal
from performance.enums import Confidence, FeedbackVisibility, MeetingState, ReviewState
from performance.models import CheckIn, Feedback, KeyResult, Meeting, Objective, OneToOne, Review

MOST = 5
FIRST_LOOK_BACK = datetime.timedelta(days=30)
NOT_ON_TRACK = (Confidence.AT_RISK, Confidence.OFF_TRACK)
TO_TALK_ABOUT = (ReviewState.SELF_ASSESSMENT, ReviewState.MANAGER_REVIEW, ReviewState.SHARED)


@dataclass(frozen=True)
class TalkingPoint:
    """Something to put on the agenda with one click. `key` names where it comes from, so that it is offered once."""

    key: str
    title: str
    why: str
    url: str = ""
    icon: str = "lightbulb"


def talking_points(user: Principal, one_to_one: OneToOne) -> list[TalkingPoint]:
    """What lies near and not on the table yet. Nothing once somebody else leads the employee."""
    if not one_to_one.is_running or one_to_one.employee.manager_id != one_to_one.manager_id:
        return []
    sources: list[Callable[[Any, OneToOne], list[TalkingPoint]]] = [_goals, _feedback, _reviews]
    found = [point for source in sources for point in source(user, one_to_one)]
    for offered in collect("performance.talking_points", user=user, one_to_one=one_to_one):
        found += offered
    taken = set(one_to_one.agenda.open().exclude(source="").values_list("source", flat=True))
    return [point for point in found if point.key not in taken]


def _goals(user: Principal, one_to_one: OneToOne) -> list[TalkingPoint]:
    """Goals of the employee whose last measurement was not on track, and those nobody measured for a month."""
    goals = Objective.objects.visible_to(user).active().filter(owner=one_to_one.employee_id)
    last = CheckIn.objects.filter(key_result=OuterRef("pk")).order_by("-made_at", "-id").values("confidence")[:1]
    measured = KeyResult.objects.annotate(last_confidence=Subquery(last))
    in_trouble = measured.filter(objective=OuterRef("pk"), last_confidence__in=NOT_ON_TRACK)
    goals = goals.annotate(in_trouble=Exists(in_trouble)).with_staleness()
    return [
        TalkingPoint(
            key=f"goal-{goal.pk}",
            title=_("Goal: %s") % goal.title,
            why=_("not on track") if goal.in_trouble else _("no check-in for 30 days"),
            url=reverse("performance:objective_detail", args=[goal.pk]),
            icon="bullseye",
        )
        for goal in goals.filter(Q(in_trouble=True) | Q(is_stale=True))[:MOST]
    ]


def _feedback(user: Principal, one_to_one: OneToOne) -> list[TalkingPoint]:
    """What the employee was told since the last talk, as far as both may read it."""
    opened = Q(visibility__in=[FeedbackVisibility.RECIPIENT_AND_MANAGER, FeedbackVisibility.EVERYONE])
    own = Q(giver=one_to_one.manager_id, visibility=FeedbackVisibility.RECIPIENT)
    rows = Feedback.objects.filter(opened | own, recipient=one_to_one.employee_id, given_at__gte=_since(one_to_one))
    return [
        TalkingPoint(
            key=f"feedback-{row.pk}",
            title=_("%(kind)s from %(person)s") % {"kind": row.get_kind_display(), "person": row.giver.name},
            why=_("given since you last talked"),
            url=reverse("performance:feedback_detail", args=[row.pk]),
            icon="chat-left-text",
        )
        for row in rows.select_related("giver")[:MOST]
    ]


def _reviews(user: Principal, one_to_one: OneToOne) -> list[TalkingPoint]:
    """The employee's review, while a step of it is theirs or the manager's."""
    reviews = Review.objects.visible_to(user).filter(employee=one_to_one.employee_id, state__in=TO_TALK_ABOUT)
    return [
        TalkingPoint(
            key=f"review-{review.pk}-{review.state}",
            title=_("Review: %s") % review.cycle.name,
            why=str(review.get_state_display()),
            url=reverse("performance:review_detail", args=[review.pk]),
            icon="clipboard-check",
        )
        for review in reviews.select_related("cycle")[:MOST]
    ]


def _since(one_to_one: OneToOne) -> datetime.datetime:
    """The end of the last talk that was held; before the first, a month ahead of the series."""
    held = Meeting.objects.filter(one_to_one=one_to_one, state=MeetingState.HELD, settled_at__isnull=False)
    return (
        held.order_by("-settled_at").values_list("settled_at", flat=True).first()
        or one_to_one.started_at - FIRST_LOOK_BACK
    )
