"""Nightly exports: whole tables for a client, never more than it reads over the API, fetched by itself alone."""

import csv
import datetime
import gzip
import hashlib
import io
import json

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.common.actions import ActionError
from hrportal.common.models import StoredFile, StoredPart
from hrportal.common.stored import PART, StoredWriter, content_of
from hrportal.integrations.actions import change_client, create_client
from hrportal.integrations.feeds import jobs
from hrportal.integrations.feeds.actions import create_bi_export, start_run
from hrportal.integrations.feeds.bi import tables
from hrportal.integrations.feeds.bi.tables import TABLES, Table, scope_of
from hrportal.integrations.feeds.enums import RunState
from hrportal.integrations.feeds.models import BiExport, BiRun
from hrportal.integrations.oauth.principals import ActingPrincipal, principal_of
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.enums import JobState
from hrportal.journal.jobs import run_due_jobs
from hrportal.journal.models import Fact, Job
from hrportal.people.enums import Role
from tests.access.world import make_world
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import ReviewCycleFactory, ReviewFactory

pytestmark = pytest.mark.django_db

QUERIES = 2


def client_with(*scopes: str, units=None):
    return create_client("Warehouse", scopes=scopes, units=units)[0]


def export_of(client, *names: str, format: str = "ndjson", kept_days: int = 7) -> BiExport:
    return create_bi_export(client, by=None, tables=names, format=format, kept_days=kept_days)


def night_of(export: BiExport) -> BiRun:
    start_run(export, by=None)
    run_due_jobs()
    return BiRun.objects.filter(export=export).latest("pk")


def caller(principal) -> APIClient:
    api = APIClient()
    api.force_authenticate(principal)
    return api


def body_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def fetched(client, run: BiRun, table: str) -> bytes:
    answer = caller(principal_of(client)).get(f"/api/v1/bi-exports/{run.pk}/files/{table}/")
    assert answer.status_code == 200, answer.content
    return gzip.decompress(body_of(answer))


def lines(content: bytes) -> list[dict]:
    return [json.loads(line) for line in content.decode().splitlines()]


@pytest.mark.parametrize("format", ["ndjson", "csv"])
def test_night_holds_what_the_client_reads_over_the_api(format):
    EmployeeFactory.create_batch(3)
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees", "org-units", format=format))

    content = fetched(client, run, "employees")

    rows = caller(principal_of(client)).get("/api/v1/employees/", {"include_deleted": "true"}).json()["results"]
    if format == "ndjson":
        assert lines(content) == rows
    else:
        found = list(csv.DictReader(io.StringIO(content.decode())))
        assert [row["id"] for row in found] == [str(row["id"]) for row in rows]
        assert found[0].keys() == rows[0].keys()
    manifest = caller(principal_of(client)).get("/api/v1/bi-exports/").json()["results"][0]
    assert (manifest["schema_version"], manifest["left_out"]) == (1, [])
    assert [file["table"] for file in manifest["files"]] == ["employees", "org-units"]
    assert manifest["files"][0]["rows"] == 3


def test_manifest_says_what_the_file_is_and_where_the_change_feed_stood():
    client = client_with(Scope.EMPLOYEES_READ)
    EmployeeFactory()
    run = night_of(export_of(client, "employees"))
    api = caller(principal_of(client))

    manifest = api.get(f"/api/v1/bi-exports/{run.pk}/").json()

    content = body_of(api.get(f"/api/v1/bi-exports/{run.pk}/files/employees/"))
    (file,) = manifest["files"]
    assert file["sha256"] == hashlib.sha256(content).hexdigest()
    assert file["size"] == len(content)
    assert manifest["as_of"] == run.as_of
    assert Fact.objects.filter(topic="feeds.bi_file_taken", client_id=client.pk).count() == 1


def test_every_table_is_the_list_of_the_api(monkeypatch):
    monkeypatch.setattr(tables, "CHUNK", 1)
    make_world()
    client = client_with(*(scope for scope in Scope.values if scope != Scope.ACT_FOR))
    principal = principal_of(client)
    api = caller(principal)

    different = {}
    for name, query in TABLES.items():
        answer = api.get(f"/api/v1/{name}/?page_size=200&{query}").json()
        rows = json.loads(json.dumps(list(Table(name, principal).rows()), default=str))
        listed = sorted(row["id"] for row in answer["results"])
        if [row["id"] for row in rows] != listed:
            different[name] = (listed, [row["id"] for row in rows])

    assert different == {}


