"""A daily job is started once a day, however many clocks there are."""

import datetime

import pytest

from hrportal.journal import jobs, schedule
from hrportal.journal.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

TODAY = datetime.date(2026, 3, 1)


@pytest.fixture(autouse=True)
def one_daily_job(monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", {})
    monkeypatch.setattr(schedule, "_daily", {})
    monkeypatch.setattr(schedule, "_started", set())
    monkeypatch.setattr(schedule.timezone, "localdate", lambda: TODAY)
    schedule.every_day("test.tidy", "Tidying")(lambda job: None)


def test_many_sweeps_start_a_daily_job_once():
    for _ in range(3):
        schedule.start_daily_jobs()

    assert list(Job.objects.values_list("kind", "scheduled_for")) == [("test.tidy", TODAY)]


def test_a_second_clock_starts_it_no_second_time():
    schedule.start_daily_jobs()
    schedule._started.clear()
    schedule.start_daily_jobs()

    assert Job.objects.count() == 1


def test_the_next_day_has_its_own(monkeypatch):
    schedule.start_daily_jobs()
    monkeypatch.setattr(schedule.timezone, "localdate", lambda: TODAY + datetime.timedelta(days=1))
    schedule.start_daily_jobs()

    assert Job.objects.count() == 2
