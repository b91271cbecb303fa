"""Taking in employees from a file: whoever is right goes in, whoever is wrong is named, and twice is once."""

import csv
import datetime
import os
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hrportal.journal.models import Fact
from hrportal.people.enums import EmploymentStatus, LeaveReason, Role
from hrportal.people.importing import ImportRefused, Options, import_employees
from hrportal.people.models import Employee, EmployeeImport, Employment, Job, OrgUnit, Position, RoleGrant
from tests.factories.people import EmployeeFactory, RoleGrantFactory, UserFactory
from tests.support.extract import OPTIONS, write_extract

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

COLUMNS = ["employee_number", "first_name", "last_name"]
TODAY = datetime.date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))


@pytest.fixture
def take_in(tmp_path):
    """Write rows to a file and take it in. A row is a dict; what it does not name is blank."""

    def take_in(*rows: dict[str, str], by=None, **options):
        file = tmp_path / "people.csv"
        names = list(dict.fromkeys([*COLUMNS, *(name for row in rows for name in row)]))
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, names, restval="")
            writer.writeheader()
            writer.writerows(rows)
        return import_employees(Options(file=file, **options), by=by)

    return take_in


def person(number: str, **cells: str) -> dict[str, str]:
    return {"employee_number": number, "first_name": f"First{number}", "last_name": f"Last{number}"} | cells


def crowd(size: int) -> list[dict[str, str]]:
    """Enough people that one who leaves is not a tenth."""
    return [person(f"c{n}") for n in range(size)]


def reasons(report) -> list[tuple[int, str, str]]:
    return [(error.line, error.column, error.reason) for error in report.errors]


def test_a_row_becomes_an_employee_at_a_place(take_in):
    take_in(
        person("1", org_unit="HQ", job="CEO", hire_date="2020-02-01", email="ada@example.com"),
        person(
            "2", manager_number="1", position="S1", location="Rome", legal_entity="IT", birth_year="1980", gender="f"
        ),
    )

    ada, ben = Employee.objects.order_by("employee_number")
    assert (ada.org_unit.name, ada.job.name, ada.hired_on, ada.work_email) == (
        "HQ", "CEO", datetime.date(2020, 2, 1), "ada@example.com",
    )  # fmt: skip
    assert (ben.manager, ben.manager_ids, ben.position.code, ben.birth_year, ben.gender) == (
        ada, [ada.pk], "S1", 1980, "female",
    )  # fmt: skip
    assert [row.starts_on for row in Employment.objects.order_by("starts_on")] == [datetime.date(2020, 2, 1), TODAY]


def test_managers_may_come_after_their_reports(take_in):
    take_in(person("2", manager_number="1"), person("1"))

    assert Employee.objects.get(employee_number="2").manager.employee_number == "1"


def test_the_same_file_twice_changes_nothing(take_in):
    rows = [person("1", org_unit="A", hire_date="2020-02-01"), person("2", manager_number="1", leave_date="2026-12-31")]
    take_in(*rows)
    before = Fact.objects.count(), list(Employment.objects.values()), list(Employee.objects.values())

    report = take_in(*rows)

    assert not report.counts
    assert (Fact.objects.count(), list(Employment.objects.values()), list(Employee.objects.values())) == before


def test_a_change_is_a_row_of_history_and_a_fact(take_in):
    take_in(person("1", org_unit="A", hire_date="2020-02-01"))

    report = take_in(person("1", org_unit="B", hire_date="2020-02-01"), effective_on=datetime.date(2026, 6, 1))

    employee = Employee.objects.get()
    assert employee.org_unit.code == "B"
    assert list(employee.history.order_by("starts_on").values_list("org_unit__code", "starts_on", "ends_on")) == [
        ("A", datetime.date(2020, 2, 1), datetime.date(2026, 5, 31)),
        ("B", datetime.date(2026, 6, 1), None),
    ]
    assert report.counts == {"changed": 1}
    fact = Fact.objects.get(topic="people.employee_changed")
    assert (fact.person_id, fact.data) == (employee.pk, {"fields": ["org_unit"]})
    assert EmployeeImport.objects.count() == 2
    assert Fact.objects.filter(topic="people.import_finished").count() == 2


