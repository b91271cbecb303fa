"""A person's own session as the key to the few resources of the API that no token opens."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

# Set on a request whose session still has to bring a second factor. A page would lead there; a program is told.
LACKS_SECOND_FACTOR = "lacks_second_factor"


class PersonSession(SessionAuthentication):
    """Whoever is signed in to the portal, with the CSRF token that a change by session takes. Bearer tokens are not read."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found: tuple[Any, None] | None = super().authenticate(request)
        if found and getattr(request._request, LACKS_SECOND_FACTOR, False):
            raise PermissionDenied(
                _("Your role needs a second step when signing in. Set one up to go on."), "second_factor_required"
            )
        return found

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="portal"'
