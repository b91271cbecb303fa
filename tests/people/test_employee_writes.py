"""People and organisation written over the API: the same actions as everywhere, refusals that change nothing."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.journal.models import Fact
from hrportal.people.actions import end_employment, follow_calendar, hire_employee
from hrportal.people.enums import EmploymentStatus, Role
from hrportal.people.models import Employee, Job, OrgUnit, PendingManager
from tests.factories.people import EmployeeFactory, JobFactory, OrgUnitFactory, PositionFactory, make_user

pytestmark = pytest.mark.django_db

SCOPES = frozenset({"employees:read", "employees:write"})
NEW = {"employee_number": "N1", "first_name": "Ada", "last_name": "Byron", "hired_on": "2020-01-01"}


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(datetime.datetime(2026, 6, 15, 12, tzinfo=datetime.UTC))


@pytest.fixture
def api(api_client):
    api_client.force_authenticate(ClientPrincipal("hris", SCOPES))
    return api_client


@pytest.fixture
def api_client():
    return APIClient()


def post(api, path: str, body: dict, status: int = 200):
    answer = api.post(f"/api/v1/{path}/", body, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def patch(api, path: str, body: dict, status: int = 200):
    answer = api.patch(f"/api/v1/{path}/", body, format="json")
    assert answer.status_code == status, answer.content
    return answer.json()


def ada(**fields) -> Employee:
    given = {"employee_number": "N1", "first_name": "Ada", "last_name": "Byron", "hired_on": datetime.date(2020, 1, 1)}
    return hire_employee(by=None, **given | fields)


def spells(employee: Employee) -> list[tuple]:
    rows = employee.history.order_by("starts_on").values_list("org_unit__code", "starts_on", "ends_on")
    return [(code, str(start), end and str(end)) for code, start, end in rows]


@pytest.mark.parametrize("key", ["id", "employee_number", "remote_id", "work_email"])
def test_a_person_is_made_at_a_place_under_a_manager_named_by_any_key(api, key):
    boss = EmployeeFactory(employee_number="BOSS", source="hris", remote_id="r-1", work_email="boss@x.org")
    named = {"id": boss.pk, "employee_number": boss.employee_number, "remote_id": "r-1", "work_email": "BOSS@x.org"}
    OrgUnitFactory(code="A")

    made = post(api, "employees", {**NEW, "org_unit": "A", "manager": {key: named[key]}}, 201)

    employee = Employee.objects.get(pk=made["id"])
    assert (employee.manager, employee.manager_ids, spells(employee)) == (boss, [boss.pk], [("A", "2020-01-01", None)])
    assert Fact.objects.get(topic="people.employee_hired", subject_id=employee.pk).client_id == "hris"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"manager": {"id": 999999}}, 400),
        ({"manager": {"id": 1, "employee_number": "x"}}, 400),
        ({"org_unit": "nowhere"}, 400),
        ({"shoe_size": 44}, 400),
        ({"employee_number": "TAKEN"}, 409),
        ({"work_email": "Taken@x.org"}, 409),
    ],
)
def test_who_cannot_be_made_is_not_there(api, body, status):
    EmployeeFactory(employee_number="TAKEN", work_email="taken@x.org")

    post(api, "employees", NEW | body, status)

    assert Employee.objects.count() == 1


def test_whoever_was_waited_for_becomes_the_manager(api):
    waiting = post(api, "employees/bulk", {"items": [{**NEW, "manager": {"employee_number": "E9"}}]})["results"][0]
    assert waiting["waits_for_manager"]
    assert api.get("/api/v1/pending-managers/").json()["results"][0]["value"] == "E9"

    post(api, "employees", NEW | {"employee_number": "E9"}, 201)

    assert Employee.objects.get(pk=waiting["id"]).manager.employee_number == "E9"
    assert not PendingManager.objects.exists()


def test_names_change_at_once_and_the_place_from_its_day(api, time_machine):
    employee = ada(org_unit=OrgUnitFactory(code="A"))
    user = make_user(employee=employee)
    OrgUnitFactory(code="B")
    address = f"employees/{employee.pk}"

    patch(
        api,
        address,
        {"last_name": "Lovelace", "work_email": "ada@x.org", "org_unit": "B", "effective_on": "2026-07-01"},
    )

    employee.refresh_from_db()
    user.refresh_from_db()
    assert (employee.last_name, user.email, employee.org_unit.code) == ("Lovelace", "ada@x.org", "A")
    assert spells(employee) == [("A", "2020-01-01", "2026-06-30"), ("B", "2026-07-01", None)]
    time_machine.move_to(datetime.datetime(2026, 7, 1, 0, 5, tzinfo=datetime.UTC))
    assert follow_calendar() == 1
    assert Employee.objects.get(pk=employee.pk).org_unit.code == "B"


def test_the_first_day_is_corrected_with_the_history(api):
    employee = ada()

    patch(api, f"employees/{employee.pk}", {"hired_on": "2019-05-01"})

    assert spells(employee) == [(None, "2019-05-01", None)]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"status": "left"}, 400), ({"effective_on": "2026-07-01"}, 400), ({"hired_on": "2030-01-01"}, 409)],
)
def test_what_cannot_be_changed_stays(api, body, status):
    employee = ada()
    before = Employee.objects.filter(pk=employee.pk).values().get(), Fact.objects.count()

    patch(api, f"employees/{employee.pk}", body, status)

    assert (Employee.objects.filter(pk=employee.pk).values().get(), Fact.objects.count()) == before


def test_of_a_change_that_is_half_impossible_nothing_happens(api):
    employee = ada()
    report = EmployeeFactory(manager=employee)
    before = Employee.objects.filter(pk=employee.pk).values().get(), Fact.objects.count()

    patch(api, f"employees/{employee.pk}", {"last_name": "Lovelace", "manager": {"id": report.pk}}, 409)

    assert (Employee.objects.filter(pk=employee.pk).values().get(), Fact.objects.count()) == before


def test_an_id_of_a_source_that_somebody_has_is_refused_in_words_at_its_place(api):
    EmployeeFactory(first_name="Grace", last_name="Hopper", source="hris", remote_id="w-1")
    taken = {"source": "hris", "remote_id": "w-1"}

    for told in (post(api, "employees", NEW | taken, 409), patch(api, f"employees/{ada().pk}", taken, 409)):
        assert told["errors"][0]["pointer"] == "/remote_id"
        assert told["detail"] == "Grace Hopper is the person with this id in hris."


def test_nobody_new_is_put_under_a_manager_who_has_left(api):
    boss, employee = EmployeeFactory(), ada()
    report = EmployeeFactory(manager=boss)
    end_employment(boss, by=None, left_on=datetime.date(2026, 5, 31))
    under = {"manager": {"id": boss.pk}}

    for path, body in (
        (f"employees/{employee.pk}/transfer", under | {"effective_on": "2026-06-01"}),
        ("employees", NEW | under | {"employee_number": "N2"}),
    ):
        assert post(api, path, body, 400)["errors"][0]["pointer"] == "/manager"
    patch(api, f"employees/{employee.pk}", under, 400)
    patch(api, f"employees/{report.pk}", under)  # nothing changes

    assert not Employee.objects.filter(employee_number="N2").exists()


def test_a_transfer_takes_the_team_along_and_never_makes_a_ring(api):
    boss, employee = EmployeeFactory(), ada()
    report = EmployeeFactory(manager=employee)
    body = {"manager": {"id": boss.pk}, "effective_on": "2026-06-15"}

    post(api, f"employees/{employee.pk}/transfer", body)

    assert Employee.objects.get(pk=report.pk).manager_ids == [boss.pk, employee.pk]
    told = post(api, f"employees/{boss.pk}/transfer", {**body, "manager": {"id": report.pk}}, 409)
    assert "ring" in told["detail"]


def test_an_end_to_come_is_called_off_and_one_that_came_is_returned_from(api):
    employee = ada()
    make_user(employee=employee)
    address = f"employees/{employee.pk}"

    post(api, f"{address}/end", {"left_on": "2026-08-31", "leave_reason": "voluntary"})
    assert spells(employee) == [(None, "2020-01-01", "2026-08-31")]
    post(api, f"{address}/call-off-end", {})
    assert spells(employee) == [(None, "2020-01-01", None)]

    assert post(api, f"{address}/end", {"left_on": "2026-05-31"})["status"] == EmploymentStatus.LEFT
    employee.refresh_from_db()
    assert not employee.user.is_active
    post(api, f"{address}/end", {"left_on": "2026-05-31"}, 409)
    assert post(api, f"{address}/return", {"hired_on": "2026-06-10"})["status"] == EmploymentStatus.ACTIVE
    assert spells(employee) == [(None, "2020-01-01", "2026-05-31"), (None, "2026-06-10", None)]


@pytest.mark.parametrize(
    ("resource", "more"),
    [
        ("org-units", {"kind": "team"}),
        ("job-roles", {"family": "IT", "level": 3}),
        ("positions", {}),
        ("locations", {"country": "IT"}),
        ("legal-entities", {}),
    ],
)
def test_the_organisation_is_written_once_and_goes_out_of_use(api, resource, more):
    row = post(api, resource, {"code": "X", "name": "Ex", **more}, 201)
    post(api, resource, {"code": "X", "name": "Why"}, 409)

    changed = patch(api, f"{resource}/{row['id']}", {"name": "Zed", "is_active": False})

    assert (changed["code"], changed["name"], changed["is_active"]) == ("X", "Zed", False)
    assert changed.items() >= more.items()


def test_what_people_are_on_stays_in_use(api):
    employee = EmployeeFactory(org_unit=OrgUnitFactory(), job=JobFactory(), position=PositionFactory())

    for resource, row in (
        ("org-units", employee.org_unit),
        ("job-roles", employee.job),
        ("positions", employee.position),
    ):
        patch(api, f"{resource}/{row.pk}", {"is_active": False}, 409)

    assert OrgUnit.objects.get(pk=employee.org_unit_id).is_active
    assert Job.objects.get(pk=employee.job_id).is_active


def test_a_unit_moves_with_all_below_it(api):
    top, lower = OrgUnitFactory(code="T"), OrgUnitFactory(code="L")
    below = OrgUnitFactory(parent=lower)

    patch(api, f"org-units/{lower.pk}", {"parent": "T"})

    assert OrgUnit.objects.get(pk=below.pk).path.startswith(OrgUnit.objects.get(pk=top.pk).path)


def test_many_at_once_say_what_became_of_each(api):
    ada(remote_id="r1", source="hris")
    items = [
        {"remote_id": "r1", "last_name": "Lovelace"},
        {"remote_id": "r1b", "first_name": "Ben", "last_name": "Low", "manager": {"remote_id": "r1"}},
        {"remote_id": "r3", "first_name": "Cy", "last_name": "X", "work_email": "nobody"},
    ]

    told = post(api, "employees/bulk", {"source": "hris", "items": items})

    assert {key: told[key] for key in ("created", "updated", "unchanged", "refused")} == {
        "created": 1, "updated": 1, "unchanged": 0, "refused": 1,
    }  # fmt: skip
    assert [(row["index"], row["result"], row["status"]) for row in told["results"]] == [
        (0, "updated", 200), (1, "created", 201), (2, "refused", 400),
    ]  # fmt: skip
    assert told["results"][2]["problem"]["errors"][0]["pointer"] == "/items/2/work_email"
    assert post(api, "employees/bulk", {"source": "hris", "items": items[:2]})["unchanged"] == 2


def test_a_dry_run_says_what_would_become_of_each_and_leaves_no_trace(api):
    person, facts = ada(remote_id="r1", source="hris"), Fact.objects.count()
    items = [{"remote_id": "r1", "last_name": "Lovelace"}, {"remote_id": "r2", "first_name": "Ben", "last_name": "Low"}]

    told = post(api, "employees/bulk", {"source": "hris", "items": items, "dry_run": True})

    assert [(row["result"], row["id"]) for row in told["results"]] == [("updated", person.pk), ("created", None)]
    person.refresh_from_db()
    assert (person.last_name, Employee.objects.count(), Fact.objects.count()) == ("Byron", 1, facts)


@pytest.mark.parametrize("body", [{}, {"items": []}, {"items": ["x"]}, {"items": [{}], "effective_on": "2030-01-01"}])
def test_a_request_that_is_none_is_refused_whole(api, body):
    post(api, "employees/bulk", body, 400)


@pytest.mark.parametrize(
    ("role", "status"), [(Role.HR_LEADER, 201), (Role.ADMIN, 201), (Role.HRBP, 403), (Role.EXECUTIVE, 403)]
)
def test_for_a_person_it_takes_their_right_too(api_client, role, status):
    unit = OrgUnitFactory() if role == Role.HRBP else None
    user = make_user(role, unit=unit) if unit else make_user(role)
    api_client.force_authenticate(ActingPrincipal("hris", SCOPES, user))

    post(api_client, "employees", NEW, status)

    assert Employee.objects.filter(employee_number="N1").exists() == (status == 201)


def test_a_client_that_only_reads_writes_nothing(api_client):
    reader = ClientPrincipal("reader", frozenset({"employees:read"}))
    api_client.force_authenticate(reader)

    post(api_client, "employees/bulk", {"items": [NEW]}, 403)

    assert not Employee.objects.exists()


@pytest.mark.parametrize("role", [Role.ADMIN, Role.HR_LEADER])
@pytest.mark.parametrize("is_client", [True, False])
def test_who_writes_people_does_not_become_somebody_who_may_everything(api_client, client, role, is_client):
    """A new address leads into an account; into one of these only an administrator leads it, also once its roles ended."""
    person = ada(work_email="ada@x.org")
    theirs = make_user(role, employee=person, email="ada@x.org")
    writer = (
        ClientPrincipal("hris", SCOPES) if is_client else ActingPrincipal("hris", SCOPES, make_user(Role.HR_LEADER))
    )
    api_client.force_authenticate(writer)

    patch(api_client, f"employees/{person.pk}", {"work_email": "mine@x.org"})
    post(api_client, "employees/bulk", {"items": [{"employee_number": "N1", "work_email": "mine@y.org"}]})
    theirs.grants.update(revoked_at=timezone.now())
    patch(api_client, f"employees/{person.pk}", {"work_email": "mine@z.org"})

    theirs.refresh_from_db()
    assert theirs.email == "ada@x.org"
    client.force_login(make_user(Role.ADMIN))
    assert "mine@z.org" in client.get(reverse("people:account_detail", args=[theirs.pk])).content.decode()
    client.post(reverse("people:account_address", args=[theirs.pk]))
    theirs.refresh_from_db()
    assert theirs.email == "mine@z.org"


def test_an_api_ends_neither_the_last_administrator_nor_whoever_it_acts_for(api, api_client):
    boss, me = ada(), ada(employee_number="N2")
    make_user(Role.ADMIN, employee=boss)
    leader = make_user(Role.HR_LEADER, employee=me)
    before = list(Employee.objects.order_by("pk").values())

    refused = post(api, f"employees/{boss.pk}/end", {"left_on": "2026-06-14"}, status=409)
    acting = APIClient()
    acting.force_authenticate(ActingPrincipal("desk", SCOPES, leader))
    for verb, body in (("end", {"left_on": "2026-06-14"}), ("transfer", {"effective_on": "2026-06-15", "job": None})):
        post(acting, f"employees/{me.pk}/{verb}", body, status=403)

    assert "is the last system administrator" in refused["detail"]
    assert list(Employee.objects.order_by("pk").values()) == before
