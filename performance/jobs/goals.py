"""Long work on goals: assigning one to thousands, closing a period, the reminders of a day. Safe to repeat, in chunks."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrportal.common.batches import batched
from hrportal.journal.jobs import JobActor, job_kind, report_progress
from hrportal.journal.models import Job
from hrportal.journal.schedule import every_day
from hrportal.people.enums import EmploymentStatus
from hrportal.people.limits import client_within
from hrportal.people.models import User
from hrportal.people.viewer import Viewer
from performance.actions.goal_periods import carry_over, close_objectives, seal_goal_period
from performance.actions.goal_templates import give_assigned_goals, reach_of
from performance.enums import STILL_OPEN, GoalState
from performance.models import GoalAssignment, GoalPeriod, KeyResult, Objective
from performance.notices import goals as notices

CHUNK = 200
REMINDED_FOR = datetime.timedelta(days=6)


@job_kind("performance.assign_goals")
def assign_goals(job: Job) -> dict[str, Any]:
    """Set the goal of an assignment for everyone it reaches."""
    assignment = GoalAssignment.objects.with_names().get(pk=job.params["assignment"])
    people = list(reach_of(assignment, _viewer_of(job)).values_list("pk", flat=True))
    done = given = 0
    for chunk in batched(people, CHUNK):
        given += give_assigned_goals(assignment, chunk, by=JobActor(job))
        done += len(chunk)
        report_progress(job, done, len(people))
    return {"given": given}


@job_kind("performance.close_goal_period")
def close_goal_period(job: Job) -> dict[str, Any]:
    """Carry over or end every goal of a period that is still open, those above first; then close the period."""
    period = GoalPeriod.objects.get(pk=job.params["period"])
    carry_to = GoalPeriod.objects.filter(pk=job.params["carry_to"] or 0).first()
    carried = ended = 0
    while not seal_goal_period(period, by=JobActor(job)):
        carried += _carry_unfinished(period, carry_to, job) if carry_to else 0
        ended += _end_open(period, job)
    return {"carried": carried, "ended": ended}


@every_day("performance.remind_of_stale_goals", _("Reminding of goals nobody measured for 30 days"))
def remind_of_stale_goals(job: Job) -> dict[str, Any]:
    """Remind owners once in a week, whichever day it is noticed."""
    year, week, _day = timezone.localdate().isocalendar()
    stale = Objective.objects.stale().exclude(owner=None).exclude(owner__status=EmploymentStatus.LEFT)
    counts = list(stale.order_by().values_list("owner").annotate(count=Count("pk")))
    notices.goals_stale(counts, week=f"{year}-{week:02}")
    return {"reminded": len(counts)}


@every_day("performance.remind_of_measurements", _("Reminding of key results that are due to be measured again"))
def remind_of_measurements(job: Job) -> dict[str, Any]:
    """Tell the owners of what is due since today; what an idle week missed is told once, too."""
    today = timezone.localdate()
    due = _due(today)
    for day, results in due.items():
        notices.measurements_due(results, day=day)
    return {"due": sum(map(len, due.values()))}


def _due(today: datetime.date) -> dict[datetime.date, list[KeyResult]]:
    rows = KeyResult.objects.filter(
        objective__in=Objective.objects.changeable().active(), next_due_on__range=(today - REMINDED_FOR, today)
    )
    by_day: dict[datetime.date, list[KeyResult]] = defaultdict(list)
    for row in rows.select_related("objective").order_by("next_due_on", "pk").iterator():
        if row.next_due_on:
            by_day[row.next_due_on].append(row)
    return by_day


def _carry_unfinished(period: GoalPeriod, carry_to: GoalPeriod, job: Job) -> int:
    """Unfinished active goals go on, those above first; not those of people who are gone."""
    open_goals = _open_goals(period).filter(Q(progress=None) | Q(progress__lt=100), state=GoalState.ACTIVE)
    goals = list(open_goals.exclude(owner__status=EmploymentStatus.LEFT).order_by(Length("path"), "pk"))
    for number, goal in enumerate(goals, start=1):
        carry_over(goal, by=JobActor(job), period=carry_to)
        report_progress(job, number, len(goals))
    return len(goals)


def _end_open(period: GoalPeriod, job: Job) -> int:
    ids, ended = list(_open_goals(period).values_list("pk", flat=True)), 0
    for chunk in batched(ids, CHUNK):
        ended += close_objectives(chunk, by=JobActor(job))
        report_progress(job, ended, len(ids))
    return ended


def _open_goals(period: GoalPeriod) -> QuerySet[Objective]:
    return Objective.objects.filter(period=period, state__in=STILL_OPEN)


def _viewer_of(job: Job) -> Viewer:
    """For whom a job works: their rights of now decide whom it reaches, and the units a client is limited to."""
    user = User.objects.filter(pk=job.on_behalf_of_id or job.requested_by_id or 0).first()
    return user.viewer if user else client_within(job.params)
