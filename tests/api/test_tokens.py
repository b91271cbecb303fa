"""Getting in: tokens, scopes, acting for a person."""

from datetime import timedelta

import pytest
from allauth.idp.oidc.models import Token
from django.utils import timezone
from rest_framework.test import APIClient

from hrportal.integrations.actions import create_client, revoke_client
from hrportal.integrations.models import ApiClient
from hrportal.people.enums import Role
from tests.api.conftest import token_of
from tests.factories.people import EmployeeFactory, make_user

pytestmark = pytest.mark.django_db


def test_client_gets_a_token_whose_hash_alone_is_stored(api):
    client, secret = create_client("HRIS", scopes=["employees:read"])

    token = token_of(client.pk, secret)

    stored = Token.objects.get(client=client)
    assert stored.hash != token
    assert stored.get_scopes() == ["employees:read"]
    assert secret not in client.api_client.secrets.get().hash


def test_token_can_be_asked_for_with_fewer_scopes():
    client, secret = create_client("HRIS", scopes=["employees:read", "reviews:read"])

    token_of(client.pk, secret, scope="reviews:read")

    assert Token.objects.get(client=client).get_scopes() == ["reviews:read"]


@pytest.mark.parametrize(
    ("fields", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"scope": "ratings:read"}, 400, "invalid_scope"),
        ({"grant_type": "authorization_code"}, 400, "unsupported_grant_type"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_id": "no\0body"}, 401, "invalid_client"),
    ],
)
def test_token_endpoint_refuses(fields, status, error):
    client, secret = create_client("HRIS", scopes=["employees:read"])
    asked = {"grant_type": "client_credentials", "client_id": client.pk, "client_secret": secret}

    answer = APIClient().post("/api/oauth/token", asked | fields)

    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert not Token.objects.exists()


@pytest.mark.parametrize("door", ["token", "introspect", "revoke"])
def test_credentials_in_the_address_are_refused_in_words(door):
    client, secret = create_client("HRIS", scopes=["employees:read"])

    answer = APIClient().post(f"/api/oauth/{door}?client_id={client.pk}&client_secret={secret}")

    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert not Token.objects.exists()


def test_the_token_door_tells_a_program_that_it_takes_a_post(client):
    answer = client.get("/api/oauth/token")

    assert (answer.status_code, answer["Allow"], answer["Content-Type"]) == (405, "POST", "application/problem+json")
    assert answer.json()["code"] == "method_not_allowed"


def test_revoked_token_opens_nothing(api):
    client, secret = create_client("HRIS", scopes=["employees:read"])
    token = token_of(client.pk, secret)
    APIClient().post("/api/oauth/revoke", {"token": token, "client_id": client.pk, "client_secret": secret})

    answer = APIClient().get("/api/v1/employees/", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


def test_revoked_client_is_out_at_once(api):
    caller = api("employees:read")
    revoke_client(ApiClient.objects.get(), by=None)

    assert caller.get("/api/v1/employees/").status_code == 401


def test_expired_token_is_refused(api):
    caller = api("employees:read")
    Token.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert caller.get("/api/v1/employees/").status_code == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer", "Bearer two words"])
def test_bad_token_is_answered_401_and_told_so(header):
    answer = APIClient().get("/api/v1/employees/", headers={"Authorization": header})

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api", error="invalid_token"'
    assert answer["Content-Type"] == "application/problem+json"


def test_no_token_is_answered_401():
    answer = APIClient().get("/api/v1/employees/")

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="api"'


def test_session_of_a_person_does_not_open_the_api(client):
    client.force_login(make_user(Role.HR_LEADER))

    assert client.get("/api/v1/employees/").status_code == 401


def test_route_without_the_scope_is_refused(api):
    answer = api("employees:read").get("/api/v1/reviews/")

    assert answer.status_code == 403
    assert answer.json()["code"] == "insufficient_scope"
    assert "reviews:read" in answer.json()["detail"]


def test_acting_needs_the_scope(api):
    user = make_user()

    answer = api("employees:read").get("/api/v1/employees/", headers={"Act-For": user.employee.employee_number})

    assert answer.status_code == 403
    assert answer.json()["code"] == "insufficient_scope"


def test_acting_for_somebody_without_an_account_is_refused(api):
    answer = api(act_for=EmployeeFactory()).get("/api/v1/employees/")

    assert answer.status_code == 403
    assert answer.json()["code"] == "unknown_person"


def test_acting_for_a_closed_account_is_refused(api):
    user = make_user(is_active=False)

    assert api(act_for=user).get("/api/v1/employees/").status_code == 403
