"""What waits for somebody: one query per section, whatever the size of the company."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from calibration.enums import SessionState
from calibration.models import CalibrationSession, HandOver
from hrportal.journal.enums import DeliveryState
from hrportal.people.enums import Role
from performance.enums import BEING_WRITTEN, GoalState, ReviewState, Side
from performance.models import KeyResult, Review
from talent.enums import ItemState
from talent.models import PlanAction

MOST = 12
STALE_AFTER = datetime.timedelta(days=30)


@dataclass
class Task:
    """One thing to do, with the page where it is done."""

    title: str
    detail: str
    url: str
    due_on: datetime.date | None = None
    badge: str = ""

    @property
    def is_late(self) -> bool:
        return bool(self.due_on and self.due_on < timezone.localdate())


@dataclass
class Section:
    """Tasks of one kind. `more` says that there are others behind `more_url`."""

    title: str
    icon: str
    tasks: list[Task] = field(default_factory=list)
    more_url: str = ""

    @property
    def shown(self) -> list[Task]:
        return self.tasks[:MOST]

    @property
    def more(self) -> bool:
        return len(self.tasks) > MOST


def work_of(user: Any) -> list[Section]:
    """The sections that hold something for this person, most urgent first."""
    if not user.viewer.employee_id:
        return []
    me = user.viewer.employee_id
    sections = [
        Section(_("Reviews to write"), "pencil", _reviews_to_write(me), reverse("performance:review_list")),
        Section(_("Reviews to approve"), "check2", _reviews_to_approve(user), reverse("performance:review_list")),
        Section(_("Your own review"), "person-check", _own_reviews(me)),
        Section(_("For HR to settle"), "life-preserver", _for_hr(user)),
        Section(_("Calibration"), "sliders", _sessions(user), reverse("calibration:session_list")),
        Section(_("Development"), "graph-up-arrow", _development(me), reverse("talent:plan_list")),
        Section(_("Goals without a check-in"), "bullseye", _silent_goals(me), reverse("performance:objective_list")),
    ]
    return [section for section in sections if section.tasks]


def _take(rows: Any) -> Any:
    """One more than is shown, to know whether there are more."""
    return rows[: MOST + 1]


def _reviews_to_write(me: int) -> list[Task]:
    reviews = Review.objects.filter(reviewer_id=me, state__in=BEING_WRITTEN).with_people()
    return [
        Task(
            title=review.employee.name,
            detail=review.cycle.name,
            badge=_("waits for the self-assessment")
            if review.state == ReviewState.SELF_ASSESSMENT
            else _("ready for you"),
            url=reverse("performance:review_write", args=[review.pk]),
            due_on=review.cycle.manager_due_on,
        )
        for review in _take(reviews.order_by("cycle__manager_due_on", "-state", "id"))
    ]


def _reviews_to_approve(user: Any) -> list[Task]:
    waiting = Review.objects.visible_to(user).filter(state=ReviewState.SECOND_APPROVAL).with_people()
    mine = waiting.filter(reviewer__manager_id=user.viewer.employee_id)
    return [
        Task(review.employee.name, review.cycle.name, reverse("performance:review_detail", args=[review.pk]))
        for review in _take(mine.order_by("id"))
    ]


def _own_reviews(me: int) -> list[Task]:
    waiting = Q(state=ReviewState.SELF_ASSESSMENT, parts__side=Side.SELF, parts__submitted_at=None)
    own = Review.objects.filter(employee_id=me).filter(waiting | Q(state=ReviewState.SHARED)).with_people().distinct()
    return [_own_review(review) for review in _take(own.order_by("-cycle__ends_on"))]


def _own_review(review: Review) -> Task:
    if review.state == ReviewState.SHARED:
        url = reverse("performance:review_detail", args=[review.pk])
        return Task(_("Read and acknowledge your review"), review.cycle.name, url)
    url = reverse("performance:self_assessment_write", args=[review.pk])
    return Task(_("Write your self-assessment"), review.cycle.name, url, due_on=review.cycle.self_due_on)


def _for_hr(user: Any) -> list[Task]:
    """Reviews nobody is there to write, by cycle, and what is stuck between performance and talent."""
    if not user.viewer.is_hr:
        return []
    orphans = Review.objects.visible_to(user).without_writer()
    by_cycle = orphans.order_by().values_list("cycle", "cycle__name").annotate(count=Count("pk"))
    tasks = [
        Task(
            ngettext("%d review has nobody to write it", "%d reviews have nobody to write them", count) % count,
            name,
            reverse("performance:cycle_detail", args=[cycle]),
        )
        for cycle, name, count in _take(by_cycle.order_by("-cycle"))
    ]
    parked = HandOver.objects.visible_to(user).filter(state=DeliveryState.PARKED).count()
    if parked:
        words = ngettext("%d hand-over is parked", "%d hand-overs are parked", parked) % parked
        url = f"{reverse('calibration:handover_list')}?state={DeliveryState.PARKED}"
        tasks.insert(0, Task(words, _("Look at the error and try again."), url))
    return tasks


def _sessions(user: Any) -> list[Task]:
    me = user.viewer.employee_id
    mine = Q(facilitator_id=me) | Q(participants__employee_id=me)
    sessions = CalibrationSession.objects.visible_to(user).exclude(state=SessionState.LOCKED)
    if not user.viewer.has(Role.HR_LEADER):
        sessions = sessions.filter(mine)
    return [
        Task(session.name, session.cycle.name, reverse("calibration:session_detail", args=[session.pk]), session.due_on)
        for session in _take(sessions.with_cycle().distinct().order_by("due_on", "id"))
    ]


def _development(me: int) -> list[Task]:
    own = PlanAction.objects.filter(
        item__plan__employee_id=me, item__state=ItemState.OPEN, item__shared_at__isnull=False, done_at=None
    ).select_related("item__plan")
    return [
        Task(action.title, action.item.title, reverse("talent:plan_detail", args=[action.item.plan_id]), action.due_on)
        for action in _take(own.order_by("due_on", "id"))
    ]


def _silent_goals(me: int) -> list[Task]:
    quiet_since = timezone.now() - STALE_AFTER
    results = KeyResult.objects.filter(
        Q(last_check_in_at__lt=quiet_since) | Q(last_check_in_at=None),
        objective__owner_id=me,
        objective__state=GoalState.ACTIVE,
        objective__starts_on__lt=quiet_since.date(),
    ).select_related("objective")
    return [
        Task(
            title=result.title,
            detail=result.objective.title,
            url=reverse("performance:objective_detail", args=[result.objective_id]),
            due_on=result.objective.due_on,
        )
        for result in _take(results.order_by("objective__due_on", "id"))
    ]
