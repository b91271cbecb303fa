"""Integrators find one person by what their own system knows: the work address, the number, the id over there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.people.api.filters import EmployeeFilter
from hrportal.people.models import Employee
from tests.factories.people import EmployeeFactory, OrgUnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
URL = "/api/v1/employees/"


def caller(*units):
    api = APIClient()
    limit = tuple(unit.path for unit in units) or None
    api.force_authenticate(ClientPrincipal("hris", frozenset({"employees:read"}), limit))
    return api


def found(api, **query):
    return [row["id"] for row in api.get(URL, query).json()["results"]]


def test_by_work_address_in_any_case_and_whole():
    ada, bob = EmployeeFactory(work_email="Ada.L@example.com"), EmployeeFactory(work_email="bob@example.com")
    EmployeeFactory(work_email="xada.l@example.com")
    EmployeeFactory(work_email="")

    assert found(caller(), work_emails="ada.l@EXAMPLE.com") == [ada.pk]
    assert found(caller(), work_emails="ada.l@example.com,BOB@example.com") == [ada.pk, bob.pk]
    assert found(caller(), work_emails="ada") == []


def test_by_the_id_of_a_source():
    here = EmployeeFactory(source="workday", remote_id="w-1")
    EmployeeFactory(source="legacy", remote_id="w-1")
    EmployeeFactory(remote_id="")

    assert found(caller(), source="workday", remote_ids="w-1") == [here.pk]


def test_a_client_of_some_units_finds_nobody_elsewhere():
    unit = OrgUnitFactory()
    EmployeeFactory(work_email="ada@example.com", org_unit=OrgUnitFactory())

    assert found(caller(unit), work_emails="ada@example.com") == []


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ({"work_emails": "ada@example.com"}, "one_employee_per_work_email"),
        ({"source": "workday", "remote_ids": "w-1"}, "one_employee_per_remote_id"),
    ],
)
def test_the_index_answers(query, index):
    rows = EmployeeFilter(query, Employee.objects.order_by("id")).qs
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # a table of three is read whole
            cursor.execute("SET LOCAL enable_indexscan = on")
    assert index in rows.order_by().explain()


def test_it_costs_the_same_for_one_and_three():
    api, costs = caller(), []
    for size in (1, 3):
        for number in range(size):
            EmployeeFactory(work_email=f"p{size}{number}@example.com")
        with CaptureQueriesContext(connection) as queries:
            found(api, work_emails=",".join(f"p{size}{number}@example.com" for number in range(size)))
        costs.append(len(queries))

    assert costs[0] == costs[1]
