"""From the Authorization header to a principal. A session cookie never opens the API."""

from allauth.idp.oidc.models import Token
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from hrportal.integrations.oauth.principals import ActingPrincipal, ClientPrincipal, Principal
from hrportal.integrations.oauth.scopes import Scope
from hrportal.people.models import User

ACT_FOR_HEADER = "Act-For"


class ClientTokenAuthentication(BaseAuthentication):
    """A bearer token of a client; with `Act-For: <employee number>` the client acts for that person."""

    def authenticate(self, request: Request) -> tuple[Principal, Token] | None:
        value = _bearer(request)
        if value is None:
            return None
        token = Token.objects.valid().by_value(value).filter(type=Token.Type.ACCESS_TOKEN, user=None).first()
        if token is None or token.client_id is None:
            raise AuthenticationFailed(_("The access token is unknown or has expired."), "invalid_token")
        return _principal(request, token), token

    def authenticate_header(self, request: Request) -> str:
        """Say how to sign in; and that a token was there but was not good, if so (RFC 6750)."""
        return 'Bearer realm="api"' + (', error="invalid_token"' if get_authorization_header(request) else "")


def _bearer(request: Request) -> str | None:
    words = get_authorization_header(request).split()
    if not words or words[0].lower() != b"bearer":
        return None
    if len(words) != 2:
        raise AuthenticationFailed(_("The Authorization header is not well formed."), "invalid_token")
    return words[1].decode("latin-1")


def _principal(request: Request, token: Token) -> Principal:
    scopes = frozenset(token.get_scopes())
    number = request.headers.get(ACT_FOR_HEADER)
    if number is None:
        return ClientPrincipal(token.client_id, scopes)
    if Scope.ACT_FOR not in scopes:
        raise PermissionDenied(_("This needs the scope %s.") % Scope.ACT_FOR.value, "insufficient_scope")
    user = User.objects.filter(employee__employee_number=number, is_active=True).first()
    if user is None:
        raise PermissionDenied(_("No person with this employee number has an active account."), "unknown_person")
    return ActingPrincipal(token.client_id, scopes, user)