def test_a_blank_cell_leaves_alone_and_a_dash_clears(take_in):
    take_in(person("1", org_unit="A", preferred_name="Addy"), person("2", org_unit="A", preferred_name="Benny"))

    take_in(person("1", org_unit="", preferred_name=""), person("2", org_unit="-", preferred_name="-"))

    assert list(Employee.objects.order_by("employee_number").values_list("org_unit__code", "preferred_name")) == [
        ("A", "Addy"),
        (None, ""),
    ]


def test_a_changed_manager_takes_the_team_along(take_in):
    take_in(person("1"), person("2"), person("3", manager_number="1"), person("4", manager_number="3"))

    take_in(person("1"), person("2"), person("3", manager_number="2"), person("4", manager_number="3"))

    two, three, four = (Employee.objects.get(employee_number=number) for number in "234")
    assert four.manager_ids == [two.pk, three.pk]


def test_wrong_rows_are_named_and_the_others_go_in(take_in, tmp_path):
    report = take_in(
        person("1"),
        person("2", email="nobody"),
        person("3", hire_date="yesterday"),
        person("4", manager_number="99"),
        person("5", first_name=""),
        person("6", last_name="x" * 101),
        person("7", last_name="bell\x07"),
        person("1"),
        person("9", hire_date="2020-01-02", leave_date="2020-01-01"),
        person("10", leave_reason="bored"),
    )

    assert reasons(report) == [
        (3, "email", "not an e-mail address"),
        (4, "hire_date", "not a day like 2026-01-31"),
        (6, "first_name", "is missing"),
        (7, "last_name", "longer than 100 characters"),
        (8, "last_name", "contains control characters"),
        (9, "employee_number", "stands in the file twice"),
        (10, "leave_date", "before the hire date"),
        (11, "leave_reason", "not one of voluntary, involuntary, retirement, other"),
        (5, "manager_number", "nobody has this number"),
    ]
    assert Employee.objects.get().employee_number == "1"
    report.write_errors(tmp_path / "errors.csv")
    assert (tmp_path / "errors.csv").read_text().splitlines()[:2] == [
        "line,column,value,reason",
        "3,email,nobody,not an e-mail address",
    ]


def test_errors_hold_no_formulas(take_in, tmp_path):
    report = take_in(person("1", email='=HYPERLINK("x")'))

    report.write_errors(tmp_path / "errors.csv")

    with (tmp_path / "errors.csv").open(newline="") as stream:
        assert list(csv.reader(stream))[1][2] == '\'=HYPERLINK("x")'


def test_strict_takes_in_nothing_while_a_row_is_wrong(take_in):
    report = take_in(person("1"), person("2", email="nobody"), is_strict=True)

    assert (report.is_applied, report.refused, Employee.objects.count()) == (False, 1, 0)


def test_a_dry_run_says_what_would_change_and_changes_nothing(take_in):
    take_in(person("1", org_unit="A"), *crowd(20))
    before = Fact.objects.count()

    report = take_in(person("1", org_unit="B"), person("2"), *crowd(19), is_dry_run=True)

    assert report.counts == {"changed": 1, "hired": 1, "ended": 1}
    assert [change.fields["org_unit"] for change in report.first_changes if change.number == "1"] == [("A", "B")]
    assert report.new_codes == {"org_unit": ["B"]}
    assert (Fact.objects.count(), Employee.objects.count(), OrgUnit.objects.count()) == (before, 21, 1)


def test_whoever_is_missing_has_left(take_in):
    take_in(*crowd(20))
    user = UserFactory(employee=Employee.objects.get(employee_number="c0"))
    grant = RoleGrantFactory(user=user, role=Role.EXECUTIVE)

    take_in(*crowd(20)[1:])

    gone = Employee.objects.get(employee_number="c0")
    assert (gone.status, gone.leave_reason) == (EmploymentStatus.LEFT, LeaveReason.OTHER)
    user.refresh_from_db()
    grant.refresh_from_db()
    assert not user.is_active
    assert not user.has_usable_password()
    assert grant.revoked_at
    assert Fact.objects.filter(topic="people.employment_ended", person_id=gone.pk).count() == 1


