"""API clients for tests: each has a real token from the token endpoint."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from hrportal.integrations.actions import create_client
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.models import Employee, User

EVERY_SCOPE = Scope.values


def token_of(client_id: str, secret: str, **fields: str) -> str:
    """Ask the token endpoint as a client does."""
    answer = APIClient().post(
        "/api/oauth/token",
        {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret, **fields},
    )
    assert answer.status_code == 200, answer.content
    return answer.json()["access_token"]


@pytest.fixture
def api(db) -> Callable[..., APIClient]:
    """Call it with scopes for a client by itself; with `act_for` it acts for that person (all scopes unless named)."""

    def connect(*scopes: str, act_for: User | Employee | None = None) -> APIClient:
        granted = set(scopes or EVERY_SCOPE) | ({Scope.ACT_FOR} if act_for else set())
        client, secret = create_client("Test", scopes=granted)
        caller = APIClient()
        caller.credentials(HTTP_AUTHORIZATION=f"Bearer {token_of(client.pk, secret)}")
        if act_for:
            person = act_for.employee if isinstance(act_for, User) else act_for
            caller.credentials(**caller._credentials, HTTP_ACT_FOR=person.employee_number)
        caller.default_format = "json"
        return caller

    return connect
