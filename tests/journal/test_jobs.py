"""Long work is claimed once, reports how far it is, and is taken up again when its worker is gone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hrportal.common.actions import ActionError
from hrportal.journal import jobs
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import job_kind, report_progress, run_due_jobs, start_job
from hrportal.journal.models import Job
from tests.factories.people import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def own_kinds(monkeypatch):
    monkeypatch.setattr(jobs, "_kinds", {})


def test_a_job_runs_once_and_keeps_its_result():
    runs = []

    @job_kind("test.count")
    def count(job):
        runs.append(job.params)
        report_progress(job, 3, 3)
        return {"counted": 3}

    job = start_job("test.count", "Counting", by=None, start=1)

    assert run_due_jobs() == 1
    assert run_due_jobs() == 0
    job.refresh_from_db()
    assert (job.state, job.result, job.percent, runs) == (JobState.DONE, {"counted": 3}, 100, [{"start": 1}])


def test_a_refusal_is_told_in_its_own_words_and_a_crash_only_by_its_kind():
    @job_kind("test.refuse")
    def refuse(job):
        raise ActionError("This cycle is already open.")

    @job_kind("test.crash")
    def crash(job):
        raise RuntimeError("secret text of a review")

    refused, crashed = (start_job(kind, "x", by=None) for kind in ("test.refuse", "test.crash"))
    run_due_jobs()

    refused.refresh_from_db()
    crashed.refresh_from_db()
    assert (refused.state, refused.error) == (JobState.FAILED, "This cycle is already open.")
    assert (crashed.state, crashed.error) == (JobState.FAILED, "RuntimeError")


def test_a_job_left_by_a_dead_worker_is_taken_up_again():
    @job_kind("test.work")
    def work(job):
        return {"attempt": job.attempts}

    job = start_job("test.work", "Working", by=None)
    Job.objects.update(state=JobState.RUNNING, attempts=1, lease_until=timezone.now() - timedelta(seconds=1))

    run_due_jobs()

    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"attempt": 2})


def test_a_job_whose_worker_lives_is_left_alone():
    start_job("test.work", "Working", by=None)
    Job.objects.update(state=JobState.RUNNING, lease_until=timezone.now() + timedelta(seconds=30))

    assert run_due_jobs() == 0


def test_a_job_that_kills_its_workers_is_given_up():
    @job_kind("test.work")
    def work(job):
        raise AssertionError("must not run")

    start_job("test.work", "Working", by=None)
    Job.objects.update(attempts=jobs.MOST_ATTEMPTS)

    run_due_jobs()

    assert Job.objects.get().state == JobState.FAILED


def test_only_who_asked_for_a_job_sees_it(client):
    owner, other = UserFactory(), UserFactory()
    job = start_job("test.work", "Working", by=owner)

    client.force_login(other)
    assert client.get(f"/jobs/{job.pk}/").status_code == 404
    client.force_login(owner)
    assert client.get(f"/jobs/{job.pk}/").status_code == 200


def test_how_far_is_unknown_until_the_amount_of_work_is_known():
    assert Job(total=None).percent is None
    assert Job(total=200, done=50).percent == 25