def test_client_without_a_scope_gets_no_such_table():
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees", "reviews"))

    assert run.left_out == ["reviews"]
    assert [file.table for file in run.files.all()] == ["employees"]


def test_ratings_are_in_no_file_of_a_client_without_their_scope():
    ReviewFactory(cycle=ReviewCycleFactory())
    client = client_with(Scope.REVIEWS_READ)
    (row,) = lines(fetched(client, night_of(export_of(client, "reviews")), "reviews"))

    assert row == caller(principal_of(client)).get("/api/v1/reviews/").json()["results"][0]


def test_client_limited_to_units_gets_people_of_them_alone():
    north = OrgUnitFactory()
    inside, _outside = EmployeeFactory(org_unit=north), EmployeeFactory(org_unit=OrgUnitFactory())
    client = client_with(Scope.EMPLOYEES_READ, units=[north])
    run = night_of(export_of(client, "employees"))

    assert [row["id"] for row in lines(fetched(client, run, "employees"))] == [inside.pk]


def test_files_are_gone_for_a_client_that_reaches_elsewhere_now():
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees"))
    row = client.api_client
    change_client(
        row,
        by=None,
        version=row.version,
        name="Warehouse",
        scopes=[Scope.EMPLOYEES_READ],
        purpose="",
        contact="",
        units=[OrgUnitFactory()],
        networks=[],
    )

    answer = caller(principal_of(client)).get(f"/api/v1/bi-exports/{run.pk}/files/employees/")

    assert answer.status_code == 404


def test_ratings_of_that_night_are_not_fetched_without_their_scope_now():
    ReviewFactory(cycle=ReviewCycleFactory())
    client = client_with(Scope.REVIEWS_READ, Scope.RATINGS_READ)
    run = night_of(export_of(client, "reviews"))
    narrow = caller(type(principal_of(client))(client.pk, frozenset({Scope.REVIEWS_READ})))

    answer = narrow.get(f"/api/v1/bi-exports/{run.pk}/files/reviews/")

    assert (answer.status_code, answer.json()["code"]) == (403, "insufficient_scope")
    fetched(client, run, "reviews")


def test_a_table_takes_its_scope_when_it_is_fetched_too():
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees"))
    principal = principal_of(client)
    narrow = type(principal)(principal.client_id, frozenset({Scope.GOALS_READ}))

    answer = caller(narrow).get(f"/api/v1/bi-exports/{run.pk}/files/employees/")

    assert answer.status_code == 403
    assert not Fact.objects.filter(topic="feeds.bi_file_taken").exists()


def test_no_other_client_and_nobody_acted_for_finds_it():
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees"))
    other = create_client("Other", scopes=[Scope.EMPLOYEES_READ])[0]
    acting = ActingPrincipal(client.pk, frozenset({Scope.EMPLOYEES_READ}), make_user(Role.ADMIN))

    for principal in (principal_of(other), acting):
        api = caller(principal)
        assert api.get(f"/api/v1/bi-exports/{run.pk}/").status_code == 404
        assert api.get(f"/api/v1/bi-exports/{run.pk}/files/employees/").status_code == 404
        assert api.get("/api/v1/bi-exports/").json()["results"] == []


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=5-", 206, slice(5, None)),
        ("bytes=-4", 206, slice(-4, None)),
        ("bytes=9999999-", 416, None),
        ("lines=1-2", 200, slice(None)),
        (f"bytes={'9' * 6000}-", 416, None),
        (f"bytes=0-{'9' * 6000}", 206, slice(None)),
        (f"bytes=-{'9' * 6000}", 206, slice(None)),
        (f"bytes={'0' * 6000}5-", 206, slice(5, None)),
    ],
)
def test_broken_transfer_goes_on_where_it_broke(asked, status, part):
    EmployeeFactory()
    client = client_with(Scope.EMPLOYEES_READ)
    run = night_of(export_of(client, "employees"))
    address, api = f"/api/v1/bi-exports/{run.pk}/files/employees/", caller(principal_of(client))
    whole = body_of(api.get(address))

    answer = api.get(address, headers={"range": asked})

    assert answer.status_code == status
    if part is not None:
        assert body_of(answer) == whole[part]
    else:
        assert answer.json()["code"] == "range_not_satisfiable"
        assert answer["Content-Range"] == f"bytes */{len(whole)}"


