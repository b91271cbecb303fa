"""Employments begin, change place and end; the present follows the history, and the history is never written over."""

import datetime

import pytest

from hrportal.common.actions import ActionError
from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment, follow_calendar, hire_employee, place_employee, rehire_employee
from hrportal.people.enums import EmploymentStatus, LeaveReason, Role
from hrportal.people.models import Employee
from tests.factories.people import EmployeeFactory, OrgUnitFactory, PositionFactory, make_user

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def hire(**fields) -> Employee:
    given = {"employee_number": "1", "first_name": "Ada", "last_name": "Byron", "hired_on": day("2020-01-01")}
    return hire_employee(by=None, **given | fields)


def spells(employee: Employee) -> list[tuple]:
    rows = employee.history.order_by("starts_on")
    return list(rows.values_list("org_unit__code", "starts_on", "ends_on"))


def test_hire_employee_opens_history_and_says_so():
    boss, unit = EmployeeFactory(), OrgUnitFactory(code="A")

    employee = hire(manager=boss, org_unit=unit)

    assert employee.manager_ids == [boss.pk]
    assert spells(employee) == [("A", day("2020-01-01"), None)]
    assert Fact.objects.get(topic="people.employee_hired").person_id == employee.pk


def test_hire_employee_refuses_a_number_that_is_taken():
    hire()

    with pytest.raises(ActionError):
        hire()


def test_place_employee_ends_one_row_and_opens_another():
    employee = hire(org_unit=OrgUnitFactory(code="A"))

    place_employee(employee, by=None, effective_on=day("2026-03-01"), org_unit=OrgUnitFactory(code="B"))

    assert spells(employee) == [("A", day("2020-01-01"), day("2026-02-28")), ("B", day("2026-03-01"), None)]
    assert Employee.objects.get(pk=employee.pk).org_unit.code == "B"
    assert Fact.objects.get(topic="people.employee_changed").data == {"fields": ["org_unit"]}


def test_a_change_of_nothing_writes_nothing():
    unit = OrgUnitFactory()
    employee = hire(org_unit=unit)
    facts = Fact.objects.count()

    place_employee(employee, by=None, effective_on=TODAY, org_unit=unit)

    assert (len(spells(employee)), Fact.objects.count()) == (1, facts)


def test_two_changes_on_one_day_are_one_row():
    employee = hire()

    place_employee(employee, by=None, effective_on=TODAY, org_unit=OrgUnitFactory(code="A"))
    place_employee(employee, by=None, effective_on=TODAY, org_unit=OrgUnitFactory(code="B"))

    assert spells(employee) == [(None, day("2020-01-01"), day("2026-06-14")), ("B", TODAY, None)]


def test_a_change_in_the_past_lasts_until_what_is_known_next():
    employee = hire(org_unit=OrgUnitFactory(code="A"))
    place_employee(employee, by=None, effective_on=day("2026-03-01"), org_unit=OrgUnitFactory(code="C"))

    place_employee(employee, by=None, effective_on=day("2026-01-01"), org_unit=OrgUnitFactory(code="B"))

    assert [code for code, *_days in spells(employee)] == ["A", "B", "C"]
    assert Employee.objects.get(pk=employee.pk).org_unit.code == "C"


def test_a_change_to_come_is_shown_when_its_day_has_come(time_machine):
    boss = EmployeeFactory()
    employee = hire()
    place_employee(employee, by=None, effective_on=day("2026-07-01"), manager=boss)
    assert Employee.objects.get(pk=employee.pk).manager is None

    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))

    assert follow_calendar() == 1
    assert Employee.objects.get(pk=employee.pk).manager_ids == [boss.pk]
    assert follow_calendar() == 0


def test_a_change_that_became_impossible_keeps_nobody_waiting(time_machine):
    seat = PositionFactory()
    late, early = hire(), hire(employee_number="2")
    place_employee(late, by=None, effective_on=day("2026-07-01"), position=seat)
    EmployeeFactory(position=seat)
    place_employee(early, by=None, effective_on=day("2026-07-01"), org_unit=OrgUnitFactory(code="N"))

    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))

    assert follow_calendar() == 1
    assert Employee.objects.get(pk=early.pk).org_unit.code == "N"
    assert Employee.objects.get(pk=late.pk).position is None