def test_whoever_has_a_leave_date_in_the_past_has_left_on_it(take_in):
    take_in(person("1", hire_date="2020-01-01", position="S"), *crowd(20))

    take_in(person("1", leave_date="2026-05-31", leave_reason="Retirement"), person("2", position="S"), *crowd(20))

    gone = Employee.objects.get(employee_number="1")
    assert (gone.left_on, gone.leave_reason, gone.position) == (datetime.date(2026, 5, 31), "retirement", None)
    assert gone.history.get().ends_on == datetime.date(2026, 5, 31)
    assert Position.objects.get().incumbent.employee_number == "2"


def administrator(number: str) -> Employee:
    employee = Employee.objects.get(employee_number=number)
    RoleGrantFactory(user=UserFactory(employee=employee), role=Role.ADMIN)
    return employee


@pytest.mark.parametrize(
    "own", [{"leave_date": "2026-05-31"}, {"status": "left"}, None], ids=["day", "status", "missing"]
)
@pytest.mark.parametrize("admins", [1, 2])
def test_no_file_ends_the_last_administrators(take_in, own, admins):
    take_in(*crowd(40))
    for number in range(admins):
        administrator(f"c{number}")
    rows = [crowd(40)[number] | own for number in range(admins)] if own else []

    report = take_in(*rows, person("new"), *crowd(40)[admins:39])

    assert {(error.value, error.reason) for error in report.errors} == {
        (f"c{number}", "no system administrator would be left") for number in range(admins)
    }
    assert not Employee.objects.filter(employee_number__in=["c0", "c1"], status=EmploymentStatus.LEFT).exists()
    assert RoleGrant.objects.current().filter(user__is_active=True).count() == admins
    assert report.counts == {"hired": 1, "ended": 1}


def test_an_administrator_leaves_while_another_stays(take_in):
    take_in(*crowd(40))
    administrator("c0")
    RoleGrantFactory(role=Role.ADMIN, user=UserFactory(employee=None))

    report = take_in(*crowd(40)[1:])

    assert (report.errors, report.counts) == ([], {"ended": 1})
    assert RoleGrant.objects.current().count() == 1


@pytest.mark.parametrize(
    "own", [{"org_unit": "B"}, {"leave_date": "2026-05-31"}, None], ids=["moved", "ended", "missing"]
)
def test_whoever_takes_a_file_in_neither_moves_nor_ends_by_it(take_in, tmp_path, own):
    take_in(person("hr", org_unit="A"), *crowd(40))
    user = UserFactory(employee=Employee.objects.get(employee_number="hr"))
    own_row = [person("hr") | own] if own else []

    report = take_in(*own_row, *crowd(39), by=user)

    assert [(error.value, error.reason.partition(":")[0]) for error in report.errors] == [
        ("hr", "nobody moves or ends themselves")
    ]
    user.employee.refresh_from_db()
    assert (user.employee.status, user.employee.org_unit.code) == (EmploymentStatus.ACTIVE, "A")
    assert report.counts == {"ended": 1}
    renamed = take_in(person("hr", last_name="Married"), *crowd(39), by=user)
    assert (renamed.errors, renamed.counts) == ([], {"changed": 1})


def test_a_file_that_would_end_more_than_a_tenth_is_refused(take_in):
    take_in(*crowd(20))

    with pytest.raises(ImportRefused, match="3 of 20"):
        take_in(*crowd(17))

    assert not Employee.objects.filter(status=EmploymentStatus.LEFT).exists()
    take_in(*crowd(17), allow_leavers=True)
    assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == 3


def test_a_file_speaks_only_of_its_own_source(take_in):
    EmployeeFactory(source="other")
    take_in(*crowd(20))

    report = take_in(*crowd(20), person("1"))

    assert report.counts == {"hired": 1}


def test_nobody_is_missing_while_a_row_cannot_be_told_whose_it_is(take_in):
    take_in(*crowd(20))

    report = take_in(*crowd(20)[1:], person("", first_name="Nameless"))

    assert not report.counts


def test_whoever_stands_in_the_file_again_has_come_back(take_in):
    take_in(*crowd(20))
    take_in(*crowd(19))

    report = take_in(*crowd(20))

    back = Employee.objects.get(employee_number="c19")
    assert report.counts == {"returned": 1}
    assert (back.status, back.left_on, back.leave_reason) == (EmploymentStatus.ACTIVE, None, "")
    assert back.history.filter(ends_on=None).count() == 1
    assert not take_in(*crowd(20)).counts


