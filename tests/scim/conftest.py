"""A client of SCIM, as an identity provider is one."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client as Browser

from hrportal.integrations.scim.actions.clients import create_client
from hrportal.integrations.scim.models import ScimClient

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
Json = dict[str, Any]


@dataclass
class Scim:
    """Requests with a client's token, and what came back."""

    client: ScimClient
    token: str

    def ask(self, method: str, path: str, body: Any = None, *, is_told_of_faults: bool = True, **headers: str) -> Any:
        names = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        return Browser(raise_request_exception=is_told_of_faults).generic(
            method,
            f"/scim/v2{path}",
            data="" if body is None else json.dumps(body),
            content_type="application/scim+json",
            HTTP_AUTHORIZATION=f"Bearer {self.token}",
            **names,
        )

    def get(self, path: str, status: int = 200, **headers: str) -> Json:
        return self._json(self.ask("GET", path, **headers), status)

    def post(self, path: str, body: Json, status: int = 201) -> Json:
        return self._json(self.ask("POST", path, body), status)

    def put(self, path: str, body: Json, status: int = 200) -> Json:
        return self._json(self.ask("PUT", path, body), status)

    def patch(self, path: str, *operations: Json, status: int = 200, **headers: str) -> Json:
        return self._json(self.ask("PATCH", path, {"schemas": [PATCH], "Operations": operations}, **headers), status)

    def delete(self, path: str, status: int = 204) -> None:
        self._json(self.ask("DELETE", path), status)

    def find(self, resource: str, filter_: str, status: int = 200) -> Json:
        return self._json(self.ask("POST", f"/{resource}/.search".replace("//", "/"), {"filter": filter_}), status)

    def new(self, user_name: str = "ada@example.com", **fields: Any) -> Json:
        body = {
            "schemas": [USER, ENTERPRISE],
            "userName": user_name,
            "name": {"givenName": "Ada", "familyName": "Byron"},
            "active": True,
            "emails": [{"value": user_name, "type": "work", "primary": True}] if "@" in user_name else [],
        }
        return self.post("/Users", body | fields)

    def _json(self, answer: Any, status: int) -> Json:
        assert answer.status_code == status, answer.content
        return json.loads(answer.content) if answer.content else {}


def make_scim(name: str = "Okta", **choices: bool) -> Scim:
    client, token = create_client(by=None, name=name, **choices)
    return Scim(client, token)


@pytest.fixture
def directory(db) -> Scim:
    """A client that takes on people."""
    return make_scim(takes_on_people=True)


@pytest.fixture
def accounts_only(db) -> Scim:
    """A client that gives accounts to people whom HR knows."""
    return make_scim("Entra")
