"""Rows with a day of their own: what is to come waits, what has been is history, and taking the file back takes both back."""

import datetime

import pytest
from django.db import transaction

from hrportal.people.actions import follow_calendar
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.importing.undoing import take_back
from hrportal.people.models import Employee, EmployeeImport
from tests.factories.people import RoleGrantFactory, UserFactory
from tests.people.test_importing import TODAY, crowd, person, reasons, take_in  # noqa: F401  (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

BEFORE = [
    person("boss", org_unit="A", hire_date="2020-01-01"),
    person("1", org_unit="A", manager_number="boss", hire_date="2020-01-01"),
]


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))


def one() -> Employee:
    return Employee.objects.select_related("org_unit", "manager").get(employee_number="1")


def spells(number: str = "1") -> list[tuple[str, str]]:
    rows = Employee.objects.get(employee_number=number).history.order_by("starts_on")
    return [(unit, str(day)) for unit, day in rows.values_list("org_unit__code", "starts_on")]


def moved(**cells) -> list[dict[str, str]]:
    return [BEFORE[0], BEFORE[1] | {"org_unit": "B"} | cells]


def test_a_move_to_come_waits_for_its_day_while_a_name_is_so_at_once(take_in, time_machine):  # noqa: F811
    take_in(*BEFORE)

    report = take_in(*moved(effective_on="2026-07-01", last_name="Married"))

    assert (report.errors, report.counts) == ([], {"changed": 1})
    assert (one().org_unit.code, one().last_name) == ("A", "Married")
    assert spells() == [("A", "2020-01-01"), ("B", "2026-07-01")]
    again = take_in(*moved(effective_on="2026-07-01", last_name="Married"))
    assert not again.counts

    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))
    follow_calendar()
    assert one().org_unit.code == "B"
    assert not take_in(*moved(effective_on="2026-07-01", last_name="Married")).counts


def test_a_blank_day_is_that_of_the_file(take_in):  # noqa: F811
    take_in(*BEFORE)

    take_in(*moved(effective_on=""), effective_on=datetime.date(2026, 6, 1))

    assert (one().org_unit.code, spells()) == ("B", [("A", "2020-01-01"), ("B", "2026-06-01")])


def test_a_day_in_the_past_is_history_up_to_the_next_move(take_in):  # noqa: F811
    take_in(*BEFORE)
    take_in(*moved(org_unit="C", effective_on="2026-03-01"))

    take_in(*moved(org_unit="B", effective_on="2025-03-01"))

    assert (one().org_unit.code, spells()) == (
        "C", [("A", "2020-01-01"), ("B", "2025-03-01"), ("C", "2026-03-01")]
    )  # fmt: skip
    assert not take_in(*moved(org_unit="B", effective_on="2025-03-01")).counts


def test_a_move_of_manager_to_come_takes_the_team_along_on_its_day(take_in, time_machine):  # noqa: F811
    rows = [*BEFORE, person("2", manager_number="1"), person("new")]
    take_in(*rows)

    take_in(*rows[:1], rows[1] | {"manager_number": "new", "effective_on": "2026-07-01"}, *rows[2:])

    assert one().manager.employee_number == "boss"
    time_machine.move_to(datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))
    follow_calendar()
    new = Employee.objects.get(employee_number="new")
    assert Employee.objects.get(employee_number="2").manager_ids == [new.pk, one().pk]


def test_days_on_which_nobody_can_be_moved_are_wrong_rows_and_keep_nobody_out(take_in):  # noqa: F811
    rows = [*BEFORE, person("2", manager_number="1", leave_date="2026-12-31"), person("3")]
    take_in(*rows)
    before = {row.employee_number: list(row.history.values()) for row in Employee.objects.all()}

    report = take_in(
        rows[0] | {"manager_number": "2", "effective_on": "2026-07-01"},
        rows[1] | {"org_unit": "B", "effective_on": "2019-12-31"},
        rows[2] | {"org_unit": "B", "effective_on": "2027-01-01"},
        rows[3] | {"manager_number": "nobody", "effective_on": "2026-07-01"},
        person("4", effective_on="soon"),
        person("5"),
    )

    assert reasons(report) == [
        (6, "effective_on", "not a day like 2026-01-31"),
        (3, "effective_on", "before the first day of work"),
        (4, "effective_on", "after the last day of work"),
        (5, "manager_number", "nobody has this number"),
        (2, "manager_number", "a ring of managers: boss → 2 → 1 → boss"),
    ]
    assert report.counts == {"hired": 1}
    assert {number: list(Employee.objects.get(employee_number=number).history.values()) for number in before} == before