def test_whoever_starts_later_is_active_from_the_first_day(time_machine):
    employee = hire(hired_on=day("2026-07-01"))
    assert employee.status == EmploymentStatus.PENDING

    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))
    follow_calendar()

    assert Employee.objects.get(pk=employee.pk).status == EmploymentStatus.ACTIVE


def test_a_seat_has_one_incumbent():
    seat = PositionFactory()
    EmployeeFactory(position=seat)
    employee = hire()

    with pytest.raises(ActionError):
        place_employee(employee, by=None, effective_on=TODAY, position=seat)

    assert len(spells(employee)) == 1


def test_a_place_before_the_first_day_is_refused():
    with pytest.raises(ActionError):
        place_employee(hire(), by=None, effective_on=day("2019-12-31"), org_unit=OrgUnitFactory())


def test_end_employment_closes_history_seat_account_and_roles():
    employee = hire(position=PositionFactory())
    place_employee(employee, by=None, effective_on=day("2026-08-01"), org_unit=OrgUnitFactory())
    user = make_user(Role.EXECUTIVE, employee=employee)

    end_employment(employee, by=None, left_on=day("2026-06-14"), reason=LeaveReason.VOLUNTARY)

    employee, user = Employee.objects.get(pk=employee.pk), type(user).objects.get(pk=user.pk)
    assert (employee.status, employee.position, employee.leave_reason) == (EmploymentStatus.LEFT, None, "voluntary")
    assert spells(employee) == [(None, day("2020-01-01"), day("2026-06-14"))]
    assert (user.is_active, user.grants.current().exists()) == (False, False)
    assert Fact.objects.filter(topic="people.employment_ended", person_id=employee.pk).count() == 1


def test_ending_an_employment_ends_sessions(client):
    employee = hire()
    client.force_login(make_user(Role.EMPLOYEE, employee=employee))
    assert client.get("/people/").status_code == 200

    end_employment(employee, by=None, left_on=TODAY)

    assert client.get("/people/").status_code == 302


def test_an_end_to_come_ends_when_its_day_has_passed(time_machine):
    employee = hire()
    end_employment(employee, by=None, left_on=day("2026-06-30"), reason=LeaveReason.RETIREMENT)
    assert Employee.objects.get(pk=employee.pk).status == EmploymentStatus.ACTIVE

    time_machine.move_to(datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC))
    assert follow_calendar() == 0
    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))

    assert follow_calendar() == 1
    assert Employee.objects.get(pk=employee.pk).status == EmploymentStatus.LEFT


def test_reports_of_a_leaver_stay_where_they_are():
    boss = hire()
    report = EmployeeFactory(manager=boss)

    end_employment(boss, by=None, left_on=TODAY)

    assert Employee.objects.get(pk=report.pk).manager_ids == [boss.pk]


def test_whoever_left_is_not_placed_or_ended_again():
    employee = end_employment(hire(), by=None, left_on=TODAY)

    for refused in (
        lambda: place_employee(employee, by=None, effective_on=TODAY, org_unit=OrgUnitFactory()),
        lambda: end_employment(employee, by=None, left_on=TODAY),
    ):
        with pytest.raises(ActionError, match="has left"):
            refused()


def test_rehire_employee_keeps_the_number_and_the_history():
    employee = end_employment(hire(), by=None, left_on=day("2026-01-31"))

    rehire_employee(employee, by=None, hired_on=day("2026-06-01"), org_unit=OrgUnitFactory(code="B"))

    employee = Employee.objects.get(pk=employee.pk)
    assert (employee.status, employee.left_on, employee.org_unit.code) == (EmploymentStatus.ACTIVE, None, "B")
    assert spells(employee) == [(None, day("2020-01-01"), day("2026-01-31")), ("B", day("2026-06-01"), None)]
