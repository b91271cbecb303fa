"""From the Authorization header to the client that asks. A session cookie opens nothing here."""

import datetime

from django.http import HttpRequest
from django.utils import timezone

from hrportal.integrations.scim.actions.clients import digest_of
from hrportal.integrations.scim.models import ScimClient, ScimToken

# A busy client writes when it was last seen once a minute, not with every request.
NOTED_EVERY = datetime.timedelta(minutes=1)


def client_of(request: HttpRequest) -> ScimClient | None:
    """The client whose token was sent, or None."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    token = ScimToken.objects.valid().select_related("client").filter(digest=digest_of(secret.strip())).first()
    if token is None:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > NOTED_EVERY:
        ScimToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token.client
