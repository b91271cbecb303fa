"""What happens to API clients. A secret is returned once, by the function that made it, and stored hashed."""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from allauth.idp.oidc.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, StaleVersion, checked
from hrportal.integrations import events
from hrportal.integrations.models import ApiClient, ClientSecret
from hrportal.integrations.oauth.scopes import Scope
from hrportal.journal.recording import Actor
from hrportal.people.models import OrgUnit, User

LONGEST_OVERLAP = datetime.timedelta(days=90)
HINT = 4


@transaction.atomic
def create_client(
    name: str,
    *,
    scopes: Iterable[str],
    by: Any = None,
    purpose: str = "",
    contact: str = "",
    units: Collection[OrgUnit] | None = None,
    networks: Collection[str] = (),
) -> tuple[Client, str]:
    """A new client at the token server, and its secret. With `units` it has to do with them alone."""
    granted = _granted(scopes, is_limited=units is not None)
    client = Client(name=name, grant_types=Client.GrantType.CLIENT_CREDENTIALS, response_types="none")
    client.set_scopes(granted)
    client.set_default_scopes(granted)
    client.secret = make_password(None)  # the portal's own rows hold the secrets
    checked(client, exclude=["id", "secret"]).save()
    row = ApiClient(
        client=client,
        purpose=purpose,
        contact=contact,
        is_limited=units is not None,
        networks=list(networks),
        created_by=by if isinstance(by, User) else None,
    )
    checked(row).save()
    row.units.set(units or ())
    secret = _new_secret(row)
    events.client_created(row, by=by)
    return client, secret


@transaction.atomic
def change_client(
    api_client: ApiClient,
    *,
    by: Actor | None,
    version: int,
    name: str,
    scopes: Iterable[str],
    purpose: str,
    contact: str,
    units: Collection[OrgUnit] | None,
    networks: Collection[str],
) -> ApiClient:
    """Change what a client is called and how far it reaches; tokens it has reach no further from now on either."""
    row = _lock(api_client)
    if row.version != version:
        raise StaleVersion(_("Somebody else changed this client. Look at it again."), version=row.version)
    granted = _granted(scopes, is_limited=units is not None)
    row.client.name = name
    row.client.set_scopes(granted)
    row.client.set_default_scopes(granted)
    checked(row.client, exclude=["secret"]).save(update_fields=["name", "scopes", "default_scopes"])
    row.purpose, row.contact, row.networks = purpose, contact, list(networks)
    row.is_limited, row.version = units is not None, row.version + 1
    checked(row).save()
    row.units.set(units or ())
    events.client_changed(row, by=by)
    return row


@transaction.atomic
def rotate_secret(api_client: ApiClient, *, by: Actor | None, valid_until: datetime.date | None = None) -> str:
    """A new secret. The old ones are valid to the end of a day, at most 90 days away; without one, they end now."""
    row, now = _lock(api_client), timezone.now()
    end = now if valid_until is None else _end_of(valid_until)
    if valid_until and valid_until < timezone.localdate():
        raise ActionError(_("Choose a day that has not passed."), field="valid_until")
    if end > now + LONGEST_OVERLAP + datetime.timedelta(days=1):
        raise ActionError(_("Old secrets can stay valid for 90 days."), field="valid_until")
    row.secrets.valid().filter(expires_at=None).update(expires_at=end)
    row.secrets.valid().update(expires_at=Least(F("expires_at"), end))
    secret = _new_secret(row)
    events.client_secret_rotated(row, by=by)
    return secret


@transaction.atomic
def end_secret(secret: ClientSecret, *, by: Actor | None) -> ClientSecret:
    """A secret opens nothing from now on. Tokens it has opened live out their hour."""
    row = _lock(secret.api_client)
    secret = ClientSecret.objects.get(pk=secret.pk)
    if not secret.is_valid:
        raise ActionError(_("This secret has ended already."))
    secret.expires_at = timezone.now()
    secret.save(update_fields=["expires_at"])
    events.client_secret_ended(row, by=by)
    return secret


@transaction.atomic
def revoke_client(api_client: ApiClient, *, by: Actor | None) -> ApiClient:
    """Take a client's access away for good, with all its tokens and secrets, at once. Its name stays for the journal."""
    row = _lock(api_client)
    row.revoked_at = timezone.now()
    row.version += 1
    row.save(update_fields=["revoked_at", "version"])
    row.secrets.valid().update(expires_at=row.revoked_at)
    Token.objects.filter(client=row.client_id).delete()
    events.client_revoked(row, by=by)
    return row


def _lock(api_client: ApiClient) -> ApiClient:
    row = ApiClient.objects.select_for_update(of=("self",)).select_related("client").get(pk=api_client.pk)
    if not row.is_active:
        raise ActionError(_("This client was revoked."))
    return row


def _granted(scopes: Iterable[str], *, is_limited: bool) -> list[str]:
    granted = sorted(set(scopes))
    if not granted:
        raise ActionError(_("A client needs at least one scope."), field="scopes")
    if unknown := sorted(set(granted) - set(Scope.values)):
        raise ActionError(_("There is no scope %s.") % ", ".join(unknown), field="scopes")
    if is_limited and Scope.ACT_FOR in granted:
        raise ActionError(_("A client that is limited to units acts for nobody."), field="scopes")
    return granted


def _new_secret(row: ApiClient) -> str:
    secret = get_adapter().generate_client_secret()
    ClientSecret.objects.create(api_client=row, hash=make_password(secret), hint=secret[-HINT:])
    return secret


def _end_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))
