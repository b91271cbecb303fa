"""A worker killed inside an import, or inside its undoing, leaves nothing half done and nothing done twice."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from hrportal.journal.models import Fact, Job
from hrportal.people.actions.imports import apply_import, check_import, check_undo, undo_import, upload_import
from hrportal.people.enums import EmploymentStatus, ImportState
from hrportal.people.models import Employee, EmployeeImport, Employment, ImportChange
from tests.support.processes import Process, wait_until

pytestmark = pytest.mark.services

PEOPLE = 50


@contextmanager
def held_up_in_the_middle() -> Iterator[None]:
    """While this lasts nobody's history can be written. People are written before it, and what is kept of them after."""
    gate = connection.copy()
    gate.set_autocommit(False)
    try:
        with gate.cursor() as cursor:
            cursor.execute("LOCK TABLE people_employment IN SHARE MODE")
        yield
    finally:
        gate.close()


def somebody_waits() -> bool:
    """Whether work has come to where it is held up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE relation = 'people_employment'::regclass AND NOT granted")
        return cursor.fetchone() is not None


def kill_in_the_middle(worker: Process) -> None:
    wait_until(somebody_waits, what="work that can be hurt")
    worker.kill()


def is_done(job: Job) -> bool:
    job.refresh_from_db()
    assert job.error == ""
    return job.is_finished


@pytest.fixture
def worker(portal):
    portal.environment["JOB_LEASE_SECONDS"] = "3"  # how long a job rests after its worker was killed
    worker = portal.start_worker(children=1, supervised=True)
    portal.start_beat(supervised=True)
    return worker


@pytest.fixture
def uploaded(portal) -> EmployeeImport:
    rows = "\n".join(f"p{n},First,Last,{'p0' if n else ''},A" for n in range(PEOPLE))
    content = f"employee_number,first_name,last_name,manager_number,org_unit\n{rows}\n".encode()
    return upload_import([content], by=None, name="people.csv", size=len(content), source="hris")


def test_a_worker_killed_inside_an_import_and_inside_its_undoing_costs_nothing(portal, worker, uploaded):
    checked = check_import(uploaded, by=None)
    wait_until(lambda: is_done(checked), what="the comparison")

    with held_up_in_the_middle():
        applying = apply_import(uploaded, by=None)
        kill_in_the_middle(worker)
        assert Employee.objects.count() == 0
    wait_until(lambda: is_done(applying), what="the import after all")

    assert_everybody_once()
    looked = check_undo(uploaded, by=None)
    wait_until(lambda: is_done(looked), what="a look at what undoing would do")
    with held_up_in_the_middle():
        undoing = undo_import(uploaded, by=None, reason="The wrong file.")
        kill_in_the_middle(worker)
        assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == 0
    wait_until(lambda: is_done(undoing), what="the undoing after all")

    uploaded.refresh_from_db()
    assert (uploaded.state, uploaded.undo["never_came"]) == (ImportState.UNDONE, PEOPLE)
    assert min(applying.attempts, undoing.attempts) > 1
    assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == PEOPLE
    assert Employment.objects.count() == 0
    assert_one_fact_each("people.employment_ended")
    assert "0 problems" in portal.manage("verify_journal")


def assert_everybody_once() -> None:
    assert (Employee.objects.count(), Employment.objects.count(), ImportChange.objects.count()) == (PEOPLE,) * 3
    assert set(Employee.objects.exclude(employee_number="p0").values_list("manager__employee_number", flat=True)) == {
        "p0"
    }
    assert_one_fact_each("people.employee_hired")


def assert_one_fact_each(topic: str) -> None:
    people = list(Fact.objects.filter(topic=topic).values_list("person_id", flat=True))
    assert (len(people), len(set(people))) == (PEOPLE, PEOPLE)