def test_a_leaver_nobody_knew_comes_in_as_one(take_in):
    report = take_in(person("1", hire_date="2019-01-01", leave_date="2020-01-01"), person("2", manager_number="1"))

    assert report.counts == {"hired": 2}
    assert Employee.objects.get(employee_number="1").status == EmploymentStatus.LEFT


def test_people_trade_seats_and_addresses(take_in):
    take_in(person("1", position="A", email="a@x.org"), person("2", position="B", email="b@x.org"))

    report = take_in(person("1", position="B", email="b@x.org"), person("2", position="A", email="a@x.org"))

    assert not report.errors
    assert list(Employee.objects.order_by("employee_number").values_list("position__code", "work_email")) == [
        ("B", "b@x.org"),
        ("A", "a@x.org"),
    ]


def test_a_seat_or_address_of_somebody_else_is_refused(take_in):
    EmployeeFactory(employee_number="0", work_email="Taken@x.org", position=Position.objects.create(code="S", name="S"))

    report = take_in(person("1", email="taken@x.org"), person("2", position="S"), person("3", email="new@x.org"))

    assert reasons(report) == [(2, "email", "belongs to 0"), (3, "position", "belongs to 0")]
    assert set(Employee.objects.values_list("employee_number", flat=True)) == {"0", "3"}


def test_an_account_follows_its_owners_address(take_in):
    take_in(person("1", email="a@x.org"))
    user = UserFactory(employee=Employee.objects.get(), email="a@x.org")

    take_in(person("1", email="b@x.org"))

    user.refresh_from_db()
    assert user.email == "b@x.org"


def test_a_report_of_somebody_refused_goes_in_without_a_manager_and_is_named(take_in):
    report = take_in(person("1", email="wrong"), person("2", manager_number="1"))

    assert Employee.objects.get().manager is None
    assert reasons(report)[1] == (3, "manager_number", "taken in without this manager, whose own row was refused")


def test_a_ring_that_closes_with_what_is_stored_is_refused(take_in):
    take_in(person("1"), person("2", manager_number="1"))

    report = take_in(person("1", manager_number="2"), person("2"))

    assert reasons(report) == [(2, "manager_number", "a ring of managers: 1 → 2 → 1")]
    assert Employee.objects.get(employee_number="1").manager is None


managers = st.integers(1, 8).flatmap(
    lambda size: st.lists(st.none() | st.integers(0, size - 1), min_size=size, max_size=size)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(above=managers)
def test_any_forest_goes_in_and_any_ring_is_named(take_in, above):
    """Whoever is in a ring is refused; all others go in and hang where the file says, as far as it can be."""
    source = f"s{os.urandom(6).hex()}"
    numbers = [f"{source}-{n}" for n in range(len(above))]
    rows = [
        person(number, manager_number=numbers[manager] if manager is not None else "")
        for number, manager in zip(numbers, above, strict=True)
    ]

    report = take_in(*rows, source=source)

    in_rings = {numbers[n] for n in range(len(above)) if _is_in_ring(n, above)}
    stored = {row.employee_number: row for row in Employee.objects.filter(source=source).select_related("manager")}
    assert stored.keys() == set(numbers) - in_rings
    assert {e.reason.split(": ")[0] for e in report.errors if "ring" in e.reason} == (
        {"a ring of managers"} if in_rings else set()
    )
    for n, manager in enumerate(above):
        if numbers[n] in stored:
            found, wanted = stored[numbers[n]].manager, None if manager is None else stored.get(numbers[manager])
            assert found == wanted
            assert stored[numbers[n]].manager_ids == ([*found.manager_ids, found.pk] if found else [])


def _is_in_ring(start: int, above: list[int | None]) -> bool:
    node = above[start]
    for _step in above:
        if node is None or node == start:
            break
        node = above[node]
    return node == start


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "employee_number is missing"),
        (b"employee_number,first_name\n1,Ada\n", "last_name is missing"),
        (b"employee_number,first_name,last_name,First Name\n", "first_name is there twice"),
        (b"employee_number,first_name,last_name\n1,Ad\xe9,L\n", "not text in utf-8"),
        ("employee_number,first_name,last_name\n1,A,L\n".encode("utf-16"), "not text in utf-8"),
        (b'employee_number,first_name,last_name\n1,"Ada"x,L\n', "Line 2 is not CSV"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path, content, words):
    file = tmp_path / "people.csv"
    file.write_bytes(content)

    with pytest.raises(ImportRefused, match=words):
        import_employees(Options(file=file), by=None)


