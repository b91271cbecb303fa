"""Who a token speaks for: a client by itself, or a client acting for a person. Both are what actions call `by`."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import rules
from allauth.idp.oidc.models import Client

from hrportal.integrations.models import ApiClient
from hrportal.journal.recording import Identity
from hrportal.people.enums import Role
from hrportal.people.models import User
from hrportal.people.viewer import Viewer


@dataclass(frozen=True)
class ClientPrincipal:
    """A client on its own behalf: it sees and does what its scopes let a client, in its units if it is limited to some."""

    client_id: str
    scopes: frozenset[str]
    units: tuple[str, ...] | None = None

    pk = None
    employee_id = None
    is_active = True
    is_authenticated = True
    is_anonymous = False

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer(roles=frozenset({Role.INTEGRATION}), scopes=self.scopes, client_units=self.units)

    @property
    def journal_identity(self) -> Identity:
        return Identity(client_id=self.client_id)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return rules.has_perm(perm, self, obj)


@dataclass(frozen=True)
class ActingPrincipal:
    """A client acting for a person: it may what both may. The journal keeps the client and the person."""

    client_id: str
    scopes: frozenset[str]
    user: User

    is_authenticated = True
    is_anonymous = False

    @property
    def pk(self) -> int:
        return self.user.pk

    @property
    def employee_id(self) -> int | None:
        return self.user.employee_id

    @property
    def is_active(self) -> bool:
        return self.user.is_active

    @cached_property
    def viewer(self) -> Viewer:
        return replace(self.user.viewer, scopes=self.scopes)

    @property
    def journal_identity(self) -> Identity:
        return Identity(client_id=self.client_id, on_behalf_of_id=self.user.pk)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and rules.has_perm(perm, self, obj)


def principal_of(client: Client) -> ClientPrincipal:
    """A client by itself, outside of any request: all its scopes, within its units; a revoked one has none."""
    row = ApiClient.objects.active().prefetch_related("units").filter(client=client).first()
    if row is None:
        return ClientPrincipal(client.pk, frozenset())
    return ClientPrincipal(client.pk, frozenset(client.get_scopes()), row.unit_paths)
