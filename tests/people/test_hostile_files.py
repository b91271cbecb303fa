"""Broken and hostile files by page and by API: clear words, nothing half done, and no more memory than a small one takes."""

import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.principals import ClientPrincipal
from hrportal.journal.jobs import run_due_jobs
from hrportal.people.actions.imports import upload_import
from hrportal.people.enums import EmploymentStatus, ImportState, Role
from hrportal.people.models import Employee, EmployeeImport
from tests.factories.people import make_user
from tests.people.test_import_files import with_sheet

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEADER = "employee_number,first_name,last_name,email\n"
PEOPLE = [f"p{n},Zoë,Müller{n},p{n}@example.com\n" for n in range(200)]
WHOLE = "".join([HEADER, *PEOPLE])
WIDE = 10_000_000
MEGABYTE = 1_000_000


def wide_lines() -> Iterator[bytes]:
    """A header of ten million columns, piece by piece."""
    yield HEADER.strip().encode()
    for _piece in range(100):
        yield b",x" * (WIDE // 100)


def bomb() -> bytes:
    """A workbook of some kilobytes whose sheet is three hundred megabytes."""
    return with_sheet(b"<worksheet>" + b" " * 300 * MEGABYTE)


def by_page(content: bytes, name: str) -> str:
    """Upload, compare and take in on pages; what was said against it, or nothing."""
    browser = Client()
    browser.force_login(make_user(Role.ADMIN))
    data = {"file": SimpleUploadedFile(name, content), "source": "hris", "effective_on": str(timezone.localdate())}
    answer = browser.post(reverse("people:import_upload"), data)
    if answer.status_code == 422:
        return str(answer.context["form"].errors)
    page = browser.get(answer.url)
    data = {field.html_name: field.value() or "" for field in page.context["form"]}
    answer = browser.post(answer.url, data)
    if answer.status_code == 422:
        return str(answer.context["form"].errors)
    run_due_jobs()
    imported = EmployeeImport.objects.latest("id")
    if not imported.refusal:
        browser.post(reverse("people:import_apply", args=[imported.pk]))
        run_due_jobs()
    return browser.get(imported.get_absolute_url()).context["imported"].refusal


def by_api(content: bytes, name: str) -> str:
    """The same over the API."""
    client = APIClient()
    client.force_authenticate(ClientPrincipal("hris-sync", frozenset({"employees:read", "employees:write"})))
    answer = client.post("/api/v1/imports/", {"file": SimpleUploadedFile(name, content)}, format="multipart")
    if answer.status_code != 202:
        assert answer.status_code == 409
        return answer.data["detail"]
    run_due_jobs()
    url = f"/api/v1/imports/{EmployeeImport.objects.latest('id').pk}/"
    if not client.get(url).data["refusal"]:
        client.post(f"{url}apply/", {}, format="json")
        run_due_jobs()
    return client.get(url).data["refusal"]


@pytest.fixture(params=[by_page, by_api], ids=["page", "API"])
def send(request) -> Callable[[bytes, str], str]:
    return request.param


HOSTILE = {
    "ten million columns": (lambda: b"".join(wide_lines()), "wide.csv", "longer than"),
    "zip bomb": (bomb, "bomb.xlsx", "far more than a sheet"),
    "open quote": (lambda: f'{WHOLE}x,"A,B,c@d.org\n'.encode(), "people.csv", "is not CSV"),
    "NUL": (lambda: f"{WHOLE}x,A\0,B,c@d.org\n".encode(), "people.csv", "NUL"),
    "neither text nor workbook": (lambda: b"\x00\x01\x02\xff" * 100, "people.csv", "neither text nor"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_half_done(send, kind):
    make, name, words = HOSTILE[kind]

    assert words in send(make(), name)

    assert Employee.objects.filter(source="hris").count() == 0
    assert not EmployeeImport.objects.filter(state=ImportState.APPLIED).exists()


@pytest.mark.parametrize("kind", ["ten million columns", "zip bomb"])
def test_a_hostile_file_takes_no_memory(kind):
    make, name, _words = HOSTILE[kind]
    content = wide_lines() if kind == "ten million columns" else iter([make()])
    tracemalloc.start()

    with pytest.raises(ActionError):
        upload_import(content, by=None, name=name, size=MEGABYTE, source="hris")

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * MEGABYTE


def test_of_a_file_with_wrong_rows_the_others_go_in(send):
    rows = [row.replace("@", " at ") if n % 100 == 50 else row for n, row in enumerate(PEOPLE)]

    assert send("".join([HEADER, *rows]).encode(), "people.csv") == ""

    imported = EmployeeImport.objects.latest("id")
    assert (imported.state, imported.created, imported.refused) == (ImportState.APPLIED, 198, 2)
    assert [(problem.line, problem.column, problem.reason) for problem in imported.problems.all()] == [
        (52, "email", "not an e-mail address"), (152, "email", "not an e-mail address"),
    ]  # fmt: skip


def test_a_file_in_the_encoding_of_windows_goes_in_with_its_letters(send):
    assert send(WHOLE.encode("cp1252"), "people.csv") == ""

    assert Employee.objects.filter(source="hris", first_name="Zoë").count() == 200


def test_of_a_file_that_was_cut_off_nobody_leaves_and_nothing_goes_in(send):
    send(WHOLE.encode(), "people.csv")

    send(WHOLE[: len(WHOLE) // 2].rpartition(",")[0].encode(), "people.csv")

    imported = EmployeeImport.objects.latest("id")
    assert (imported.state, imported.ends_too_many) == (ImportState.CHECKED, True)
    assert imported.problems.get().reason.endswith("cells where the header has 4")
    assert not Employee.objects.filter(status=EmploymentStatus.LEFT).exists()
