"""A person's own session as the key to the few resources of the API that no token opens."""

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class PersonSession(SessionAuthentication):
    """Whoever is signed in to the portal, with the CSRF token that a change by session takes. Bearer tokens are not read."""

    def authenticate_header(self, request: Request) -> str:
        return 'Session realm="portal"'
