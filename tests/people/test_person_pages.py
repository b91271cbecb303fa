"""Pages on which HR leaders and administrators look after people: add, correct, move, end, take back. Refusals change nothing."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment, follow_calendar, hire_employee, place_employee
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.fields import PersonField
from hrportal.people.history import PLACE
from hrportal.people.models import Employee, Employment, PendingManager
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, PositionFactory, make_user
from tests.factories.performance import ImprovementPlanFactory, ReviewFactory

pytestmark = pytest.mark.django_db

NEW = {"employee_number": "N1", "first_name": "Ada", "last_name": "Byron", "hired_on": "2020-01-01"}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))


@pytest.fixture(params=[Role.HR_LEADER, Role.ADMIN])
def keeper(client, request):
    client.force_login(make_user(request.param))
    return client


@pytest.fixture
def leader(client):
    client.force_login(make_user(Role.HR_LEADER))
    return client


def page(name: str, *args) -> str:
    return reverse(f"people:{name}", args=args)


def ada(**fields) -> Employee:
    given = {"employee_number": "N1", "first_name": "Ada", "last_name": "Byron", "hired_on": datetime.date(2020, 1, 1)}
    return hire_employee(by=None, **given | fields)


def everything() -> list:
    """All that these pages could write."""
    return [
        list(Employee.objects.order_by("pk").values()),
        list(Employment.objects.order_by("pk").values()),
        Fact.objects.count(),
    ]


def as_shown(client, address: str) -> dict[str, str]:
    """What a browser would send of a form nobody touched: what it shows, and what it remembers to have shown."""
    form = client.get(address).context["form"]
    sent = {}
    for field in form:
        value = field.value()
        sent[field.html_name] = "" if value is None else str(value)
        if field.field.show_hidden_initial:
            sent[field.html_initial_name] = sent[field.html_name]
    return sent


def refused(client, address: str, typed: dict) -> str:
    """Send what must be refused: nothing is written, and all that was typed is there again."""
    before = everything()
    answer = client.post(address, typed)
    assert (answer.status_code, everything()) == (422, before)
    shown = answer.content.decode()
    assert [value for value in typed.values() if value and str(value) not in shown] == []
    return shown


def test_a_person_is_added_at_a_place_under_a_manager_named_by_typing(keeper):
    boss, unit, job = EmployeeFactory(first_name="Bo", last_name="Oss"), OrgUnitFactory(), JobFactory()
    typed = {"manager": f"Bo Oss ({boss.employee_number})", "org_unit": unit.code, "job": job.name}

    answer = keeper.post(page("employee_add"), NEW | typed)

    person = Employee.objects.get(employee_number="N1")
    assert answer["Location"] == page("employee_detail", person.pk)
    assert (person.manager, person.org_unit, person.job, person.manager_ids) == (boss, unit, job, [boss.pk])
    assert Fact.objects.get(topic="people.employee_hired").actor_id


@pytest.mark.parametrize(
    "wrong",
    [
        {"employee_number": "TAKEN"},
        {"work_email": "taken@example.com"},
        {"org_unit": "Atlantis"},
        {"org_unit": "CLOSED"},
        {"manager": "GONE"},
        {"position": "SEAT"},
        {"hired_on": "yesterday"},
    ],
)
def test_who_cannot_be_added_is_not_and_what_was_typed_stays(leader, wrong):
    EmployeeFactory(employee_number="TAKEN", position=PositionFactory(code="SEAT"))
    EmployeeFactory(employee_number="GONE", status=EmploymentStatus.LEFT)
    OrgUnitFactory(code="CLOSED", is_active=False)

    refused(leader, page("employee_add"), NEW | wrong)


def test_a_correction_writes_only_what_was_changed_on_the_page(leader):
    person = ada(birth_year=1977, gender="female")
    address = page("employee_correct", person.pk)
    typed = as_shown(leader, address) | {"preferred_name": "Countess"}
    Employee.objects.filter(pk=person.pk).update(last_name="King")  # somebody else, meanwhile

    leader.post(address, typed)

    person.refresh_from_db()
    assert (person.name, person.birth_year, person.gender) == ("Countess King", 1977, "female")
    assert Fact.objects.get(topic="people.employee_changed").data["fields"] == ["preferred_name"]


def test_what_is_restricted_is_not_shown_where_it_is_corrected(leader):
    person = ada(birth_year=1977, gender="female")

    form = leader.get(page("employee_correct", person.pk)).context["form"]

    assert [form[name].value() for name in ("birth_year", "gender")] == [None, None]


def test_a_correction_that_cannot_be_is_refused(leader):
    EmployeeFactory(employee_number="TAKEN")
    address = page("employee_correct", ada().pk)

    assert "is taken" in refused(leader, address, as_shown(leader, address) | {"employee_number": "TAKEN"})
    refused(leader, address, as_shown(leader, address) | {"hired_on": "2026-12-01"})


def test_a_move_to_come_is_noted_shown_and_happens_on_its_day(keeper, time_machine):
    here, there, boss = OrgUnitFactory(name="Here"), OrgUnitFactory(name="There"), EmployeeFactory()
    person = ada(org_unit=here)
    address = page("employee_move", person.pk)

    keeper.post(address, as_shown(keeper, address) | {"effective_on": "2026-09-01", "org_unit": there.code})
    # A second move, planned before it: the first one stays as it was said.
    keeper.post(address, as_shown(keeper, address) | {"effective_on": "2026-08-01", "manager": boss.employee_number})

    person.refresh_from_db()
    assert (person.org_unit, person.manager) == (here, None)
    shown = keeper.get(address)
    planned = [(str(move["on"]), [change["label"] for change in move["changes"]]) for move in shown.context["planned"]]
    assert planned == [("2026-08-01", ["Manager"]), ("2026-09-01", ["Manager", "Unit"])]
    time_machine.move_to(datetime.datetime(2026, 9, 1, 12, tzinfo=datetime.UTC))
    follow_calendar()
    person.refresh_from_db()
    assert person.org_unit == there


def test_a_planned_move_is_changed_from_what_is_planned(leader):
    here, there = OrgUnitFactory(), OrgUnitFactory()
    person = ada(org_unit=here)
    place_employee(person, by=None, effective_on=datetime.date(2026, 9, 1), org_unit=there)
    address = page("employee_move", person.pk) + "?on=2026-09-01"

    leader.post(address, as_shown(leader, address) | {"effective_on": "2026-09-01", "org_unit": here.code})

    assert set(person.history.values_list("org_unit", flat=True)) == {here.pk}


def test_a_move_that_cannot_be_is_refused(leader):
    person = ada()
    below = EmployeeFactory(manager=person)
    EmployeeFactory(position=PositionFactory(code="SEAT"))
    address = page("employee_move", person.pk)
    as_is = as_shown(leader, address)

    assert "ring" in refused(leader, address, as_is | {"manager": below.employee_number})
    assert "is the seat of" in refused(leader, address, as_is | {"position": "SEAT"})
    assert "before the first day" in refused(
        leader, address, as_is | {"effective_on": "2019-01-01", "job": JobFactory().code}
    )
    assert "Say what changes" in refused(leader, address, as_is)


def test_a_manager_who_left_stays_named_while_something_else_is_moved(leader):
    boss = EmployeeFactory()
    person = ada(manager=boss)
    Employee.objects.filter(pk=boss.pk).update(status=EmploymentStatus.LEFT)
    address, job = page("employee_move", person.pk), JobFactory()

    leader.post(address, as_shown(leader, address) | {"job": job.code})

    person.refresh_from_db()
    assert (person.job, person.manager) == (job, boss)


def test_before_somebody_leaves_the_page_says_what_that_sets_off(leader):
    person = ada(position=PositionFactory(name="Pilot"), manager=EmployeeFactory())
    make_user(Role.EMPLOYEE, employee=person)
    EmployeeFactory(manager=person)
    ReviewFactory(employee=person)
    ImprovementPlanFactory(employee=person)

    for headers in ({}, {"HX-Request": "true"}):
        shown = leader.get(page("employee_end", person.pk), headers=headers).content.decode()
        for words in ("account is closed", "1 person reports", "Pilot", "1 open review is", "1 improvement plan is"):
            assert words in shown
    assert "<dialog" in shown
    assert "<html" not in shown


def test_an_administrator_learns_no_number_of_reviews_and_plans(client):
    person = ada(manager=EmployeeFactory())
    client.force_login(make_user(Role.ADMIN))
    before = client.get(page("employee_end", person.pk)).context["consequences"]
    ReviewFactory(employee=person)
    ImprovementPlanFactory(employee=person)

    assert client.get(page("employee_end", person.pk)).context["consequences"] == before


def test_an_employment_ends_is_called_off_and_begins_again(keeper):
    person = ada()

    keeper.post(page("employee_end", person.pk), {"left_on": "2026-12-31", "leave_reason": "retirement"})
    person.refresh_from_db()
    assert (person.left_on, person.leave_reason, person.has_left) == (datetime.date(2026, 12, 31), "retirement", False)
    assert "Call the end off" in keeper.get(page("employee_detail", person.pk)).content.decode()

    keeper.post(page("employee_stay", person.pk))
    person.refresh_from_db()
    assert person.left_on is None

    keeper.post(page("employee_end", person.pk), {"left_on": "2026-06-14", "leave_reason": "other"})
    person.refresh_from_db()
    assert person.has_left

    keeper.post(page("employee_return", person.pk), {"hired_on": "2026-06-15"})
    person.refresh_from_db()
    assert (person.status, person.employee_number) == (EmploymentStatus.ACTIVE, "N1")


def test_an_end_and_a_return_that_cannot_be_are_refused(leader):
    person = ada()

    refused(leader, page("employee_end", person.pk), {"left_on": "2019-01-01", "leave_reason": "other"})
    refused(leader, page("employee_end", person.pk), {"left_on": "2026-06-14", "leave_reason": ""})
    refused(leader, page("employee_return", person.pk), {"hired_on": "2026-07-01"})  # has not left
    before = everything()
    leader.post(page("employee_stay", person.pk))  # has no last day
    assert everything() == before
    end_employment(person, by=None, left_on=datetime.date(2026, 6, 10))
    refused(leader, page("employee_return", person.pk), {"hired_on": "2026-06-10"})
    refused(leader, page("employee_move", person.pk), {"effective_on": "2026-06-15", "job": JobFactory().code})


def test_others_find_no_way_to_these_pages(client):
    person = ada()
    client.force_login(make_user(Role.HRBP))

    for address in (page("employee_list"), page("employee_detail", person.pk), page("unit_list")):
        shown = client.get(address).content.decode()
        assert not [link for link in ("/add", "/correct", "/organisation/") if link in shown]


def test_a_last_day_to_come_is_shown_to_those_who_look_after_the_data_alone(client):
    person = ada()
    end_employment(person, by=None, left_on=datetime.date(2026, 12, 31), reason="retirement")

    seen = {}
    for role in (Role.EMPLOYEE, Role.HR_LEADER):
        client.force_login(make_user(role))
        seen[role] = "Retirement" in client.get(page("employee_detail", person.pk)).content.decode()

    assert seen == {Role.EMPLOYEE: False, Role.HR_LEADER: True}


def test_whoever_waits_for_a_manager_is_listed_until_one_is_named(keeper):
    waiting, boss = EmployeeFactory(), EmployeeFactory()
    for person in (waiting, EmployeeFactory(status=EmploymentStatus.LEFT)):
        PendingManager.objects.create(
            employee=person, key="employee_number", value="E-to-come", starts_on=datetime.date(2026, 6, 1)
        )

    shown = keeper.get(page("pending_manager_list"))
    assert [row.employee for row in shown.context["page"].rows] == [waiting]
    assert "E-to-come" in shown.content.decode()

    keeper.post(page("employee_move", waiting.pk), {"effective_on": "2026-06-15", "manager": boss.employee_number})
    assert list(keeper.get(page("pending_manager_list")).context["page"].rows) == []


@pytest.mark.parametrize("typed", ["Ada Byron (N1)", "N1", "n1", "ADA@example.com", "ada byron"])
def test_somebody_is_named_by_what_people_type(typed):
    person = ada(work_email="ada@example.com")

    assert PersonField().clean(typed) == person


def test_typing_a_name_is_answered_with_people_who_have_not_left(client):
    person = ada(hired_on=datetime.date(2027, 1, 1), job=JobFactory(name="Diver"))
    EmployeeFactory(first_name="Ada", status=EmploymentStatus.LEFT)
    client.force_login(make_user())

    shown = client.get(page("person_options"), {"manager": "ada b"}).content.decode()

    assert shown.count("<option") == 1
    assert f'value="Ada Byron ({person.employee_number})"' in shown


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_a_move_costs_the_same_however_much_is_planned(leader):
    person = ada()
    spans = [datetime.date(2026, month, 1) for month in range(7, 11)]
    place_employee(person, by=None, effective_on=spans[0], job=JobFactory())
    few = queries(leader, page("employee_move", person.pk))
    for day in spans[1:]:
        place_employee(person, by=None, effective_on=day, job=JobFactory(), org_unit=OrgUnitFactory())

    assert queries(leader, page("employee_move", person.pk)) == few


def test_the_list_of_who_waits_costs_the_same_for_one_and_three(leader):
    def wait() -> None:
        person = EmployeeFactory(job=JobFactory(), org_unit=OrgUnitFactory())
        PendingManager.objects.create(
            employee=person, key="employee_number", value="x", starts_on=datetime.date(2026, 6, 1)
        )

    wait()
    few = queries(leader, page("pending_manager_list"))
    wait()
    wait()

    assert queries(leader, page("pending_manager_list")) == few


def test_a_form_about_a_place_asks_for_all_of_it(leader):
    assert set(PLACE) <= leader.get(page("employee_add")).context["form"].fields.keys()


@pytest.mark.parametrize("role", [Role.HR_LEADER, Role.ADMIN])
@pytest.mark.parametrize("name", ["correct", "move", "end", "stay", "return"])
def test_nobody_looks_after_themselves(client, role, name):
    me = ada()
    client.force_login(make_user(role, employee=me))
    before = everything()

    address = page(f"employee_{name}", me.pk)
    typed = {"effective_on": "2026-06-15", "left_on": "2026-06-15", "hired_on": "2026-06-15", "last_name": "New"}

    assert (client.post(address, typed).status_code, everything()) == (403, before)
    assert page("employee_move", me.pk) not in client.get(page("employee_detail", me.pk)).content.decode()


def test_the_last_administrator_is_not_ended_and_the_page_says_why(leader):
    person = ada()
    make_user(Role.ADMIN, employee=person)

    shown = refused(leader, page("employee_end", person.pk), {"left_on": "2026-06-14", "leave_reason": "other"})

    assert "is the last system administrator" in shown
    make_user(Role.ADMIN)
    leader.post(page("employee_end", person.pk), {"left_on": "2026-06-14", "leave_reason": "other"})
    assert Employee.objects.get(pk=person.pk).status == EmploymentStatus.LEFT


def test_a_last_day_of_the_last_administrator_does_not_pass():
    person = ada()
    make_user(Role.ADMIN, employee=person)
    Employee.objects.filter(pk=person.pk).update(left_on=datetime.date(2026, 6, 20))

    follow_calendar(today=datetime.date(2026, 6, 21))

    person.refresh_from_db()
    assert (person.status, person.user.is_active) == (EmploymentStatus.ACTIVE, True)
