"""Letting an identity provider in, changing what it may, and shutting it out."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrportal.common.actions import ActionError, checked
from hrportal.common.tokens import hash_of, new_token
from hrportal.integrations.scim import events
from hrportal.integrations.scim.limits import MOST_TOKENS
from hrportal.integrations.scim.models import ScimClient, ScimToken
from hrportal.journal.recording import Actor

PREFIX = "scim_"
CHOICES = ("takes_on_people", "ends_employments", "sends_invitations", "is_privileged")


@transaction.atomic
def create_client(*, by: Actor | None, name: str, **choices: bool) -> tuple[ScimClient, str]:
    """Let an identity provider in; it and its first token, which is not shown again."""
    client = checked(ScimClient(name=name.strip(), **choices))
    client.save()
    events.client_created(client, by=by)
    return client, issue_token(client, by=by)[1]


@transaction.atomic
def change_client(client: ScimClient, *, by: Actor | None, **choices: bool) -> ScimClient:
    """Change what a client may do beyond keeping accounts."""
    client = lock_client(client)
    changed = [name for name in CHOICES if name in choices and getattr(client, name) != choices[name]]
    for name in changed:
        setattr(client, name, choices[name])
    if changed:
        client.save(update_fields=changed)
        events.client_changed(client, changed, by=by)
    return client


@transaction.atomic
def issue_token(client: ScimClient, *, by: Actor | None) -> tuple[ScimToken, str]:
    """A new token. Two may be good at a time, so that one can be put in place before the other is taken away."""
    client = lock_client(client)
    if client.tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise ActionError(_("Two tokens are good already. Take one back first."))
    secret = new_token(PREFIX)
    token = ScimToken.objects.create(client=client, digest=hash_of(secret), beginning=secret[:10])
    events.token_issued(token, by=by)
    return token, secret


@transaction.atomic
def revoke_token(token: ScimToken, *, by: Actor | None) -> ScimToken:
    """Take a token back, at once."""
    token = ScimToken.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if token.revoked_at:
        raise ActionError(_("This token was already taken back."))
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    events.token_revoked(token, by=by)
    return token


@transaction.atomic
def close_client(client: ScimClient, *, by: Actor | None) -> ScimClient:
    """Shut an identity provider out with all its tokens. The accounts it made stay as they are."""
    client = lock_client(client)
    for token in client.tokens.filter(revoked_at=None):
        revoke_token(token, by=by)
    client.closed_at = timezone.now()
    client.save(update_fields=["closed_at"])
    events.client_closed(client, by=by)
    return client


def lock_client(client: ScimClient) -> ScimClient:
    """The client, for one write at a time: two requests that create the same account are answered one after the other."""
    client = ScimClient.objects.select_for_update(no_key=True).get(pk=client.pk)
    if client.closed_at:
        raise ActionError(_("This client is closed."))
    return client
