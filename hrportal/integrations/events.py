"""Every fact about who may use the API. Secrets, tokens and their hashes are in none; no client hears of them."""

from hrportal.integrations.models import ApiClient
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record
from hrportal.people.models import PersonalToken


def client_created(client: ApiClient, *, by: Actor | None) -> Fact:
    return record("integrations.client_created", client, by=by, version=client.version, data=_reach(client))


def client_changed(client: ApiClient, *, by: Actor | None) -> Fact:
    return record("integrations.client_changed", client, by=by, version=client.version, data=_reach(client))


def client_secret_rotated(client: ApiClient, *, by: Actor | None) -> Fact:
    return record("integrations.client_secret_rotated", client, by=by, version=client.version)


def client_secret_ended(client: ApiClient, *, by: Actor | None) -> Fact:
    return record("integrations.client_secret_ended", client, by=by, version=client.version)


def client_revoked(client: ApiClient, *, by: Actor | None) -> Fact:
    return record("integrations.client_revoked", client, by=by, version=client.version)


def token_created(token: PersonalToken, *, by: Actor | None) -> Fact:
    data = {"scopes": token.scopes}
    return record("integrations.token_created", token, by=by, person_id=token.user.employee_id, data=data)


def token_revoked(token: PersonalToken, *, by: Actor | None) -> Fact:
    return record("integrations.token_revoked", token, by=by, person_id=token.user.employee_id)


def _reach(client: ApiClient) -> dict[str, list[str] | list[int] | None]:
    """How far a client reaches: which scopes, and which units if it is limited."""
    units = sorted(unit.pk for unit in client.units.all()) if client.is_limited else None
    return {"scopes": client.scopes, "units": units}
