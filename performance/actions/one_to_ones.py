"""One-to-ones: a series begins and ends, meetings are planned, moved, held and skipped. One meeting is planned at a time."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.journal.recording import Actor
from hrportal.people.acting import acting_id
from hrportal.people.enums import EmploymentStatus
from hrportal.people.models import Employee
from performance.enums import MeetingState, Rhythm
from performance.events import one_to_ones as events
from performance.models import ActionItem, Meeting, OneToOne
from performance.notices import one_to_ones as notices
from performance.one_to_ones.rhythm import next_day

FURTHEST = datetime.timedelta(days=366)


@transaction.atomic
def start_one_to_one(
    *, by: Actor | None, manager: Employee, employee: Employee, rhythm: str, first_on: datetime.date
) -> OneToOne:
    """Begin talks of a manager with one of their people; the first meeting is planned with it."""
    if employee.manager_id != manager.pk:
        raise ActionError(_("One-to-ones are between a person and their manager."), field="employee")
    if employee.has_left or manager.has_left:
        raise ActionError(_("One of the two has left the company."), field="employee")
    _check_day(first_on, field="first_on")
    series = checked(OneToOne(manager=manager, employee=employee, rhythm=rhythm, first_on=first_on))
    series.save()
    events.one_to_one_started(series, by=by)
    meeting = _plan(series, first_on, by=by)
    notices.tell_started(meeting, by_id=acting_id(by))
    return series


@transaction.atomic
def change_one_to_one(one_to_one: OneToOne, *, by: Actor | None, rhythm: str) -> OneToOne:
    """Another rhythm, counted from the meeting that is planned. That meeting stays where it is."""
    series = lock_running(one_to_one)
    series.rhythm = Rhythm(rhythm)
    planned = series.meetings.filter(state=MeetingState.PLANNED).first()
    if planned:
        series.first_on = planned.held_on
    series.save(update_fields=["rhythm", "first_on"])
    events.one_to_one_changed(series, by=by)
    return series


@transaction.atomic
def end_one_to_one(one_to_one: OneToOne, *, by: Actor | None) -> OneToOne:
    """End the series. What is planned falls away; what was noted stays readable for the two who wrote it."""
    return _end(lock_running(one_to_one), by=by)


def end_parted_series(people: Iterable[int]) -> int:
    """End the series of these people with whom they are no longer led by, or who has left; how many ended."""
    gone = Q(employee__status=EmploymentStatus.LEFT) | Q(manager__status=EmploymentStatus.LEFT)
    parted = Q(employee__manager=None) | ~Q(employee__manager=F("manager"))
    ids = list(people)
    theirs = Q(employee__in=ids) | Q(manager__in=ids)
    found = OneToOne.objects.running().filter(theirs).filter(gone | parted)
    ended = 0
    for pk in list(found.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            series = _series_for_update().filter(pk=pk, ended_at=None).first()
            if series:
                _end(series, by=None)
                ended += 1
    return ended


@transaction.atomic
def plan_meeting(one_to_one: OneToOne, *, by: Actor | None, held_on: datetime.date) -> Meeting:
    """Plan the next meeting of a series that has none planned."""
    series = lock_running(one_to_one)
    _check_day(held_on)
    meeting = _plan(series, held_on, by=by)
    notices.tell_planned(meeting, by_id=acting_id(by))
    return meeting


@transaction.atomic
def move_meeting(meeting: Meeting, *, by: Actor | None, held_on: datetime.date) -> Meeting:
    """Another day for this meeting alone; the rhythm goes on as it was."""
    meeting = _lock_planned(meeting)
    if held_on == meeting.held_on:
        return meeting
    _check_day(held_on)
    meeting.held_on = held_on
    meeting.save(update_fields=["held_on"])
    events.meeting_moved(meeting, by=by)
    notices.tell_moved(meeting, by_id=acting_id(by))
    return meeting


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: Actor | None) -> Meeting:
    """The talk took place: the next one is planned by the rhythm, and what is still open lies on its table."""
    meeting = _lock_planned(meeting)
    meeting.held_on = min(meeting.held_on, timezone.localdate())
    _settle(meeting, MeetingState.HELD)
    events.meeting_held(meeting, by=by)
    following = _plan_next(meeting, by=by)
    if following:
        notices.tell_planned(following, by_id=acting_id(by))
    return meeting


@transaction.atomic
def skip_meeting(meeting: Meeting, *, by: Actor | None) -> Meeting:
    """The talk does not take place: the next one is planned by the rhythm."""
    meeting = _lock_planned(meeting)
    _settle(meeting, MeetingState.SKIPPED)
    events.meeting_skipped(meeting, by=by)
    _plan_next(meeting, by=by)
    notices.tell_moved(meeting, by_id=acting_id(by))
    return meeting


def remind_of_agreed_actions() -> int:
    """Remind owners of what is due today or tomorrow; once for each due day."""
    today = timezone.localdate()
    near = ActionItem.objects.open().filter(due_on__range=(today, today + datetime.timedelta(days=1)))
    rows = near.select_related("one_to_one__manager", "one_to_one__employee").order_by("pk")
    notices.tell_due(rows.iterator(chunk_size=1000))
    return near.count()


def lock_running(one_to_one: OneToOne) -> OneToOne:
    """Lock a series, so that two clicks cannot plan two meetings, or refuse: it has ended."""
    series = _series_for_update().get(pk=one_to_one.pk)
    if not series.is_running:
        raise ActionError(_("These one-to-ones have ended."))
    return series


def _series_for_update() -> Any:
    return OneToOne.objects.select_for_update(of=("self",)).select_related("manager", "employee")


def _lock_planned(meeting: Meeting) -> Meeting:
    series = lock_running(meeting.one_to_one)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not locked.is_planned:
        raise ActionError(_("This meeting is already: %s.") % locked.get_state_display())
    locked.one_to_one = series
    return locked


def _check_day(day: datetime.date, *, field: str = "held_on") -> None:
    today = timezone.localdate()
    if not today <= day <= today + FURTHEST:
        raise ActionError(_("Choose a day from today to a year ahead."), field=field)


def _plan(series: OneToOne, day: datetime.date, *, by: Actor | None) -> Meeting:
    meeting = checked(Meeting(one_to_one=series, slot_on=day, held_on=day))
    meeting.save()
    events.meeting_planned(meeting, by=by)
    return meeting


def _plan_next(meeting: Meeting, *, by: Actor | None) -> Meeting | None:
    """The next day of the rhythm that is neither this meeting's nor past."""
    series = meeting.one_to_one
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    day = next_day(series.rhythm, series.first_on, max(meeting.slot_on, meeting.held_on, yesterday))
    return _plan(series, day, by=by) if day else None


def _settle(meeting: Meeting, state: MeetingState) -> None:
    meeting.state, meeting.settled_at = state, timezone.now()
    meeting.save(update_fields=["state", "held_on", "settled_at"])


def _end(series: OneToOne, *, by: Actor | None) -> OneToOne:
    now = timezone.now()
    series.meetings.filter(state=MeetingState.PLANNED).update(state=MeetingState.SKIPPED, settled_at=now)
    series.ended_at = now
    series.save(update_fields=["ended_at"])
    events.one_to_one_ended(series, by=by)
    notices.tell_ended(series, by_id=acting_id(by))
    return series
