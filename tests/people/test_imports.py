"""Files of employees by pages and API: columns, differences person by person, taking in, and taking back."""

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.actions import create_token
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.jobs import MOST_ATTEMPTS, run_due_jobs
from hrportal.journal.models import Fact, Job
from hrportal.journal.schedule import start_daily_jobs
from hrportal.people.actions import correct_employee, place_employee
from hrportal.people.actions.imports import check_undo, undo_import, upload_import
from hrportal.people.enums import EmploymentStatus, ImportState, Role
from hrportal.people.import_lists import CHANGES
from hrportal.people.importing.recording import histories_of
from hrportal.people.models import Employee, EmployeeImport, OrgUnit, PersonalToken, RoleGrant, User
from tests.factories.people import RoleGrantFactory, UserFactory, make_user

pytestmark = pytest.mark.django_db

HEADER = ["employee_number", "first_name", "last_name", "email", "manager_number", "org_unit", "position", "hire_date"]


@pytest.fixture
def admin():
    return make_user(Role.ADMIN)


@pytest.fixture
def pages(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def client_of():
    def client_of(user) -> Client:
        browser = Client()
        browser.force_login(user)
        return browser

    return client_of


def row(number: str, **cells: str) -> dict[str, str]:
    given = {"employee_number": number, "first_name": f"First{number}", "last_name": f"Last{number}"} | cells
    return {name: given.get(name, "") for name in HEADER}


def as_file(*rows: dict[str, str], name: str = "people.csv") -> SimpleUploadedFile:
    lines = [";".join(HEADER), *(";".join(row.values()) for row in rows)]
    return SimpleUploadedFile(name, "\n".join(lines).encode())


COMPANY = [
    row("1", org_unit="HQ", position="S1", hire_date="2020-01-01", email="one@example.com"),
    row("2", manager_number="1", org_unit="HQ", position="S2", hire_date="2020-01-01", email="two@example.com"),
    *(row(f"c{n}", manager_number="1", org_unit="HQ", hire_date="2021-01-01") for n in range(20)),
]


def upload(pages, *rows, **typed) -> EmployeeImport:
    data = {"file": as_file(*rows), "source": "hris", "effective_on": str(timezone.localdate())} | typed
    answer = pages.post(reverse("people:import_upload"), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return EmployeeImport.objects.latest("id")


def compare(pages, imported: EmployeeImport, **typed) -> EmployeeImport:
    page = pages.get(reverse("people:import_columns", args=[imported.pk]))
    data = {field.html_name: field.value() or "" for field in page.context["form"]} | typed
    answer = pages.post(reverse("people:import_columns", args=[imported.pk]), data)
    assert answer.status_code == 302, answer.context["form"].errors
    return after_jobs(imported)


def after_jobs(imported: EmployeeImport) -> EmployeeImport:
    run_due_jobs()
    imported.refresh_from_db()
    return imported


def take_in(pages, *rows, **typed) -> EmployeeImport:
    imported = compare(pages, upload(pages, *rows, **typed))
    data = {"allow_leavers": "on"} if imported.ends_too_many else {}
    pages.post(reverse("people:import_apply", args=[imported.pk]), data)
    return after_jobs(imported)


def take_back(pages, imported: EmployeeImport) -> EmployeeImport:
    pages.post(reverse("people:import_check_undo", args=[imported.pk]))
    after_jobs(imported)
    pages.post(reverse("people:import_undo", args=[imported.pk]), {"reason": "The wrong file."})
    return after_jobs(imported)


def everything() -> dict[str, tuple]:
    """All that an import writes about people, by employee number."""
    histories = histories_of(Employee.objects.values_list("pk", flat=True))
    names = [
        field.attname for field in Employee._meta.concrete_fields if field.name not in ("updated_at", "created_at")
    ]
    return {
        person["employee_number"]: (person, histories.get(person["id"], []))
        for person in Employee.objects.values(*names)
    }


def test_a_file_is_mapped_compared_and_taken_in(pages, admin):
    imported = upload(pages, row("1"), row("2", manager_number="1"), row("", last_name="Nobody"))

    assert (imported.state, Employee.objects.filter(source="hris").count()) == (ImportState.UPLOADED, 0)
    compare(pages, imported)
    assert (imported.state, imported.created, imported.refused) == (ImportState.CHECKED, 2, 1)
    assert Employee.objects.filter(source="hris").count() == 0

    page = pages.get(imported.get_absolute_url())
    assert [line["change"].employee_number for line in page.context["lines"]] == ["1", "2"]
    [problem] = pages.get(reverse("people:import_problems", args=[imported.pk])).context["page"].rows
    assert (problem.line, problem.column, problem.reason) == (4, "employee_number", "is missing")

    pages.post(reverse("people:import_apply", args=[imported.pk]))
    after_jobs(imported)
    assert (imported.state, imported.created, imported.uploaded_by) == (ImportState.APPLIED, 2, admin)
    assert Employee.objects.get(employee_number="2").manager.employee_number == "1"
    facts = Fact.objects.filter(topic__startswith="people.import_").order_by("pk").values_list("topic", "actor_id")
    assert list(facts) == [("people.import_uploaded", admin.pk), ("people.import_finished", admin.pk)]


def test_differences_show_old_and_new_but_not_what_only_aggregates_use(pages):
    take_in(pages, *COMPANY)
    unit = compare(pages, upload(pages, *COMPANY[:-1], COMPANY[-1] | {"org_unit": "Lab", "last_name": "Newly"}))
    change = unit.changes.get()
    change.fields["birth_year"] = [1970, 1971]
    change.save()

    page = pages.get(unit.get_absolute_url())
    text = page.content.decode()

    [line] = page.context["lines"]
    assert {field["label"]: (field["old"], field["new"]) for field in line["fields"]} == {
        "Last name": ("Lastc19", "Newly"), "Unit (code)": ("HQ", "Lab"), "Year of birth": (None, None),
    }  # fmt: skip
    assert "1970" not in text and "1971" not in text  # noqa: PT018


def test_samples_show_neither_what_only_aggregates_use_nor_what_nobody_knows(pages):
    content = b"Personalnummer,Vorname,Nachname,Geschlecht,Geburtsjahr,Salary\n1,Ada,Byron,female,1977,88400.50 EUR\n"

    imported = upload(pages, file=SimpleUploadedFile("odd.csv", content))

    text = pages.get(reverse("people:import_columns", args=[imported.pk])).content.decode()
    assert imported.look["samples"] == [["1"], ["Ada"], ["Byron"], ["abc"], ["123"], ["123.123 abc"]]
    assert [word for word in ("female", "1977", "88400") if word in text] == []
    pages.post(reverse("people:import_columns", args=[imported.pk]), {"reread": "1", "encoding": "cp1252"})
    imported.refresh_from_db()
    assert (imported.look["encoding"], imported.look["samples"][3:]) == ("cp1252", [["abc"], ["123"], ["123.123 abc"]])


def test_a_wrong_row_does_not_tell_what_only_aggregates_use(pages):
    content = b"employee_number,first_name,last_name,gender,birth_year,email\n1,A,B,womxn,77,nobody\n"

    imported = compare(pages, upload(pages, file=SimpleUploadedFile("odd.csv", content)))

    assert list(imported.problems.values_list("column", "value").order_by("column")) == [
        ("birth_year", ""), ("email", "nobody"), ("gender", ""),
    ]  # fmt: skip


def test_columns_are_remembered_for_the_next_file_of_the_source(pages):
    file = SimpleUploadedFile("odd.csv", b"Key,Called,Family\n1,Ada,Lovelace\n")
    imported = upload(pages, file=file)
    refused = pages.post(reverse("people:import_columns", args=[imported.pk]), {"effective_on": "2026-01-01"})
    assert refused.status_code == 422
    compare(pages, imported, column_0="employee_number", column_1="first_name", column_2="last_name")

    file.seek(0)
    again = upload(pages, file=file)

    assert imported.created == 1
    assert again.settings["names"] == {"Key": "employee_number", "Called": "first_name", "Family": "last_name"}
    other = upload(pages, file=SimpleUploadedFile("odd.csv", b"Key,Called\n1,Ada\n"), source="payroll")
    assert other.settings["names"] == {"Key": "", "Called": ""}


def test_a_file_that_is_no_table_is_refused_and_not_kept(pages):
    file = SimpleUploadedFile("people.xlsx", b"PK\x03\x04 and then nothing")

    answer = pages.post(reverse("people:import_upload"), {"file": file, "source": "hris", "effective_on": "2026-01-01"})

    assert answer.status_code == 422
    assert "cannot be read" in str(answer.context["form"].errors)
    assert EmployeeImport.objects.count() == 0


def test_many_leavers_are_taken_in_only_when_that_is_said_to_be_meant(pages):
    take_in(pages, *COMPANY)
    imported = compare(pages, upload(pages, *COMPANY[:10]))

    pages.post(reverse("people:import_apply", args=[imported.pk]))
    after_jobs(imported)
    assert (imported.state, imported.leaving, imported.people) == (ImportState.CHECKED, 12, 22)
    assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == 0

    pages.post(reverse("people:import_apply", args=[imported.pk]), {"allow_leavers": "on"})
    assert after_jobs(imported).state == ImportState.APPLIED
    assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == 12


def test_a_file_for_a_day_to_come_is_taken_in_on_it(pages, time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))
    imported = take_in(pages, *COMPANY, effective_on="2026-06-20")
    assert (imported.state, Employee.objects.filter(source="hris").count()) == (ImportState.SCHEDULED, 0)

    for day in (19, 20):
        time_machine.move_to(datetime.datetime(2026, 6, day, 12, tzinfo=datetime.UTC))
        start_daily_jobs()
        after_jobs(imported)
        assert Employee.objects.filter(source="hris").exists() == (day == 20)
    assert (imported.state, str(imported.effective_on)) == (ImportState.APPLIED, "2026-06-20")


def test_a_discarded_file_leaves_its_name_and_nothing_else(pages):
    imported = compare(pages, upload(pages, *COMPANY))

    pages.post(reverse("people:import_discard", args=[imported.pk]))

    imported.refresh_from_db()
    assert imported.state == ImportState.DISCARDED
    assert [imported.parts.count(), imported.changes.count(), imported.problems.count()] == [0, 0, 0]
    assert pages.get(imported.get_absolute_url()).status_code == 200


def test_contents_go_after_a_month_and_undoing_with_them(pages, admin, time_machine):
    now = timezone.now()
    time_machine.move_to(now)
    imported = take_in(pages, *COMPANY)
    time_machine.move_to(now + datetime.timedelta(days=31))
    start_daily_jobs()
    after_jobs(imported)

    assert [imported.parts.count(), imported.changes.count(), imported.created] == [0, 0, 22]
    with pytest.raises(ActionError, match="no longer known"):
        check_undo(imported, by=admin)


def test_undoing_restores_people_histories_and_accounts(pages):
    take_in(pages, *COMPANY)
    two = Employee.objects.get(employee_number="2")
    user = UserFactory(employee=two, email="two@example.com")
    RoleGrantFactory(user=user, role=Role.HR_LEADER)
    create_token(by=user, name="Report", expires_on=timezone.localdate())
    before = everything()

    seats = [COMPANY[0] | {"position": "S2", "last_name": "Married"}, row("9", manager_number="1", position="S1")]
    moved = [one | {"manager_number": "9", "org_unit": "Lab"} for one in COMPANY[2:]]
    imported = take_in(pages, *seats, *moved)
    assert (imported.created, imported.changed, imported.ended) == (1, 21, 1)
    assert not User.objects.get(pk=user.pk).is_active
    take_back(pages, imported)

    assert imported.state == ImportState.UNDONE
    assert imported.undo == {"back": 23, "partly": 0, "stays": 0, "never_came": 1, "accounts": 1}
    nine = everything().pop("9")[0]
    assert {number: kept for number, kept in everything().items() if number != "9"} == before
    assert (nine["status"], nine["hired_on"], nine["left_on"], nine["position_id"]) == ("left", None, None, None)
    user.refresh_from_db()
    assert (user.is_active, user.has_usable_password()) == (True, False)
    assert list(RoleGrant.objects.current().filter(user=user).values_list("role", flat=True)) == [Role.HR_LEADER]
    assert not PersonalToken.objects.valid().exists()
    assert Fact.objects.filter(topic="people.import_undone", subject_id=imported.pk).count() == 1


def test_undoing_leaves_alone_what_somebody_changed_since(pages, admin):
    take_in(pages, *COMPANY)
    changed = [one | {"org_unit": "Lab", "last_name": "Wrong"} for one in COMPANY[2:5]]
    imported = take_in(pages, *COMPANY[:2], *changed, *COMPANY[5:])
    moved, renamed = (Employee.objects.get(employee_number=f"c{n}") for n in range(2))
    place_employee(moved, by=admin, effective_on=timezone.localdate(), org_unit=OrgUnit.objects.get(code="HQ"))
    correct_employee(renamed, by=admin, last_name="Right")

    take_back(pages, imported)

    found = {person.employee_number: person for person in Employee.objects.select_related("org_unit")}
    assert [(found[f"c{n}"].last_name, found[f"c{n}"].org_unit.code) for n in range(3)] == [
        ("Lastc0", "HQ"), ("Right", "HQ"), ("Lastc2", "HQ"),
    ]  # fmt: skip
    assert dict(imported.changes.exclude(conflicts=[]).values_list("employee_number", "conflicts")) == {
        "c0": ["org_unit"], "c1": ["last_name"],
    }  # fmt: skip
    assert (imported.undo["back"], imported.undo["partly"]) == (1, 2)


def test_undoing_leaves_people_where_going_back_would_take_a_seat_or_close_a_ring(pages, admin):
    take_in(pages, *COMPANY)
    imported = take_in(
        pages, COMPANY[0], COMPANY[1] | {"position": "S3"}, COMPANY[2] | {"manager_number": "-"}, *COMPANY[3:]
    )
    one, ring = Employee.objects.get(employee_number="1"), Employee.objects.get(employee_number="c0")
    seat = Employee.objects.get(employee_number="c5")
    today = timezone.localdate()
    place_employee(seat, by=admin, effective_on=today, position=one.position.__class__.objects.get(code="S2"))
    place_employee(one, by=admin, effective_on=today, manager=ring)

    take_back(pages, imported)

    conflicts = dict(imported.changes.values_list("employee_number", "conflicts"))
    assert conflicts == {"2": ["position"], "c0": ["manager"]}
    assert Employee.objects.get(employee_number="2").position.code == "S3"
    assert Employee.objects.get(employee_number="c0").manager is None


def test_only_the_last_file_of_a_source_can_be_taken_back_with_a_reason_after_looking(pages, admin):
    first = take_in(pages, *COMPANY)
    second = take_in(pages, *COMPANY[:-1], COMPANY[-1] | {"last_name": "Other"})

    with pytest.raises(ActionError, match="Only the last one"):
        check_undo(first, by=admin)
    with pytest.raises(ActionError, match="Look first"):
        undo_import(second, by=admin, reason="because")
    pages.post(reverse("people:import_check_undo", args=[second.pk]))
    with pytest.raises(ActionError, match="Say why"):
        undo_import(after_jobs(second), by=admin, reason=" ")
    assert Employee.objects.get(employee_number="c19").last_name == "Other"

    take_back(pages, second)
    take_back(pages, first)
    assert set(Employee.objects.filter(source="hris").values_list("status", flat=True)) == {EmploymentStatus.LEFT}


def give_up_the_job(imported: EmployeeImport) -> None:
    """Its workers died too often."""
    imported.refresh_from_db()
    Job.objects.filter(pk=imported.job_id).update(attempts=MOST_ATTEMPTS)
    after_jobs(imported)


@pytest.mark.parametrize("by_page", [True, False], ids=["page", "API"])
def test_an_attempt_to_take_back_that_broke_off_is_discarded_and_made_again(pages, api, by_page):
    imported = take_in(pages, *COMPANY)
    pages.post(reverse("people:import_check_undo", args=[imported.pk]))
    after_jobs(imported)
    pages.post(reverse("people:import_undo", args=[imported.pk]), {"reason": "The wrong file."})
    running = api.post(f"/api/v1/imports/{imported.pk}/discard/", {}, format="json")
    give_up_the_job(imported)

    assert (running.status_code, imported.state) == (409, ImportState.UNDOING)
    assert "Discard the attempt" in pages.get(imported.get_absolute_url()).content.decode()
    if by_page:
        pages.post(reverse("people:import_discard", args=[imported.pk]))
    else:
        assert api.post(f"/api/v1/imports/{imported.pk}/discard/", {}, format="json").data["state"] == "applied"
    imported.refresh_from_db()
    assert (imported.state, imported.undo, imported.changes.count()) == (ImportState.APPLIED, {}, 22)
    assert "was given up" in pages.get(imported.get_absolute_url()).content.decode()

    assert take_back(pages, imported).state == ImportState.UNDONE
    assert imported.refusal == ""


def test_whoever_never_came_comes_with_the_right_file_as_if_nothing_had_been(pages):
    take_back(pages, take_in(pages, *COMPANY))
    take_in(pages, *COMPANY)

    person, [spell] = everything()["2"]
    assert (person["status"], str(person["hired_on"]), spell[:2]) == ("active", "2020-01-01", ["2020-01-01", None])


def test_whoever_leaves_is_signed_out_at_once_and_nothing_is_erased(pages, client_of):
    take_in(pages, *COMPANY)
    two = Employee.objects.get(employee_number="2")
    theirs = client_of(UserFactory(employee=two))
    assert theirs.get(reverse("people:employee_list")).status_code == 200

    imported = take_in(pages, COMPANY[0], *COMPANY[2:])

    assert theirs.get(reverse("people:employee_list")).status_code == 302
    two.refresh_from_db()
    assert (two.status, two.last_name, two.history.count()) == (EmploymentStatus.LEFT, "Last2", 1)
    closed = {str(fact["words"]): fact["count"] for fact in pages.get(imported.get_absolute_url()).context["closed"]}
    assert closed == {"An account was deactivated.": 1}


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_of_differences_takes_a_fixed_number_of_statements(pages, size):
    imported = compare(pages, upload(pages, *(row(f"{n}") for n in range(size))))

    with CaptureQueriesContext(connection) as queries:
        pages.get(imported.get_absolute_url())

    assert len(queries) == 6


@pytest.fixture
def api():
    client = APIClient()
    client.force_authenticate(ClientPrincipal("hris-sync", frozenset({"employees:read", "employees:write"})))
    return client


def test_a_client_uploads_looks_and_takes_in(api):
    sent = {"file": as_file(*COMPANY, row("", last_name="X")), "columns": json.dumps({"hire_date": ""})}
    answer = api.post("/api/v1/imports/", sent, format="multipart")
    assert answer.status_code == 202, answer.data
    run_due_jobs()
    pk = Job.objects.get(pk=answer.data["id"]).result["import"]
    url = f"/api/v1/imports/{pk}/"

    assert api.get(url).data["state"] == "checked"
    assert api.get(f"{url}differences/", {"kind": "hired", "page_size": 5}).data["results"][0]["name"] == "First1 Last1"
    [error] = api.get(f"{url}errors/").data["results"]
    assert (error["line"], error["reason"]) == (24, "is missing")
    assert api.post(f"{url}apply/", {}, format="json").status_code == 202
    run_due_jobs()
    assert api.get(url).data["created"] == 22
    assert set(Employee.objects.filter(source="hris").values_list("hired_on", flat=True)) == {None}

    again = api.post(f"{url}apply/", {}, format="json")
    assert (again.status_code, again.data["detail"]) == (409, "This file: Taken in.")
    assert api.post(f"{url}check-undo/", {}, format="json").status_code == 202
    run_due_jobs()
    assert api.post(f"{url}undo/", {"reason": "test"}, format="json").status_code == 202
    run_due_jobs()
    assert api.get(url).data["state"] == "undone"


@pytest.mark.parametrize("columns", ["{", "[]", '{"hire_date": "salary"}', '{"hire_date": []}', '{"hire_date": null}'])
def test_columns_that_are_none_of_ours_are_refused(api, columns):
    answer = api.post("/api/v1/imports/", {"file": as_file(*COMPANY), "columns": columns}, format="multipart")

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/columns")
    assert not EmployeeImport.objects.exists()


@pytest.mark.parametrize("twice", ["leave_date,leave_date", "Leave date,leave_date", "first_name,First Name"])
def test_a_column_that_is_there_twice_is_refused_and_not_left_out(api, twice):
    header = f"employee_number,last_name,{twice}" + ("" if "first" in twice else ",first_name")
    file = SimpleUploadedFile("people.csv", f"{header}\nN1,Byron,2026-01-31,,Ada\n".encode())

    answer = api.post("/api/v1/imports/", {"file": file}, format="multipart")

    assert (answer.status_code, "is there twice" in answer.data["detail"]) == (409, True), answer.data
    assert EmployeeImport.objects.get().state == ImportState.DISCARDED


def test_a_file_that_cannot_go_on_for_whatever_reason_is_not_kept(api, monkeypatch):
    monkeypatch.setattr("hrportal.people.api.imports.actions.check_import", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        api.post("/api/v1/imports/", {"file": as_file(*COMPANY)}, format="multipart")

    assert EmployeeImport.objects.get().state == ImportState.DISCARDED


def test_a_client_takes_in_without_looking_only_when_it_says_so(api):
    answer = api.post("/api/v1/imports/", {"file": as_file(*COMPANY), "dry_run": "false"}, format="multipart")
    run_due_jobs()
    assert (answer.status_code, Employee.objects.filter(source="hris").count()) == (202, 22)

    refused = api.post("/api/v1/imports/", {"file": as_file(*COMPANY[:3]), "dry_run": "false"}, format="multipart")
    run_due_jobs()

    assert "would end 19 of 22" in Job.objects.get(pk=refused.data["id"]).error
    assert Employee.objects.filter(status=EmploymentStatus.LEFT).count() == 0
    assert EmployeeImport.objects.latest("id").state == ImportState.UPLOADED


def test_a_client_hears_which_column_is_missing_and_nothing_is_kept(api):
    answer = api.post("/api/v1/imports/", {"file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n")}, format="multipart")

    assert (answer.status_code, answer.data["detail"]) == (409, "The column employee_number is missing.")
    assert list(EmployeeImport.objects.values_list("state", flat=True)) == [ImportState.DISCARDED]


@pytest.mark.parametrize("scopes", [{"employees:read"}, set()])
def test_a_client_without_the_scope_is_refused(scopes):
    client = APIClient()
    client.force_authenticate(ClientPrincipal("reader", frozenset(scopes)))

    assert client.post("/api/v1/imports/", {"file": as_file(*COMPANY)}, format="multipart").status_code == 403
    assert EmployeeImport.objects.count() == 0


def test_a_file_larger_than_allowed_is_refused_before_it_is_read(admin):
    with pytest.raises(ActionError, match="larger than 50 MB"):
        upload_import(iter([]), by=admin, name="a.csv", size=50_000_001, source="hris")


def test_lists_of_differences_and_wrong_rows_are_taken_away(pages):
    imported = compare(pages, upload(pages, row("1"), row("", last_name="=1+1")))

    problems = pages.post(
        reverse("home:list_export", args=["people.import_problems"]),
        {"query": f"import={imported.pk}", "format": "csv"},
    )
    changes = pages.post(
        reverse("home:list_export", args=["people.import_changes"]), {"query": f"import={imported.pk}", "format": "csv"}
    )

    assert "3,employee_number,,is missing" in problems.content.decode()
    assert "1,First1 Last1,New,Last name,nothing,Last1" in changes.content.decode()


def test_whether_a_list_of_differences_is_long_is_known_without_reading_it(pages, admin):
    imported = compare(pages, upload(pages, row("1"), row("2")))

    with CaptureQueriesContext(connection) as queries:
        found = len(CHANGES.rows(admin, QueryDict(f"import={imported.pk}")))

    (asked,) = [query["sql"] for query in queries if "people_importchange" in query["sql"]]
    assert (found, "COUNT(" in asked) == (2, True)
