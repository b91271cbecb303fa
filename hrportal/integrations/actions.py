"""Giving API clients access and taking it away."""

from collections.abc import Iterable

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client
from django.db import transaction
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError
from hrportal.integrations.oauth.scopes import Scope


@transaction.atomic
def create_client(name: str, *, scopes: Iterable[str]) -> tuple[Client, str]:
    """A new client and its secret, which is stored hashed and cannot be shown again."""
    granted = sorted(set(scopes))
    if not granted:
        raise ActionError(_("A client needs at least one scope."), field="scopes")
    if unknown := sorted(set(granted) - set(Scope.values)):
        raise ActionError(_("There is no scope %s.") % ", ".join(unknown), field="scopes")
    secret = get_adapter().generate_client_secret()
    client = Client(name=name, grant_types=Client.GrantType.CLIENT_CREDENTIALS, response_types="none")
    client.set_scopes(granted)
    client.set_default_scopes(granted)
    client.set_secret(secret)
    client.save()
    return client, secret


@transaction.atomic
def remove_client(client: Client) -> None:
    """Take a client away with all its tokens, at once."""
    client.delete()
