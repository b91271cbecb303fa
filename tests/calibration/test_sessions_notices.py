"""Who is told what about a session, and that a day that runs twice tells once."""

import datetime

import pytest
from django.utils import timezone

from calibration.actions import cancel_session, create_session, edit_session, fill_session, open_session
from calibration.sessions.reminders import remind
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Job
from hrportal.journal.schedule import start_daily_jobs
from hrportal.notices.models import Notice
from tests.factories.calibration import ParticipantFactory, SessionFactory, locked_session, submitted_review
from tests.factories.people import EmployeeFactory, make_user
from tests.factories.performance import ReviewCycleFactory

pytestmark = pytest.mark.django_db


def told(kind) -> set[int]:
    return set(Notice.objects.filter(kind=f"calibration.{kind}").values_list("employee", flat=True))


def in_days(days) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_who_gets_a_place_at_a_table_is_told_but_not_who_gave_it():
    leader, facilitator, guest = make_user("hrleader"), EmployeeFactory(), EmployeeFactory()

    create_session(by=leader, cycle=ReviewCycleFactory(), name="North", facilitator=facilitator, participants=[guest])

    assert told("invited") == {facilitator.pk, guest.pk}


def test_who_comes_later_is_told_then_and_the_others_not_again():
    session = create_session(by=None, cycle=ReviewCycleFactory(), name="North", participants=[EmployeeFactory()])
    Notice.objects.all().delete()
    late, co_facilitator = EmployeeFactory(), EmployeeFactory()
    here = [seat.employee for seat in session.participants.all()]

    edit_session(session, by=None, participants=[*here, late], co_facilitator=co_facilitator)

    assert told("invited") == {late.pk, co_facilitator.pk}


def test_the_table_is_told_when_a_session_opens_and_when_it_is_cancelled():
    cycle, facilitator = ReviewCycleFactory(), EmployeeFactory()
    submitted_review(cycle)
    opened, cancelled = SessionFactory(cycle=cycle, facilitator=facilitator), SessionFactory(cycle=cycle)
    guests = [ParticipantFactory(session=session).employee_id for session in (opened, cancelled)]
    fill_session(opened, by=None)

    open_session(opened, by=None)
    cancel_session(cancelled, by=None)

    assert told("session_opened") == {facilitator.pk, guests[0]}
    assert told("session_cancelled") == {guests[1]}


@pytest.mark.parametrize(
    ("days", "soon", "late"),
    [(4, False, False), (3, True, False), (0, True, False), (-1, False, True), (-8, False, False)],
)
def test_leaders_are_reminded_when_a_session_is_due_or_overdue(days, soon, late):
    owner, facilitator = EmployeeFactory(), EmployeeFactory()
    session = SessionFactory(owner=owner, facilitator=facilitator, due_on=in_days(days))
    ParticipantFactory(session=session)

    for _ in range(2):
        remind(Job())

    leaders = {owner.pk, facilitator.pk}
    assert told("session_due") == (leaders if soon else set())
    assert told("session_overdue") == (leaders if late else set())
    assert Notice.objects.count() == (2 if soon or late else 0)


def test_a_locked_session_is_never_overdue():
    locked_session([3], due_on=in_days(-1), facilitator=EmployeeFactory())
    Notice.objects.all().delete()

    remind(Job())

    assert not Notice.objects.exists()


def test_a_moved_date_is_reminded_of_anew():
    session = SessionFactory(facilitator=EmployeeFactory(), due_on=in_days(1))
    remind(Job())
    edit_session(session, by=None, due_on=in_days(2))

    remind(Job())

    assert Notice.objects.filter(kind="calibration.session_due").count() == 2


def test_reminders_are_one_job_of_the_day():
    start_daily_jobs()
    start_daily_jobs()

    assert Job.objects.filter(kind="calibration.reminders").count() <= 1
    run_due_jobs()
    assert not Job.objects.filter(kind="calibration.reminders").exclude(state="done").exists()


def test_reminders_cost_the_same_for_one_session_and_for_three(django_assert_num_queries):
    counts = []
    for _ in range(2):
        for _number in range(2):
            SessionFactory(facilitator=EmployeeFactory(), due_on=in_days(1))
        with django_assert_num_queries(20, exact=False) as queries:
            remind(Job())
        counts.append(len(queries))

    assert counts[0] == counts[1]