def test_headers_separators_and_byte_order_marks_do_not_matter(tmp_path):
    file = tmp_path / "people.csv"
    file.write_bytes("﻿Employee Number;FIRST_NAME;last-name;Shoe size\n1;Ada;Byron;38\n".encode())

    report = import_employees(Options(file=file), by=None)

    assert (report.ignored_columns, Employee.objects.get().name) == (("Shoe size",), "Ada Byron")


def test_a_row_with_too_few_cells_is_refused(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("employee_number,first_name,last_name\n1,Ada\n")

    assert reasons(import_employees(Options(file=file), by=None)) == [(2, "", "2 cells where the header has 3")]


def test_a_day_to_come_is_refused(take_in):
    with pytest.raises(ImportRefused):
        take_in(person("1"), effective_on=TODAY + datetime.timedelta(days=1))


def test_what_is_already_known_to_come_later_stays(take_in):
    take_in(person("1", org_unit="A"))
    employee = Employee.objects.get()
    employee.history.update(ends_on=datetime.date(2026, 7, 31), starts_on=datetime.date(2020, 1, 1))
    planned = OrgUnit.objects.create(code="P", name="P")
    Employment.objects.create(employee=employee, org_unit=planned, starts_on=datetime.date(2026, 8, 1))

    take_in(person("1", org_unit="B"))

    assert list(employee.history.order_by("starts_on").values_list("org_unit__code", "starts_on")) == [
        ("A", datetime.date(2020, 1, 1)),
        ("B", TODAY),
        ("P", datetime.date(2026, 8, 1)),
    ]


def test_statements_grow_with_batches_and_not_with_people(take_in):
    def queries_for(rows: Iterable[dict[str, str]]) -> int:
        with CaptureQueriesContext(connection) as queries:
            take_in(*rows, allow_leavers=True)
        return len(queries)

    few = [person("1", org_unit="A"), person("2", manager_number="1", org_unit="A")]
    many = [person(f"m{n}", org_unit="A", manager_number="m0" if n else "") for n in range(100)]
    hiring_few, hiring_and_ending = queries_for(few), queries_for(many)
    changing_many = queries_for([row | {"org_unit": "B", "last_name": "New"} for row in many])

    assert hiring_few < 36
    assert hiring_and_ending < 52
    assert changing_many < 46


@pytest.fixture
def extract(tmp_path) -> Path:
    """An extract of 107 people with codes in files beside it: the one ORACLE_HR_DIR names, else ours of the same shape."""
    given = os.environ.get("ORACLE_HR_DIR")
    return Path(given) / "employees.csv" if given else write_extract(tmp_path)


def test_an_extract_with_codes_goes_in_whole(extract, capsys):
    call_command("import_employees", extract, *OPTIONS)

    assert Employee.objects.count() == 107
    assert Employee.objects.filter(org_unit=None).count() == 1
    assert Employee.objects.filter(manager=None).count() == 1
    assert not Job.objects.filter(name__startswith="JOB_").exists()
    assert not Employee.objects.exclude(work_email__endswith="@example.com").exists()
    call_command("import_employees", extract, *OPTIONS)
    assert "nobody changed" in capsys.readouterr().out


def test_a_code_its_file_does_not_know_is_refused(tmp_path):
    write_extract(tmp_path)
    (tmp_path / "jobs.csv").write_text("job_id,job_title\nJOB_1,Only one\n")

    call_command("import_employees", tmp_path / "employees.csv", *OPTIONS, "--errors", tmp_path / "errors.csv")

    assert set(Employee.objects.values_list("job__name", flat=True)) <= {"Only one"}
    assert "not in the file of codes" in (tmp_path / "errors.csv").read_text()


def test_the_command_fails_when_strict_refused(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("employee_number,first_name,last_name,email\n1,Ada,Byron,wrong\n")

    with pytest.raises(CommandError, match="Nothing was taken in"):
        call_command("import_employees", file, "--strict")
