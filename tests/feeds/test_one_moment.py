"""All tables of a night are of one moment, whatever is committed while they are written."""

import gzip
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.utils import timezone

from hrportal.common.stored import content_of
from hrportal.integrations.actions import create_client
from hrportal.integrations.feeds.actions import create_bi_export, start_run
from hrportal.integrations.feeds.bi import making
from hrportal.integrations.feeds.models import BiFile, BiRun
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.chain import sequence_facts
from hrportal.journal.jobs import run_due_jobs
from hrportal.people.actions import hire_employee
from hrportal.people.models import Employee
from tests.factories.people import EmployeeFactory, OrgUnitFactory

pytestmark = pytest.mark.services


def elsewhere(do) -> None:
    """Do and commit it in a connection of its own, as another process would."""

    def work() -> None:
        try:
            do()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result(timeout=60)


def reorganise() -> None:
    """Somebody new in a new unit, and everybody else moved there: a change of both tables and of the change feed."""
    unit, today = OrgUnitFactory(name="New"), timezone.localdate()
    hire_employee(by=None, employee_number="NEW", first_name="N", last_name="New", hired_on=today, org_unit=unit)
    Employee.objects.update(org_unit=unit)
    sequence_facts()


def rows_of(run: BiRun, table: str) -> list[dict]:
    content = b"".join(content_of(BiFile.objects.get(run=run, table=table).stored))
    return [json.loads(line) for line in gzip.decompress(content).splitlines()]


def names_in(run: BiRun) -> set[str]:
    return {unit["name"] for unit in rows_of(run, "org-units")}


def test_what_is_committed_between_two_tables_is_in_neither(committed_db, monkeypatch):
    EmployeeFactory.create_batch(3, org_unit=OrgUnitFactory(name="Old"))
    sequence_facts()
    client, _secret = create_client("Warehouse", scopes=[Scope.EMPLOYEES_READ])
    export = create_bi_export(client, by=None, tables=["employees", "org-units"], format="ndjson", kept_days=7)
    write, written = making._write, []

    def write_and_be_overtaken(run, table) -> None:
        write(run, table)
        written.append(table.name)
        if len(written) == 1:
            elsewhere(reorganise)

    monkeypatch.setattr(making, "_write", write_and_be_overtaken)

    for _night in range(2):
        start_run(export, by=None)
        run_due_jobs()
    first, second = BiRun.objects.done().order_by("pk")

    assert written == ["employees", "org-units"] * 2
    assert (len(rows_of(first, "employees")), names_in(first)) == (3, {"Old"})
    assert (len(rows_of(second, "employees")), names_in(second)) == (4, {"Old", "New"})
    assert first.as_of < second.as_of
