"""Every fact SCIM announces of itself. What happens to people, accounts and roles is announced by people."""

from collections.abc import Sequence

from hrportal.integrations.scim.models import ScimAccount, ScimClient, ScimGroup, ScimToken
from hrportal.journal.models import Fact
from hrportal.journal.recording import Actor, record


def client_created(client: ScimClient, *, by: Actor | None) -> Fact:
    return record("scim.client_created", client, by=by)


def client_changed(client: ScimClient, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record("scim.client_changed", client, by=by, data={"fields": [*fields]})


def client_closed(client: ScimClient, *, by: Actor | None) -> Fact:
    return record("scim.client_closed", client, by=by)


def token_issued(token: ScimToken, *, by: Actor | None) -> Fact:
    return record("scim.token_issued", token, by=by, data={"client": token.client_id})


def token_revoked(token: ScimToken, *, by: Actor | None) -> Fact:
    return record("scim.token_revoked", token, by=by, data={"client": token.client_id})


def group_created(group: ScimGroup, *, by: Actor | None) -> Fact:
    return record("scim.group_created", group, by=by)


def group_changed(group: ScimGroup, fields: Sequence[str], *, by: Actor | None) -> Fact:
    return record("scim.group_changed", group, by=by, data={"fields": [*fields]})


def group_deleted(group: ScimGroup, *, by: Actor | None) -> Fact:
    return record("scim.group_deleted", group, by=by)


def account_deleted(account: ScimAccount, *, by: Actor | None) -> Fact:
    return record(
        "scim.account_deleted", account, by=by, person_id=account.user.employee_id, data={"account": account.user_id}
    )