def test_whoever_comes_or_goes_does_so_on_the_day_of_their_row(take_in):  # noqa: F811
    take_in(person("gone"), person("going"), *crowd(40))

    take_in(
        person("past", effective_on="2026-06-01"),
        person("coming", effective_on="2026-07-01"),
        person("gone", status="left", effective_on="2026-06-11"),
        person("going", status="left", effective_on="2026-07-01"),
        *crowd(40),
    )

    found = {row.employee_number: row for row in Employee.objects.all()}
    assert [str(found[name].history.get().starts_on) for name in ("past", "coming")] == ["2026-06-01", "2026-07-01"]
    assert [(found[name].status, str(found[name].left_on)) for name in ("gone", "going")] == [
        (EmploymentStatus.LEFT, "2026-06-10"),
        (EmploymentStatus.ACTIVE, "2026-06-30"),
    ]
    assert (found["coming"].status, str(found["coming"].hired_on)) == (EmploymentStatus.PENDING, "2026-07-01")
    assert not take_in(
        person("past", effective_on="2026-06-01"),
        person("coming", effective_on="2026-07-01"),
        person("gone", status="left", effective_on="2026-06-11"),
        person("going", status="left", effective_on="2026-07-01"),
        *crowd(40),
    ).counts  # fmt: skip


@pytest.mark.parametrize("undone", ["2026-06-16", "2026-07-02"], ids=["before its day", "after it"])
def test_taking_a_file_back_takes_back_what_was_to_come(take_in, time_machine, undone):  # noqa: F811
    take_in(*BEFORE)
    take_in(*moved(org_unit="C", effective_on="2026-03-01"))
    before = spells()
    take_in(*moved(effective_on="2026-07-01"))
    imported = EmployeeImport.objects.latest("id")
    time_machine.move_to(datetime.datetime.fromisoformat(f"{undone}T12:00+00:00"))
    follow_calendar()
    assert one().org_unit.code == ("B" if undone > "2026-07-01" else "C")

    with transaction.atomic():
        take_back(imported, by=None)

    assert (imported.undo["back"], one().org_unit.code, spells()) == (1, "C", before)


def test_a_move_to_come_that_somebody_changed_since_stays(take_in):  # noqa: F811
    take_in(*BEFORE)
    take_in(*moved(effective_on="2026-07-01", last_name="Wrong"))
    imported = EmployeeImport.objects.latest("id")
    one().history.filter(starts_on="2026-07-01").update(starts_on="2026-07-02")

    with transaction.atomic():
        take_back(imported, by=None)

    assert (imported.undo["partly"], one().last_name, len(spells())) == (1, "Last1", 2)
    assert imported.changes.get().conflicts == ["org_unit"]


def test_the_comparison_shows_from_which_day(take_in, client):  # noqa: F811
    take_in(*BEFORE)
    take_in(*moved(effective_on="2026-07-01"))
    user = UserFactory()
    RoleGrantFactory(user=user, role=Role.HR_LEADER)
    client.force_login(user)

    page = client.get(EmployeeImport.objects.latest("id").get_absolute_url())

    [line] = page.context["lines"]
    assert [(field["label"], field["old"], field["new"]) for field in line["fields"]] == [
        ("Unit (code)", "A", "B"), ("In force from", "nothing", "1\N{NO-BREAK SPACE}Jul\N{NO-BREAK SPACE}2026"),
    ]  # fmt: skip
