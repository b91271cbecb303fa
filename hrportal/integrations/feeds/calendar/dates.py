"""Which dates a person has: what waits for them with a day, and their one-to-ones.

A calendar is often shared with colleagues and shown on screens, so a title says what kind of thing is due and no more:
no goal, no review of whom, no text. Improvement plans, retention, potential and succession are in no calendar at all.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from performance.enums import BEING_WRITTEN, MeetingState, ReviewState, Side
from performance.models import ActionItem, AnswerSheet, FeedbackRequest, KeyResult, Meeting, Objective, Review
from performance.models.reviews import ReviewQuerySet
from talent.enums import ItemState
from talent.models import PlanAction

PAST = datetime.timedelta(days=60)
AHEAD = datetime.timedelta(days=400)
# More than anybody has; a mistake somewhere else must not make a calendar nobody can load.
MOST_OF_A_KIND = 500


@dataclass(frozen=True)
class Date:
    """One day with something on it. `key` names it for good, whatever becomes of its day or title."""

    key: str
    title: str
    on: datetime.date
    url: str

    @property
    def digest(self) -> str:
        """Changes when something about it does."""
        return sha256("\n".join((self.title, self.on.isoformat(), self.url)).encode()).hexdigest()


def first_day() -> datetime.date:
    """What lies before it is in no calendar any more."""
    return timezone.localdate() - PAST


def dates_of(user: Any) -> list[Date]:
    """Everything with a day that is this person's, in the words of the active language."""
    if not user.viewer.employee_id:
        return []
    found = [*_talks(user), *_reviews(user), *_feedback(user), *_goals(user), *_actions(user)]
    return sorted(found, key=lambda date: (date.on, date.key))


def _near(rows: Any, day: str) -> Any:
    """Those of a year, the soonest first."""
    today = timezone.localdate()
    near = rows.filter(**{f"{day}__range": (first_day(), today + AHEAD)})
    return near.order_by(day, "pk")[:MOST_OF_A_KIND]


def _talks(user: Any) -> Iterator[Date]:
    talks = Meeting.objects.visible_to(user).filter(state__in=[MeetingState.PLANNED, MeetingState.HELD])
    for talk in _near(talks.with_people(), "held_on"):
        other = talk.one_to_one.other(user.viewer.employee_id)
        title = _("One-to-one with %(person)s") % {"person": other.name}
        yield Date(f"one-to-one-{talk.pk}", title, talk.held_on, talk.get_absolute_url())


def _reviews(user: Any) -> Iterator[Date]:
    me, visible = user.viewer.employee_id, Review.objects.visible_to(user)
    writes = visible.filter(ReviewQuerySet.written_by(user.viewer), state__in=BEING_WRITTEN)
    for review in _near(writes, "manager_due_on"):
        url = reverse("performance:review_write", args=[review.pk])
        yield Date(f"review-{review.pk}", _("Review due"), review.manager_due_on, url)
    mine = visible.filter(employee_id=me)
    assesses = mine.filter(state=ReviewState.SELF_ASSESSMENT, parts__side=Side.SELF, parts__submitted_at=None)
    for review in _near(assesses, "self_due_on"):
        url = reverse("performance:self_assessment_write", args=[review.pk])
        yield Date(f"self-assessment-{review.pk}", _("Self-assessment due"), review.self_due_on, url)
    for review in _near(mine.filter(state=ReviewState.SHARED), "acknowledge_due_on"):
        title = _("Answer to your review due")
        yield Date(f"acknowledge-{review.pk}", title, review.acknowledge_due_on, review.get_absolute_url())
    agree = visible.filter(state=ReviewState.GOAL_SETTING, goals_agreed_at=None)
    agree = (agree.filter(employee_id=me) | agree.filter(reviewer_id=me)).select_related("cycle")
    for review in _near(agree, "cycle__goals_due_on"):
        title = _("Agreement on goals due")
        yield Date(f"agree-goals-{review.pk}", title, review.cycle.goals_due_on, review.get_absolute_url())


def _feedback(user: Any) -> Iterator[Date]:
    asked = FeedbackRequest.objects.visible_to(user).open().filter(asked_id=user.viewer.employee_id)
    for row in _near(asked, "due_on"):
        yield Date(f"feedback-{row.pk}", _("Feedback due"), row.due_on, row.get_absolute_url())
    sheets = AnswerSheet.objects.visible_to(user).open().select_related("rater__round")
    for sheet in _near(sheets, "rater__round__due_on"):
        url = reverse("performance:round_answer", args=[sheet.rater_id])
        yield Date(f"feedback-round-{sheet.pk}", _("Feedback due"), sheet.rater.round.due_on, url)


def _goals(user: Any) -> Iterator[Date]:
    own = Objective.objects.visible_to(user).active().filter(owner_id=user.viewer.employee_id)
    for goal in _near(own, "due_on"):
        url = reverse("performance:objective_detail", args=[goal.pk])
        yield Date(f"goal-{goal.pk}", _("Goal due"), goal.due_on, url)
    measured = KeyResult.objects.filter(objective__in=own.order_by().values("pk"))
    for result in _near(measured, "next_due_on"):
        url = reverse("performance:objective_detail", args=[result.objective_id])
        yield Date(f"check-in-{result.pk}", _("Goal check-in due"), result.next_due_on, url)


def _actions(user: Any) -> Iterator[Date]:
    me = user.viewer.employee_id
    agreed = ActionItem.objects.visible_to(user).open().filter(owner_id=me).select_related("one_to_one")
    for row in _near(agreed, "due_on"):
        title = _("Agreed action due")
        yield Date(f"agreed-{row.pk}", title, row.due_on, row.one_to_one.get_absolute_url())
    steps = (
        PlanAction.objects.visible_to(user)
        .filter(item__plan__employee_id=me, item__state=ItemState.OPEN, item__shared_at__isnull=False, done_at=None)
        .select_related("item__plan")
    )
    for step in _near(steps, "due_on"):
        url = reverse("talent:plan_detail", args=[step.item.plan_id])
        yield Date(f"development-{step.pk}", _("Development action due"), step.due_on, url)
