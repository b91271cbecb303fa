"""How the schema speaks of tokens."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from hrportal.common.access import access_of
from hrportal.integrations.oauth.scopes import Scope


class ClientTokenScheme(OpenApiAuthenticationExtension):
    """OAuth 2 client credentials, each operation with the scope it needs."""

    target_class = "hrportal.integrations.oauth.authentication.ClientTokenAuthentication"
    name = "client"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        flow = {"tokenUrl": "/api/oauth/token", "scopes": _scopes(get_language())}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[str]]:
        declared = access_of(type(auto_schema.view))
        scope = declared.scope_for(getattr(auto_schema.view, "action", "")) if declared else None
        return {self.name: [scope] if scope else []}


@cache
def _scopes(_language: str | None) -> dict[str, str]:
    """Every scope in the language at hand; asked for again for each header of each answer."""
    return {scope.value: str(scope.label) for scope in Scope}


class PersonalTokenScheme(OpenApiAuthenticationExtension):
    """A person's access token: their own rights, and the scopes they narrowed it to."""

    target_class = "hrportal.people.tokens.PersonalTokenAuthentication"
    name = "personal"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        words = "An access token (`hrp_…`) that somebody made for themselves: it may what they may."
        return {"type": "http", "scheme": "bearer", "description": words}


class PersonSessionScheme(OpenApiAuthenticationExtension):
    """The session of somebody signed in to the portal, for what no token opens."""

    target_class = "hrportal.common.sessions.PersonSession"
    name = "person"

    def get_security_definition(self, auto_schema: AutoSchema) -> dict[str, Any]:
        words = "A signed-in person's session. A change also takes the CSRF token, in the header X-CSRFToken."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": words}
