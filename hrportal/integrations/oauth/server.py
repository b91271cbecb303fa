"""The token server: what the protocol's library asks, answered from our clients, their secrets and their tokens.

Client credentials (RFC 6749, section 4.4), introspection (RFC 7662) and revocation (RFC 7009); no other flow is served.
"""

import base64
import binascii
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import unquote_plus

from allauth.account.adapter import get_adapter
from allauth.idp.oidc.models import Client, Token
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from oauthlib.common import Request
from oauthlib.oauth2 import BackendApplicationServer, OAuth2Error, RequestValidator

from hrportal.common.parsing import UNSTORABLE
from hrportal.integrations.models import ApiClient, ClientSecret

AUTH_METHODS = ["client_secret_basic", "client_secret_post"]
# Something to compare with, so that an unknown client takes as long as a wrong secret.
_NO_SECRET = make_password(None)


class Answers(RequestValidator):
    """The answers. `request.client` is the client at the token server once it is known."""

    def client_authentication_required(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Request, *args: Any, **kwargs: Any) -> bool:
        """By id and one of the secrets that are valid now, from an address it may come from."""
        client_id, secret = _credentials(request)
        known = ApiClient.objects.none() if UNSTORABLE.search(client_id) else ApiClient.objects.active()
        row = known.select_related("client").filter(client_id=client_id).first()
        if row is None or not secret:
            check_password(secret, _NO_SECRET)
            return False
        if not row.admits(request.headers.get("Client-Address")):
            return False
        found = next((one for one in row.secrets.valid() if check_password(secret, one.hash)), None)
        if found is None:
            return False
        _note_use(row, found)
        request.client, request.client_id = row.client, row.client_id
        row.client.client_id = row.client_id  # by this name the library reads it
        return True

    def validate_grant_type(self, client_id: str, grant_type: str, client: Client, *args: Any, **kwargs: Any) -> bool:
        return grant_type in client.get_grant_types()

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        return request.client.get_default_scopes()

    def validate_scopes(self, client_id: str, scopes: list[str], client: Client, *args: Any, **kwargs: Any) -> bool:
        return set(scopes) <= set(client.get_scopes())

    def save_bearer_token(self, token: dict[str, Any], request: Request, *args: Any, **kwargs: Any) -> None:
        """Keep the token's hash, whose it is and how long it lives."""
        row = Token(type=Token.Type.ACCESS_TOKEN, client=request.client)
        row.set_value(token["access_token"])
        row.set_scopes(list(request.scopes))
        row.expires_at = timezone.now() + timedelta(seconds=token["expires_in"])
        row.save()

    def introspect_token(self, token: str, hint: str, request: Request, *args: Any, **kwargs: Any) -> Any:
        """What a token of this client is good for; of anybody else's it learns nothing."""
        row = _tokens_of(request.client, token).valid().first()
        if row is None or row.expires_at is None:
            return None
        return {
            "client_id": row.client_id,
            "scope": " ".join(scope for scope in row.get_scopes() if scope in request.client.get_scopes()),
            "token_type": "Bearer",
            "exp": int(row.expires_at.timestamp()),
            "iat": int(row.created_at.timestamp()),
            "sub": row.client_id,
            "iss": settings.PUBLIC_URL,
        }

    def revoke_token(self, token: str, hint: str, request: Request, *args: Any, **kwargs: Any) -> None:
        _tokens_of(request.client, token).delete()


def _tokens_of(client: Client, value: str) -> Any:
    return Token.objects.by_value(value).filter(type=Token.Type.ACCESS_TOKEN, client=client, user=None)


def _credentials(request: Request) -> tuple[str, str]:
    """From the header, else from the body (RFC 6749, section 2.3.1)."""
    scheme, _space, encoded = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return str(request.client_id or ""), str(request.client_secret or "")
    try:
        client_id, _colon, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote_plus(client_id), unquote_plus(secret)


def _note_use(client: ApiClient, secret: ClientSecret) -> None:
    now = timezone.now()
    ApiClient.objects.filter(pk=client.pk).update(last_used_at=now)
    ClientSecret.objects.filter(pk=secret.pk).update(last_used_at=now)


def server() -> BackendApplicationServer:
    """The library's server over our answers."""
    return BackendApplicationServer(Answers(), token_expires_in=settings.IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN)


def params_of(request: HttpRequest) -> tuple[str, str, str, dict[str, str]]:
    """A request as the library reads it; `Client-Address` is ours, whatever the request says."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    headers = {
        "Authorization": request.headers.get("Authorization", ""),
        "Content-Type": request.headers.get("Content-Type", ""),
        "Client-Address": get_adapter().get_client_ip(request),
    }
    return request.get_full_path(), request.method or "POST", urlencode(fields), headers


def answered(ask: Callable[..., Any], request: HttpRequest) -> HttpResponse:
    """What the library answers; some mistakes of whoever asks it raises, and they are answered in its words too."""
    try:
        return as_response(*ask(*params_of(request)))
    except OAuth2Error as error:
        return as_response({"Content-Type": "application/json"}, error.json, error.status_code)


def as_response(headers: dict[str, str], body: str | None, status: int) -> HttpResponse:
    """The library's answer. Whoever failed to sign in is told how (RFC 6749, section 5.2)."""
    response = HttpResponse(body or "", status=status, headers={**headers, "Cache-Control": "no-store"})
    if status == 401:
        response["WWW-Authenticate"] = 'Basic realm="api"'
    return response
