"""What of the improvement plans waits for somebody: one query, whatever the number of plans."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.people.viewer import Principal, Viewer
from performance.enums import NOT_CLOSED, RUNNING, ImprovementState, MilestoneResult
from performance.models import ImprovementPlan

SOON = datetime.timedelta(days=7)


@dataclass(frozen=True)
class PlanTask:
    """One thing to do on a plan, and by when."""

    plan: ImprovementPlan
    what: str
    due_on: datetime.date | None = None


def plan_tasks(user: Principal, *, most: int) -> list[PlanTask]:
    """What waits: for HR to decide, for the manager to follow, for the employee to read."""
    viewer = user.viewer
    waiting = Q(state=ImprovementState.HR_APPROVAL) & viewer.hr() & ~_opened_by(viewer)
    own = viewer.oneself() & Q(state__in=[*RUNNING, ImprovementState.PAUSED])
    led = Q(owner_id=viewer.employee_id, state__in=NOT_CLOSED)
    plans = ImprovementPlan.objects.visible_to(user).filter(waiting | own | led).with_content().order_by("pk")
    tasks = [task for plan in plans[:most] for task in _tasks(viewer, plan)]
    return sorted(tasks, key=lambda task: (task.due_on is None, task.due_on or timezone.localdate(), task.plan.pk))


def _opened_by(viewer: Viewer) -> Q:
    return Q(created_by=viewer.employee_id) | Q(submitted_by=viewer.employee_id)


def _tasks(viewer: Viewer, plan: ImprovementPlan) -> Iterator[PlanTask]:
    if plan.employee_id == viewer.employee_id:
        yield _own(plan)
    elif plan.owner_id == viewer.employee_id:
        yield from _led(plan)
    else:
        yield PlanTask(plan, _("Approve it or send it back"))


def _own(plan: ImprovementPlan) -> PlanTask:
    if plan.state == ImprovementState.OPEN:
        return PlanTask(plan, _("Read and acknowledge it"))
    due = [row.due_on for row in plan.milestones.all() if row.due_on and _waits(row)]
    return PlanTask(plan, _("See what comes next"), min(due, default=plan.ends_on))


def _led(plan: ImprovementPlan) -> Iterator[PlanTask]:
    today = timezone.localdate()
    if plan.state == ImprovementState.DRAFT:
        yield PlanTask(plan, _("Finish the draft and hand it to HR"))
    if plan.state not in RUNNING:
        return
    if plan.next_check_in_on and plan.next_check_in_on <= today + SOON:
        yield PlanTask(plan, _("Check in with each other"), plan.next_check_in_on)
    for row in plan.milestones.all():
        if _waits(row) and row.due_on and row.due_on <= today + SOON:
            yield PlanTask(plan, _("Say what became of: %s") % row.title, row.due_on)
    if plan.ends_on and plan.ends_on <= today + SOON:
        yield PlanTask(plan, _("Extend or close it"), plan.ends_on)


def _waits(row: Any) -> bool:
    return row.result == MilestoneResult.NOT_YET and row.dropped_at is None
