"""The OAuth doors that are open: getting a token, asking about it and giving it back. No other flow has a route."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from hrportal.common.access import PUBLIC, access
from hrportal.common.doors import limited_by_address
from hrportal.integrations.oauth.scopes import Scope
from hrportal.integrations.oauth.server import AUTH_METHODS, answered, server


@csrf_exempt
@access(PUBLIC)
@limited_by_address("token")
@require_POST
def token_create(request: HttpRequest) -> HttpResponse:
    """`POST grant_type=client_credentials` with the client's id and secret, and fewer `scope` if it likes."""
    return answered(server().create_token_response, request)


@csrf_exempt
@access(PUBLIC)
@limited_by_address("token")
@require_POST
def token_introspect(request: HttpRequest) -> HttpResponse:
    """`POST token=…` with the client's id and secret: what a token of its own is good for."""
    return answered(server().create_introspect_response, request)


@csrf_exempt
@access(PUBLIC)
@limited_by_address("token")
@require_POST
def token_revoke(request: HttpRequest) -> HttpResponse:
    """`POST token=…` with the client's id and secret: the token is good for nothing from now on."""
    return answered(server().create_revocation_response, request)


@access(PUBLIC)
@require_safe
def server_metadata(request: HttpRequest) -> JsonResponse:
    """What the token server can do, for programs that set themselves up (RFC 8414)."""
    return JsonResponse(
        {
            "issuer": settings.PUBLIC_URL,
            "token_endpoint": settings.PUBLIC_URL + reverse("api:token"),
            "introspection_endpoint": settings.PUBLIC_URL + reverse("api:introspect"),
            "revocation_endpoint": settings.PUBLIC_URL + reverse("api:revoke"),
            "token_endpoint_auth_methods_supported": AUTH_METHODS,
            "introspection_endpoint_auth_methods_supported": AUTH_METHODS,
            "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "scopes_supported": Scope.values,
            "service_documentation": settings.PUBLIC_URL + reverse("api:docs"),
        }
    )
