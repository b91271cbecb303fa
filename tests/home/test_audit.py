"""The audit trail: all of it for HR leaders but what is about themselves; for administrators without whom it is about."""

import pytest
from django.urls import reverse

from hrportal.home.views.audit import PAGE
from hrportal.journal.recording import Entry, record, record_many
from hrportal.people.enums import Role
from tests.factories.people import EmployeeFactory, PositionFactory, make_user
from tests.factories.talent import SuccessionPlanFactory, SuccessorFactory

pytestmark = pytest.mark.django_db

URL = "home:fact_list"


def page(client, user, query: str = "") -> str:
    client.force_login(user)
    return client.get(reverse(URL) + query).content.decode()


def test_an_hr_leader_reads_what_happened_to_whom_and_by_whom(client):
    leader, person = make_user(Role.HR_LEADER), EmployeeFactory(last_name="Okonkwo")
    record("talent.successor_nominated", person, by=leader, person_id=person.pk)

    shown = page(client, leader)

    assert "talent.successor_nominated" in shown
    assert "Okonkwo" in shown
    assert leader.username in shown


def test_an_hr_leader_reads_nothing_about_themselves(client):
    leader, other = make_user(Role.HR_LEADER), make_user(Role.HR_LEADER)
    record("talent.successor_nominated", leader.employee, by=other, person_id=leader.employee_id)

    assert "talent.successor_nominated" not in page(client, leader)
    assert "talent.successor_nominated" in page(client, other)


def test_an_hr_leader_does_not_read_who_was_put_on_the_bench_of_their_own_seat(client):
    seat = PositionFactory()
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory(position=seat))
    successor = SuccessorFactory(plan=SuccessionPlanFactory(position=seat))
    record(
        "talent.successor_nominated",
        successor,
        by=None,
        person_id=successor.employee_id,
        data={"plan": successor.plan_id},
    )

    assert "talent.successor_nominated" not in page(client, leader)


def test_an_administrator_reads_that_it_happened_but_not_to_whom(client):
    admin, person = make_user(Role.ADMIN), EmployeeFactory(last_name="Okonkwo")
    record("talent.successor_nominated", person, by=None, person_id=person.pk)

    shown = page(client, admin)

    assert "talent.successor_nominated" in shown
    assert "Okonkwo" not in shown


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.MANAGER, Role.HRBP, Role.EXECUTIVE])
def test_nobody_else_has_an_audit_page(client, role):
    client.force_login(make_user(role))

    assert client.get(reverse(URL)).status_code == 404


def test_facts_can_be_narrowed_down_by_area_and_by_who_did_it(client):
    leader, person = make_user(Role.HR_LEADER), EmployeeFactory()
    record("talent.successor_nominated", person, by=leader, person_id=person.pk)
    record("people.employee_changed", person, by=None, person_id=person.pk)

    assert "people.employee_changed" not in page(client, leader, "?area=talent.")
    assert "people.employee_changed" not in page(client, leader, f"?by={leader.username}")


def test_an_hr_leader_asks_what_happened_to_one_person(client):
    leader, person, other = make_user(Role.HR_LEADER), EmployeeFactory(), EmployeeFactory()
    record("people.employee_changed", person, by=None, person_id=person.pk)
    record("people.employee_hired", other, by=None, person_id=other.pk)

    shown = page(client, leader, f"?person={person.employee_number}")

    assert "people.employee_changed" in shown
    assert "people.employee_hired" not in shown


def test_an_administrator_does_not_learn_whom_a_fact_is_about_by_asking_for_a_person(client):
    admin, person, other = make_user(Role.ADMIN), EmployeeFactory(), EmployeeFactory()
    record("people.employee_changed", person, by=None, person_id=person.pk)

    shown = page(client, admin, f"?person={other.employee_number}")

    assert 'name="person"' not in shown
    assert "people.employee_changed" in shown


def test_older_facts_are_on_the_next_page(client):
    leader, person = make_user(Role.HR_LEADER), EmployeeFactory()
    first = record("people.employee_hired", person, by=None, person_id=person.pk)
    record_many("people.employee_changed", [Entry(person, person_id=person.pk) for _ in range(PAGE)], by=None)

    assert "people.employee_hired" not in page(client, leader)
    assert "people.employee_hired" in page(client, leader, f"?before={first.pk + 1}")
