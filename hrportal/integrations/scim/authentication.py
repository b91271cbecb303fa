"""From the Authorization header to the token of the client that asks. A session cookie opens nothing here."""

from django.http import HttpRequest
from django.utils import timezone

from hrportal.common.tokens import hash_of, is_worth_noting
from hrportal.integrations.scim.models import ScimToken


def token_of(request: HttpRequest) -> ScimToken | None:
    """The token that was sent, with its client, if it is good."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret:
        return None
    token = ScimToken.objects.valid().select_related("client").filter(digest=hash_of(secret.strip())).first()
    if token is None:
        return None
    if is_worth_noting(token.last_used_at):
        ScimToken.objects.filter(pk=token.pk).update(last_used_at=timezone.now())
    return token
