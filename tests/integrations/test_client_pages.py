"""The pages about API clients: making, limiting, rotating, revoking; what a client may reach follows at once."""

import base64
import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.actions import create_client, rotate_secret
from hrportal.integrations.models import ApiClient, ClientSecret
from hrportal.journal.models import Fact
from hrportal.people.enums import Role
from tests.api.conftest import token_of
from tests.factories.people import EmployeeFactory, OrgUnitFactory, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    client.force_login(make_user(Role.ADMIN))
    return client


def a_client(**options) -> tuple[ApiClient, str]:
    client, secret = create_client("HRIS", scopes=["employees:read"], **options)
    return client.api_client, secret


def shown(answer, name: str) -> str:
    return re.search(rf'id="once-{name}" value="([^"]+)"', answer.content.decode())[1]


def employees(token: str, **headers):
    return APIClient().get("/api/v1/employees/", headers={"Authorization": f"Bearer {token}"}, **headers)


def ask_for_token(row: ApiClient, secret: str):
    given = {"grant_type": "client_credentials", "client_id": row.client_id, "client_secret": secret}
    return APIClient().post("/api/oauth/token", given)


def test_administrator_makes_a_client_that_works(admin):
    unit = OrgUnitFactory()
    inside, _outside = EmployeeFactory(org_unit=unit), EmployeeFactory()

    answer = admin.post(
        reverse("integrations:client_create"),
        {
            "name": "Payroll",
            "scopes": ["employees:read"],
            "is_limited": "on",
            "units": unit.code,
            "networks": "127.0.0.0/8",
        },
    )

    token = token_of(shown(answer, "client"), shown(answer, "secret"))
    assert [row["id"] for row in employees(token).json()["results"]] == [inside.pk]
    row = ApiClient.objects.get()
    fact = Fact.objects.get(topic="integrations.client_created")
    assert (fact.subject_id, fact.data) == (row.pk, {"scopes": ["employees:read"], "units": [unit.pk]})
    assert "no-store" in answer["Cache-Control"]
    assert shown(answer, "secret") not in admin.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"units": "nowhere", "is_limited": "on"}, "There is no unit nowhere"),
        ({"is_limited": "on"}, "Name at least one unit"),
        ({"networks": "10.0.0.0/99"}, "not a network"),
        ({"scopes": []}, "required"),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(admin, given, words):
    answer = admin.post(
        reverse("integrations:client_create"),
        {"name": "Payroll", "scopes": ["employees:read"], "purpose": "Pay", **given},
    )

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Payroll" in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_limited_client_acts_for_nobody(admin):
    unit = OrgUnitFactory()

    answer = admin.post(
        reverse("integrations:client_create"),
        {"name": "X", "scopes": ["employees:read", "act_for"], "is_limited": "on", "units": unit.code},
    )

    assert "acts for nobody" in answer.content.decode()
    assert not ApiClient.objects.exists()


def test_narrowing_a_client_narrows_the_tokens_it_has(admin):
    client, secret = create_client("HRIS", scopes=["employees:read", "goals:read"])
    token = token_of(client.pk, secret)

    admin.post(
        reverse("integrations:client_edit", args=[client.api_client.pk]),
        {"name": "HRIS", "scopes": ["goals:read"], "version": 1},
    )

    assert employees(token).status_code == 403


def test_two_administrators_at_once_do_not_undo_each_other(admin):
    row, _secret = a_client()
    url = reverse("integrations:client_edit", args=[row.pk])
    admin.post(url, {"name": "First", "scopes": ["employees:read"], "version": 1})

    second = {"name": "Second", "scopes": ["employees:read"], "version": 1}
    answer = admin.post(url, second)

    assert answer.status_code == 409
    assert "Somebody else changed this client" in answer.content.decode()
    assert str(ApiClient.objects.get()) == "First"

    form = answer.context["form"]
    assert (form["name"].value(), form.stored[0]) == ("Second", {"label": "Name", "text": "First"})
    admin.post(url, second | {"version": form["version"].value()})
    assert str(ApiClient.objects.get()) == "Second"


def test_old_secret_is_valid_beside_the_new_one_until_its_day(admin, time_machine):
    row, old = a_client()
    until = timezone.localdate() + datetime.timedelta(days=7)

    answer = admin.post(reverse("integrations:secret_rotate", args=[row.pk]), {"valid_until": until.isoformat()})
    new = shown(answer, "secret")

    assert [ask_for_token(row, secret).status_code for secret in (old, new)] == [200, 200]
    time_machine.move_to(timezone.now() + datetime.timedelta(days=8))
    assert [ask_for_token(row, secret).status_code for secret in (old, new)] == [401, 200]


def test_rotation_at_once_ends_the_old_secret(admin):
    row, old = a_client()

    admin.post(reverse("integrations:secret_rotate", args=[row.pk]), {"valid_until": ""})

    assert ask_for_token(row, old).status_code == 401


