"""Daily work on improvement plans: what is due is told to whom it is due. An occasion is told once, however often this runs."""

import datetime
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.journal.jobs import report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.enums import EmploymentStatus
from performance.actions.improvement import follow_manager
from performance.enums import RUNNING, ImprovementState, MilestoneResult
from performance.models import ImprovementMilestone, ImprovementPlan
from performance.notices import improvement as notices

MILESTONE_AHEAD = datetime.timedelta(days=3)
END_AHEAD = datetime.timedelta(days=7)
READ_WITHIN = datetime.timedelta(days=5)
DECIDE_WITHIN = 3


@every_day("performance.follow_improvement_plans", _("Reminders of the day"))
def follow_improvement_plans(job: Job) -> dict[str, Any]:
    """Remind of check-ins, milestones, ends, plans not read and not decided; find a manager for those whose own has left."""
    today = timezone.localdate()
    steps = (_find_managers, _remind_of_check_ins, _remind_of_milestones, _remind_of_ends, _ask_to_read, _ask_to_decide)
    for done, step in enumerate(steps, start=1):
        step(today)
        report_progress(job, done, len(steps))
    return {}


def _running() -> Any:
    return ImprovementPlan.objects.filter(state__in=RUNNING).with_people().order_by("pk")


def _find_managers(today: datetime.date) -> None:
    for plan in ImprovementPlan.objects.not_closed().filter(owner__status=EmploymentStatus.LEFT).order_by("pk"):
        follow_manager(plan)


def _remind_of_check_ins(today: datetime.date) -> None:
    for plan in _running().filter(next_check_in_on__lte=today):
        notices.tell_owner(notices.CHECK_IN_DUE, plan, f"check-in-{plan.next_check_in_on}")


def _remind_of_milestones(today: datetime.date) -> None:
    waiting = ImprovementMilestone.objects.filter(
        plan__state__in=RUNNING, result=MilestoneResult.NOT_YET, dropped_at=None, due_on__lte=today + MILESTONE_AHEAD
    )
    for milestone in waiting.select_related("plan__employee").order_by("pk"):
        notices.milestone_is_due(milestone)


def _remind_of_ends(today: datetime.date) -> None:
    for plan in _running().filter(ends_on__lte=today + END_AHEAD):
        notices.tell_owner(notices.ENDS_SOON, plan, f"ends-{plan.ends_on}")


def _ask_to_read(today: datetime.date) -> None:
    """Once more, some days after the version was there to be read."""
    for plan in _running().filter(state=ImprovementState.OPEN, updated_at__lt=timezone.now() - READ_WITHIN):
        notices.tell_employee(notices.TO_READ, plan, f"unread-{plan.version}")


def _ask_to_decide(today: datetime.date) -> None:
    """Every few days, counted from when the plan was handed in; anew each time it is handed in again."""
    handed_in = Max("steps", filter=Q(steps__name="submit_improvement_plan"))
    waiting = ImprovementPlan.objects.filter(state=ImprovementState.HR_APPROVAL).with_people()
    for plan in waiting.annotate(handed_in=handed_in).order_by("pk"):
        days = (timezone.now() - plan.updated_at).days
        if days >= DECIDE_WITHIN:
            openers = (plan.created_by_id, plan.submitted_by_id)
            occasion = f"waits-{plan.handed_in}-{days // DECIDE_WITHIN}"
            notices.tell_hr(notices.TO_APPROVE, plan, occasion, besides=openers)
