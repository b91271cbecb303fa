"""Tasks of talent management."""

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.home.work.tasks import MOST, Task, take
from hrportal.people.viewer import Principal
from talent.enums import ItemState, TalentReviewState
from talent.mobility.tasks import opportunity_tasks
from talent.models import PlanAction, RefreshTask, ReviewTask, TalentReview, Vacancy
from talent.retention.tasks import retention_tasks


def asked_by_hr(user: Principal) -> list[Task]:
    """What somebody shall do about keeping people; to those who may not know about whom, it does not say."""
    found = retention_tasks(user, timezone.localdate(), most=MOST + 1)
    return [Task(task.title, task.detail, task.url, task.due_on) for task in found]


def opportunities(user: Principal) -> list[Task]:
    """Invitations and offers to answer; interest in what one posted, as far as one may know of it."""
    found = opportunity_tasks(user, timezone.localdate(), most=MOST + 1)
    return [Task(task.title, task.detail, task.url, task.due_on) for task in found]


def development(me: int) -> list[Task]:
    own = PlanAction.objects.filter(
        item__plan__employee_id=me, item__state=ItemState.OPEN, item__shared_at__isnull=False, done_at=None
    ).select_related("item__plan")
    return [
        Task(action.title, action.item.title, reverse("talent:plan_detail", args=[action.item.plan_id]), action.due_on)
        for action in take(own.order_by("due_on", "id"))
    ]


def talent_reviews(user: Principal) -> list[Task]:
    """Tasks that came of talent reviews, naming whom they are about only where their owner may know; then the meetings
    one leads, or could still write notes for."""
    me = user.viewer.employee_id
    own = ReviewTask.objects.visible_to(user).open().filter(owner=me).naming(user).with_all()
    tasks = [
        Task(
            task.title,
            task.decision.member.employee.name if task.names_person else _("Task from a talent review"),
            reverse("talent:review_task_detail", args=[task.pk]),
            task.due_on,
            _("Task from a talent review") if task.names_person else "",
        )
        for task in take(own.order_by("due_on", "id"))
    ]
    meetings = TalentReview.objects.visible_to(user).filter(TalentReview.objects.at_table(user.viewer))
    running = meetings.filter(state__in=[TalentReviewState.PREPARING, TalentReviewState.OPEN])
    return tasks + [_talent_review(review, me) for review in take(running.order_by("held_on", "id"))]


def _talent_review(review: TalentReview, me: int | None) -> Task:
    """A meeting with what one does for it now."""
    if review.takes_notes:
        url = reverse("talent:talent_review_notes", args=[review.pk])
        return Task(review.name, _("Write notes before the meeting"), url, review.prepare_until)
    badge = _("yours to lead") if me in review.leader_ids else review.get_state_display()
    return Task(review.name, _("Talent review"), review.get_absolute_url(), review.held_on, badge)


def out_of_date(user: Principal) -> list[Task]:
    """Data about others that this person is asked to look at again."""
    tasks = RefreshTask.objects.visible_to(user).open().filter(owner_id=user.viewer.employee_id).with_subject()
    return [
        Task(
            str(task.plan or task.employee),
            _("Bench and readiness") if task.plan else str(task.get_kind_display()),
            reverse("talent:refresh_task_list"),
            task.due_on,
        )
        for task in take(tasks.order_by("due_on", "id"))
    ]


def vacancies(user: Principal) -> list[Task]:
    """For HR: critical roles to fill, those somebody was found on first, which only need a word."""
    if not user.viewer.is_hr:
        return []
    open_ones = Vacancy.objects.visible_to(user).open().critical().with_seat()
    return [
        Task(
            vacancy.position.name,
            _("Somebody took the seat: say how it was filled") if vacancy.proposed else _("Begin with the bench"),
            vacancy.get_absolute_url(),
        )
        for vacancy in take(open_ones.order_by(F("proposed").asc(nulls_last=True), "opened_on", "id"))
    ]
