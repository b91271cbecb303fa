"""Lists to take away: exactly what is filtered and seen, harmless to spreadsheets, long ones for their owner alone."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from rest_framework.test import APIClient

from hrportal.common import stored
from hrportal.common.exports import FORMULA_SIGNS, Column, write_list
from hrportal.common.models import StoredFile
from hrportal.common.stored import content_of
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.jobs import run_due_jobs, start_job
from hrportal.journal.models import Fact, Job
from hrportal.people import exports
from hrportal.people.enums import Role
from hrportal.people.models import ListExport
from performance.enums import FeedbackVisibility
from tests.factories.calibration import SessionFactory
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user
from tests.factories.performance import FeedbackFactory, ReviewCycleFactory, ReviewFactory, rating_of
from tests.factories.talent import DevelopmentPlanFactory

ITSELF = [Column("Cell", lambda row: row)]


def cells(content: bytes) -> list[list[str]]:
    text = content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def take(client, name, query="", format="csv"):
    return client.post(reverse("home:list_export", args=[name]), {"query": query, "format": format})


def written(rows, format, title="T"):
    return write_list(ITSELF, rows, title=title, name="list", format=format).content


@given(st.text())
def test_no_text_becomes_a_formula(text):
    [_, [cell]] = cells(written([text + "."], "csv"))[:2]

    assert not cell.startswith(FORMULA_SIGNS)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_in_a_sheet_a_text_that_looks_like_a_formula_stays_text(text):
    sheet = load_workbook(io.BytesIO(written([text], "xlsx"))).active

    assert (sheet["A2"].data_type, sheet["A2"].value[0]) == ("s", "'")


def test_numbers_days_and_times_stay_what_they_are_and_unknown_stays_empty():
    moment = datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.UTC)
    rows = [Decimal("-1.5"), 0, datetime.date(2026, 3, 1), moment, None]

    sheet = load_workbook(io.BytesIO(written(rows, "xlsx", "A/very*long[title]" * 5))).active
    text = [row[0] if row else "" for row in cells(written(rows, "csv"))[1:]]

    values = [sheet[f"A{n}"].value for n in range(2, 7)]
    assert values[:2] + values[4:] == [-1.5, 0, None]
    assert [value.isoformat() for value in values[2:4]] == ["2026-03-01T00:00:00", "2026-03-01T12:30:00"]
    assert text == ["-1.5", "0", "2026-03-01", "2026-03-01T12:30+00:00", ""]


@pytest.mark.django_db
def test_the_file_holds_exactly_what_is_filtered(client):
    here = OrgUnitFactory()
    EmployeeFactory(employee_number="77", org_unit=here)
    EmployeeFactory(org_unit=OrgUnitFactory())
    client.force_login(make_user())

    answer = take(client, "people.directory", f"unit={here.pk}")

    assert [row[0] for row in cells(answer.content)[1:]] == ["77"]
    assert answer["Content-Disposition"].endswith('.csv"')


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "query"), [("people.directory", "unit=nonsense"), ("performance.reviews", "state=x")])
def test_a_filter_that_makes_no_sense_takes_nothing_away(client, name, query):
    EmployeeFactory()
    client.force_login(make_user())

    answer = take(client, name, query)

    assert answer.status_code == 302
    assert not Fact.objects.exists()


@pytest.mark.django_db
def test_a_rating_is_in_a_file_only_for_whom_it_is_on_the_page(client):
    cycle = ReviewCycleFactory()
    ratings = {"proposed_rating": rating_of(cycle, 4), "final_rating": rating_of(cycle, 5)}
    review = ReviewFactory(cycle=cycle, state="completed", completed_at=timezone.now(), **ratings)
    seen = {}
    for reader in ("employee", "reviewer"):
        client.force_login(make_user(employee=getattr(review, reader)))
        seen[reader] = take(client, "performance.reviews").content.decode()

    assert "Outstanding" not in seen["employee"]
    assert "Exceeds" not in seen["employee"]
    assert "Outstanding" in seen["reviewer"]
    assert "Exceeds" in seen["reviewer"]


@pytest.mark.django_db
def test_feedback_that_is_not_for_the_reader_is_in_no_file(client):
    user = make_user()
    FeedbackFactory(recipient=user.employee, text="open", visibility=FeedbackVisibility.RECIPIENT)
    FeedbackFactory(recipient=user.employee, text="hidden", visibility=FeedbackVisibility.GIVER)
    client.force_login(user)

    content = take(client, "performance.feedback").content.decode()

    assert "open" in content
    assert "hidden" not in content


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(kind.name for kind in exports.all_list_kinds()))
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_every_list_can_be_taken_away_by_whose_page_it_is_and_is_a_fact_without_contents(client, name, format):
    ReviewFactory(employee__org_unit=OrgUnitFactory())
    client.force_login(make_user(Role.HR_LEADER, Role.ADMIN))

    answer = take(client, name, format=format)

    assert answer.status_code == 200
    fact = Fact.objects.get()
    assert fact.topic == f"{name.partition('.')[0]}.list_exported"
    assert set(fact.data) == {"list", "rows", "format"}


@pytest.mark.django_db
def test_reviews_cost_the_same_for_one_and_three(client):
    client.force_login(make_user(Role.HR_LEADER))
    counts = []
    for _ in range(2):
        ReviewFactory(employee__org_unit=OrgUnitFactory())
        with CaptureQueriesContext(connection) as queries:
            take(client, "performance.reviews")
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.fixture
def long(monkeypatch):
    """Anything beyond one row is long."""
    monkeypatch.setattr(exports, "MOST_AT_ONCE", 1)


@pytest.mark.django_db
def test_a_long_list_is_written_in_the_background_for_its_owner_alone(client, long):
    EmployeeFactory.create_batch(3)
    owner = make_user()
    client.force_login(owner)
    job_page = take(client, "people.directory")["Location"]

    assert run_due_jobs() == 1
    job = Job.objects.get()
    assert job_page == reverse("home:job_detail", args=[job.pk])
    assert len(cells(client.get(job.result_url).getvalue())) == 5
    assert Fact.objects.get().actor_id == owner.pk
    client.force_login(make_user(Role.HR_LEADER))
    assert client.get(job.result_url).status_code == 404


@pytest.mark.django_db
def test_what_was_lost_while_waiting_is_not_in_the_file(client, long):
    reviewed = ReviewFactory.create_batch(2, employee__org_unit=OrgUnitFactory())
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)
    take(client, "performance.reviews")
    leader.grants.update(revoked_at=timezone.now())

    run_due_jobs()

    assert cells(b"".join(content_of(ListExport.objects.get().file)))[1:] == []
    assert len(reviewed) == 2


@pytest.mark.django_db
def test_a_list_that_is_no_longer_ones_page_is_not_written(client, long):
    ReviewCycleFactory.create_batch(2)
    leader = make_user(Role.HR_LEADER)
    client.force_login(leader)
    take(client, "performance.cycles")
    leader.grants.update(revoked_at=timezone.now())

    run_due_jobs()

    assert (Job.objects.get().state, ListExport.objects.get().file) == ("failed", None)


@pytest.mark.django_db
def test_a_file_that_was_written_is_not_for_who_lost_a_role_since(client, long):
    ReviewFactory.create_batch(2)
    leader = make_user(Role.HR_LEADER, employee=EmployeeFactory())
    client.force_login(leader)
    take(client, "performance.reviews")
    run_due_jobs()
    url = Job.objects.get().result_url
    assert client.get(url).status_code == 200

    leader.grants.update(revoked_at=timezone.now())

    assert client.get(url).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scopes", "units", "status"),
    [
        ({"employees:read", "reviews:read", "goals:read"}, None, 200),
        ({"employees:read"}, None, 404),
        ({"employees:read", "reviews:read"}, (), 404),
    ],
)
def test_a_file_that_was_written_is_not_for_a_client_that_reaches_less_far_since(scopes, units, status):
    caller = APIClient()
    caller.force_authenticate(ClientPrincipal("test", frozenset({"employees:read", "reviews:read"})))
    caller.post("/api/v1/exports/", {"list_name": "performance.reviews", "format": "csv"}, format="json")
    run_due_jobs()

    caller.force_authenticate(ClientPrincipal("test", frozenset(scopes), units))

    assert caller.get(f"/api/v1/exports/{ListExport.objects.get().pk}/file/").status_code == status


@pytest.mark.django_db
def test_a_closed_account_gets_no_file(client, long):
    EmployeeFactory.create_batch(2)
    user = make_user()
    client.force_login(user)
    take(client, "people.directory")
    user.is_active = False
    user.save()

    run_due_jobs()

    assert ListExport.objects.get().file is None
    assert Job.objects.get().state == "failed"


@pytest.mark.django_db
def test_a_file_is_cleared_away_after_a_week(client, long):
    EmployeeFactory.create_batch(2)
    client.force_login(make_user())
    take(client, "people.directory")
    run_due_jobs()
    ListExport.objects.update(made_at=timezone.now() - datetime.timedelta(days=8))
    url = ListExport.objects.get().get_absolute_url()
    assert client.get(url).status_code == 404

    start_job("people.clear_exports", "Clear", by=None)
    run_due_jobs()

    assert ListExport.objects.get().file is None


@pytest.mark.django_db
def test_the_api_has_a_list_written_within_the_scopes_of_the_client():
    ReviewFactory(employee__org_unit=OrgUnitFactory())
    found = {}
    for scopes in (frozenset({"reviews:read"}), frozenset({"goals:read"})):
        caller = APIClient()
        caller.force_authenticate(ClientPrincipal("test", scopes))
        answer = caller.post("/api/v1/exports/", {"list_name": "performance.reviews", "format": "csv"}, format="json")
        assert answer.status_code == 202
        run_due_jobs()
        export = caller.get(f"/api/v1/jobs/{answer.json()['id']}/").json()["result"]["export"]
        file = caller.get(f"/api/v1/exports/{export}/file/")
        assert file["Cache-Control"] == "no-store"
        found[scopes] = len(cells(file.getvalue())) - 1

    assert list(found.values()) == [1, 0]


@pytest.mark.django_db
def test_over_the_api_anothers_file_is_not_there():
    owner, other = make_user(), make_user()
    export = ListExport.objects.create(
        list_name="people.directory",
        format="csv",
        user=owner,
        file=StoredFile.objects.create(content_type="text/csv"),
        client_id="test",
    )
    status = {}
    for name, user in (("owner", owner), ("other", other)):
        caller = APIClient()
        caller.force_authenticate(ActingPrincipal("test", frozenset({"employees:read"}), user))
        status[name] = caller.get(f"/api/v1/exports/{export.pk}/file/").status_code

    assert status == {"owner": 200, "other": 404}


@pytest.mark.django_db
@pytest.mark.parametrize("begun_by", ["", "another"])
def test_a_client_acting_for_somebody_reads_no_file_it_did_not_ask_for(begun_by):
    owner = make_user()
    export = ListExport.objects.create(
        list_name="performance.reviews",
        format="csv",
        user=owner,
        file=StoredFile.objects.create(content_type="text/csv"),
        client_id=begun_by,
    )
    caller = APIClient()
    caller.force_authenticate(ActingPrincipal("test", frozenset({"notices:read"}), owner))

    assert caller.get(f"/api/v1/exports/{export.pk}/file/").status_code == 404


@pytest.mark.django_db
def test_a_file_that_breaks_off_is_not_kept(client, long, monkeypatch):
    EmployeeFactory.create_batch(3)
    client.force_login(make_user())
    take(client, "people.directory")
    monkeypatch.setattr(exports, "write_list_to", lambda file, *_given, **_options: file.write(b"Name") and 1 / 0)

    run_due_jobs()

    assert Job.objects.get().state == "failed"
    assert not StoredFile.objects.exists()
    assert not Fact.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_a_list_of_many_parts_is_whole(client, long, format, monkeypatch):
    monkeypatch.setattr(stored, "PART", 512)
    EmployeeFactory.create_batch(30)
    client.force_login(make_user())
    take(client, "people.directory", format=format)
    run_due_jobs()

    content = client.get(Job.objects.get().result_url).getvalue()

    assert StoredFile.objects.get().parts.count() > 1
    found = cells(content) if format == "csv" else list(load_workbook(io.BytesIO(content)).active.rows)
    assert len(found) == 1 + 31


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("people.accounts", make_user),
        ("talent.plans", DevelopmentPlanFactory),
        ("calibration.sessions", SessionFactory),
    ],
)
def test_lists_cost_the_same_for_one_row_and_for_three(client, name, make):
    client.force_login(make_user(Role.HR_LEADER, Role.ADMIN))
    counts = []
    for number in (1, 2):
        for _ in range(number):
            make()
        with CaptureQueriesContext(connection) as queries:
            assert len(cells(take(client, name).content)) > number
        counts.append(len(queries))

    assert counts[0] == counts[1]
