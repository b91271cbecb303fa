"""Daily work of retention: exits nobody recorded yet, and reminders, each told once."""

import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from talent.actions.exits import record_exits
from talent.actions.retention_common import may_read_of
from talent.actions.retention_plans import close_plans_of_leavers
from talent.enums import StayInterviewState
from talent.models import Exit, RetentionAction, RetentionPlan, StayInterview
from talent.notices import retention as notices
from talent.notices import stay_interviews as talk_notices

CHUNK = 500


@every_day("talent.follow_retention", _("Retention: exits and reminders"))
def follow_retention(job: Job) -> dict[str, Any]:
    """Record the exits of people who have left, close their plans, remind of what is overdue. A repeat changes nothing."""
    today, made = timezone.localdate(), 0
    waiting = list(unrecorded(today).values_list("pk", flat=True))
    for start in range(0, len(waiting), CHUNK):
        chunk = waiting[start : start + CHUNK]
        made += record_exits(chunk)
        close_plans_of_leavers(chunk)
        report_progress(job, start + len(chunk), len(waiting))
    _remind(today)
    return {"exits": made}


def unrecorded(today: datetime.date) -> QuerySet[Employee]:
    """People who have left, have a last day, and no exit that says the same of this leaving."""
    same = Exit.objects.filter(
        employee=OuterRef("pk"), left_on=OuterRef("left_on"), leave_reason=OuterRef("leave_reason")
    )
    left = Employee.objects.filter(status=EmploymentStatus.LEFT, left_on__lte=today)
    return left.filter(~Exists(same)).order_by("pk")


def _remind(today: datetime.date) -> None:
    actions = RetentionAction.objects.waiting().filter(due_on__lt=today).exclude(owner=F("plan__employee"))
    notices.remind_action_owners(list(actions.order_by("pk")))
    plans = RetentionPlan.objects.open().filter(due_on__lt=today)
    plans = plans.select_related("employee", "owner__user").order_by("pk")
    notices.remind_plan_owners([plan for plan in plans if may_read_of(plan.owner, plan.employee)])
    talks = StayInterview.objects.filter(Q(state=StayInterviewState.PLANNED), planned_on__lt=today)
    talk_notices.remind_interviewers(list(talks.select_related("employee").order_by("pk")))
