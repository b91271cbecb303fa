"""From the Authorization header to a principal. A session cookie never opens the API."""

from allauth.account.adapter import get_adapter
from allauth.idp.oidc.models import Token
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from hrportal.common.tokens import is_worth_noting
from hrportal.integrations.models import ApiClient
from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.models import User

ACT_FOR_HEADER = "Act-For"


class ClientTokenAuthentication(BaseAuthentication):
    """A bearer token of a client; with `Act-For: <employee number>` the client acts for that person."""

    def authenticate(self, request: Request) -> tuple[ClientPrincipal | ActingPrincipal, Token] | None:
        value = _bearer(request)
        if value is None:
            return None
        tokens = Token.objects.valid().by_value(value).filter(type=Token.Type.ACCESS_TOKEN, user=None)
        token = tokens.filter(client__api_client__revoked_at=None).select_related("client__api_client").first()
        if token is None or token.client is None:
            raise AuthenticationFailed(_("The access token is unknown or has expired."), "invalid_token")
        client: ApiClient = token.client.api_client
        check_address(client, request)
        _note_use(client)
        return _principal(request, token, client), token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in; and that a token was there but was not good, if so (RFC 6750)."""
        return 'Bearer realm="api"' + (', error="invalid_token"' if get_authorization_header(request) else "")


def check_address(client: ApiClient, request: Request) -> None:
    """Refuse a client that comes from elsewhere than it may."""
    if client.networks and not client.admits(get_adapter().get_client_ip(request)):
        raise PermissionDenied(_("This client may not come from this address."), "address_refused")


def _bearer(request: Request) -> str | None:
    words = get_authorization_header(request).split()
    if not words or words[0].lower() != b"bearer":
        return None
    if len(words) != 2:
        raise AuthenticationFailed(_("The Authorization header is not well formed."), "invalid_token")
    return words[1].decode("latin-1")


def _note_use(client: ApiClient) -> None:
    if is_worth_noting(client.last_used_at):
        ApiClient.objects.filter(pk=client.pk).update(last_used_at=timezone.now())


def _principal(request: Request, token: Token, client: ApiClient) -> ClientPrincipal | ActingPrincipal:
    scopes = frozenset(token.get_scopes()) & frozenset(client.scopes)
    number = request.headers.get(ACT_FOR_HEADER)
    if number is None:
        return ClientPrincipal(client.client_id, scopes, client.unit_paths)
    if client.is_limited:
        raise PermissionDenied(_("A client that is limited to units acts for nobody."), "permission_denied")
    if Scope.ACT_FOR not in scopes:
        raise PermissionDenied(_("This needs the scope %s.") % Scope.ACT_FOR.value, "insufficient_scope")
    user = User.objects.filter(employee__employee_number=number, is_active=True).first()
    if user is None:
        raise PermissionDenied(_("No person with this employee number has an active account."), "unknown_person")
    return ActingPrincipal(client.client_id, scopes, user)