def test_overlap_has_an_end(admin):
    row, old = a_client()
    until = timezone.localdate() + datetime.timedelta(days=91)

    answer = admin.post(reverse("integrations:secret_rotate", args=[row.pk]), {"valid_until": until.isoformat()})

    assert answer.status_code == 422
    assert ClientSecret.objects.count() == 1
    assert ask_for_token(row, old).status_code == 200


def test_one_secret_can_be_ended_before_its_day(admin):
    row, old = a_client()
    new = rotate_secret(row, by=None, valid_until=timezone.localdate())

    admin.post(reverse("integrations:secret_end", args=[row.secrets.last().pk]))

    assert [ask_for_token(row, secret).status_code for secret in (old, new)] == [401, 200]


def test_revoking_kills_tokens_and_secrets_at_once_and_keeps_the_name(admin):
    row, secret = a_client()
    token = token_of(row.client_id, secret)

    admin.post(reverse("integrations:client_revoke", args=[row.pk]))

    assert employees(token).status_code == 401
    assert ask_for_token(row, secret).json()["error"] == "invalid_client"
    assert "HRIS" in admin.get(reverse("integrations:client_list")).content.decode()
    assert Fact.objects.filter(topic="integrations.client_revoked", subject_id=row.pk).count() == 1


def test_client_from_elsewhere_is_refused_at_both_doors():
    row, secret = a_client(networks=["10.0.0.0/8"])
    ApiClient.objects.update(networks=[])
    token = token_of(row.client_id, secret)
    ApiClient.objects.update(networks=["10.0.0.0/8"])

    assert employees(token).json()["code"] == "address_refused"
    assert employees(token, REMOTE_ADDR="10.1.2.3").status_code == 200
    assert ask_for_token(row, secret).status_code == 401


def test_audit_of_a_client_says_what_and_when_only(admin):
    row, _secret = a_client()
    person = EmployeeFactory(first_name="Zebulon")
    fact = Fact.objects.create(
        topic="people.employee_changed", subject_type="people.employee", subject_id=person.pk, client_id=row.client_id
    )

    page = admin.get(row.get_absolute_url()).content.decode()

    assert str(fact.words) in page
    assert "Zebulon" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_however_many(admin, count, django_assert_max_num_queries):
    for number in range(count):
        create_client(f"Client {number}", scopes=["employees:read"], units=[OrgUnitFactory()])

    with django_assert_max_num_queries(9):
        admin.get(reverse("integrations:client_list"))


class TestTheProtocol:
    def test_metadata_names_what_there_is(self, client, settings):
        settings.PUBLIC_URL = "https://hr.example"

        told = client.get("/.well-known/oauth-authorization-server").json()

        assert told["issuer"] == "https://hr.example"
        assert told["token_endpoint"] == "https://hr.example/api/oauth/token"
        assert told["token_endpoint_auth_methods_supported"] == ["client_secret_basic", "client_secret_post"]

    def test_credentials_in_the_header(self):
        row, secret = a_client()
        caller = APIClient()

        answer = caller.post(
            "/api/oauth/token",
            "grant_type=client_credentials",
            content_type="application/x-www-form-urlencoded",
            headers={"Authorization": basic(row.client_id, secret)},
        )

        assert answer.json().keys() >= {"access_token", "token_type", "expires_in", "scope"}
        assert answer["Cache-Control"] == "no-store"

    def test_wrong_credentials_are_told_how(self):
        row, _secret = a_client()

        answer = ask_for_token(row, "wrong")

        assert answer.status_code == 401
        assert answer["WWW-Authenticate"].startswith("Basic")

    def test_introspection_of_one_s_own_token(self):
        row, secret = a_client()
        token = token_of(row.client_id, secret)

        told = introspect(row, secret, token)

        assert (told["active"], told["client_id"], told["scope"]) == (True, row.client_id, "employees:read")

    def test_introspection_tells_of_what_a_token_still_opens(self):
        client, secret = create_client("HRIS", scopes=["employees:read", "goals:read"])
        token = token_of(client.pk, secret)
        client.set_scopes(["goals:read"])
        client.save()

        assert introspect(client.api_client, secret, token)["scope"] == "goals:read"

    def test_introspection_tells_nothing_of_others(self):
        row, secret = a_client()
        other, other_secret = create_client("Other", scopes=["goals:read"])
        token = token_of(other.pk, other_secret)

        assert introspect(row, secret, token) == {"active": False}
        assert introspect(row, secret, "nonsense") == {"active": False}

    def test_nobody_revokes_the_token_of_another(self):
        row, secret = a_client()
        other, other_secret = create_client("Other", scopes=["employees:read"])
        token = token_of(other.pk, other_secret)
        given = {"client_id": row.client_id, "client_secret": secret, "token": token}

        assert APIClient().post("/api/oauth/revoke", given).status_code == 200
        assert employees(token).status_code == 200


def introspect(row: ApiClient, secret: str, token: str):
    given = {"client_id": row.client_id, "client_secret": secret, "token": token}
    return APIClient().post("/api/oauth/introspect", given).json()


def basic(client_id: str, secret: str) -> str:
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()