def test_long_file_lies_in_parts_and_reads_back_from_anywhere():
    writer = StoredWriter("text/plain")
    content = bytes(range(256)) * (PART // 256 * 2 + 5)
    for start in range(0, len(content), 300_000):
        writer.write(content[start : start + 300_000])
    file = writer.finish()

    assert StoredPart.objects.filter(file=file).count() == 3
    assert b"".join(content_of(file)) == content
    assert b"".join(content_of(file, PART - 3, PART + 3)) == content[PART - 3 : PART + 4]
    assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())


def test_each_night_is_made_once_and_old_ones_go_with_their_files(time_machine):
    export = export_of(client_with(Scope.EMPLOYEES_READ), "employees", kept_days=2)

    for _clock in range(2):
        jobs.make_bi_exports(Job())
        run_due_jobs()
    assert BiRun.objects.done().count() == 1

    time_machine.move_to(timezone.now() + datetime.timedelta(days=3))
    jobs.make_bi_exports(Job())
    run_due_jobs()
    assert BiRun.objects.filter(export=export).count() == 1
    assert StoredFile.objects.count() == 1


def test_failed_night_leaves_no_file_and_says_so(monkeypatch):
    export = export_of(client_with(Scope.EMPLOYEES_READ), "employees")
    monkeypatch.setattr(Table, "rows", lambda _table: 1 / 0)

    run = night_of(export)

    assert (run.state, run.error) == (RunState.FAILED, "ZeroDivisionError")
    assert not run.files.exists()
    assert Job.objects.get(kind="feeds.make_bi_export").state == JobState.FAILED
    assert not Fact.objects.filter(topic="feeds.bi_export_made").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_table_costs_the_same_for_one_row_and_for_three(count, django_assert_num_queries):
    EmployeeFactory.create_batch(count, org_unit=OrgUnitFactory())
    table = Table("employees", principal_of(client_with(Scope.EMPLOYEES_READ)))

    with django_assert_num_queries(QUERIES):
        assert len(list(table.rows())) == count


def test_retention_and_pay_are_in_no_table():
    closed = {Scope.RETENTION_READ, Scope.REWARDS_READ}

    assert not closed & {scope_of(table) for table in TABLES}


def test_administrator_sets_it_up_and_sees_nights_but_no_file(client):
    warehouse = client_with(Scope.EMPLOYEES_READ)
    client.force_login(make_user(Role.ADMIN))
    given = {"client": warehouse.pk, "tables": ["employees"], "format": "csv", "kept_days": 5, "is_on": "on"}

    made = client.post(reverse("bi_exports:export_create"), given)
    export = BiExport.objects.get()
    client.post(reverse("bi_exports:run_start", args=[export.pk]))
    run_due_jobs()
    page = client.get(made["Location"]).content.decode()

    assert (export.tables, export.format, export.kept_days, export.is_on) == (["employees"], "csv", 5, True)
    assert "employees.csv.gz" in page
    assert "/files/" not in page


def test_a_change_by_somebody_else_is_not_overwritten(client):
    export = export_of(client_with(Scope.EMPLOYEES_READ), "employees")
    client.force_login(make_user(Role.ADMIN))
    url = reverse("bi_exports:export_edit", args=[export.pk])
    first = {"tables": ["employees"], "format": "csv", "kept_days": 9, "version": 1}
    second = {"tables": ["positions"], "format": "csv", "kept_days": 5, "version": 1}
    client.post(url, first)

    answer = client.post(url, second)

    assert answer.status_code == 409
    export.refresh_from_db()
    assert (export.tables, export.kept_days, export.version) == (["employees"], 9, 2)

    form = answer.context["form"]
    assert form["tables"].value() == ["positions"]
    assert "employees" in [said["text"] for said in form.stored]
    client.post(url, second | {"version": form["version"].value()})
    export.refresh_from_db()
    assert (export.tables, export.kept_days, export.version) == (["positions"], 5, 3)


def test_one_export_to_a_client():
    client = client_with(Scope.EMPLOYEES_READ)
    export_of(client, "employees")

    with pytest.raises(ActionError):
        export_of(client, "positions")

    assert BiExport.objects.count() == 1
