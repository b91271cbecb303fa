"""What of retention waits for somebody. It names people only to those who may know."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hrportal.people.viewer import Principal
from talent.models import RetentionAction, RetentionPlan, StayInterview

SOON = datetime.timedelta(days=7)


@dataclass(frozen=True)
class RetentionTask:
    """One thing to do, where, and by when."""

    title: str
    detail: str
    url: str
    due_on: datetime.date | None = None


def retention_tasks(user: Principal, today: datetime.date, *, most: int) -> list[RetentionTask]:
    """Actions one was asked for, plans one owns, talks one shall hold. Three reads (more only to know what was opened)."""
    me = user.viewer.employee_id
    if not me:
        return []
    tasks = [*_actions(user, me, most), *_plans(user, me, today, most), *_talks(user, me, most)]
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on or today, task.url))[:most]


def _actions(user: Principal, me: int, most: int) -> list[RetentionTask]:
    """Without the person: the owner of an action reads its line and nothing else."""
    mine = RetentionAction.objects.visible_to(user).waiting().filter(owner=me).order_by("due_on", "pk")[:most]
    return [RetentionTask(action.title, _("HR asked you"), action.get_absolute_url(), action.due_on) for action in mine]


def _plans(user: Principal, me: int, today: datetime.date, most: int) -> list[RetentionTask]:
    mine = RetentionPlan.objects.visible_to(user).open().filter(owner=me, due_on__lte=today + SOON)
    found = mine.select_related("employee").order_by("due_on", "pk")[:most]
    return [
        RetentionTask(
            plan.employee.name, _("Retention plan: close it or set a new day"), plan.get_absolute_url(), plan.due_on
        )
        for plan in found
    ]


def _talks(user: Principal, me: int, most: int) -> list[RetentionTask]:
    mine = StayInterview.objects.visible_to(user).filter(interviewer=me, state="planned")
    found = mine.select_related("employee").order_by("planned_on", "pk")[:most]
    return [
        RetentionTask(talk.employee.name, _("Hold the stay interview"), talk.get_absolute_url(), talk.planned_on)
        for talk in found
    ]
