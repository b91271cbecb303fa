"""The doors for programs: read the token, ask the service, put the answer on the wire, note what was asked.

The service is loaded with the first request: the models of SCIM take most of a second to load.
"""

from functools import cache
from importlib import import_module
from typing import Any, cast

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.decorators import method_decorator
from django.utils.log import log_response
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from hrportal.common.access import PROGRAM, PUBLIC, Access, access
from hrportal.common.actions import ActionError
from hrportal.common.parsing import UNSTORABLE
from hrportal.common.rates import Spending, address_of, spend
from hrportal.integrations.scim.actions.clients import issue_token, revoke_token
from hrportal.integrations.scim.authentication import token_of
from hrportal.integrations.scim.errors import UNIQUE_FIELDS, NotUnique, Refused
from hrportal.integrations.scim.models import ScimClient, ScimRequest, ScimToken

CONTENT_TYPE = "application/scim+json"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"


@method_decorator(csrf_exempt, name="dispatch")
class ScimView(View):
    """One address. `kind` is the resource type it is about."""

    access = Access(PROGRAM)
    http_method_names = ["get", "head"]
    kind = ""
    token: ScimToken | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in English: what is said here is read in the logs of other systems."""
        with override("en"):
            self.token = token_of(request)
            spending = _spend(request, self.token)
            response = _too_many(spending) if spending and not spending.is_within else self._served(request, **kwargs)
            for name, value in spending.headers.items() if spending else ():
                response[name] = value
            # Of those beyond the limit one is noted in a minute: who asks too often must not fill the list as well.
            if self.token and (spending is None or spending.used <= spending.limit + 1):
                _note(self.token.client, request, response)
            return response

    def _served(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if self.token is None:
            response = error(401, _("The token is missing, unknown or taken back."))
            response["WWW-Authenticate"] = 'Bearer realm="scim"'
            return response
        if str(request.method).lower() not in self.http_method_names:
            response = error(405, _("This address does not know this method."))
            response["Allow"] = ", ".join(name.upper() for name in self.http_method_names)
            return response
        return _answered(super().dispatch, request, self.token.client, **kwargs)

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return error(405, _("This address does not know this method."))


class CollectionView(ScimView):
    """`/Users` and `/Groups`."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, client: ScimClient) -> Any:
        return service().search(client, request, self.kind)

    def post(self, request: HttpRequest, client: ScimClient) -> Any:
        return service().create(client, request, self.kind)


class SearchView(ScimView):
    """`/.search`, of everything or of one kind."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, client: ScimClient) -> Any:
        return service().search(client, request, self.kind)


class ResourceView(ScimView):
    """`/Users/{id}` and `/Groups/{id}`."""

    http_method_names = ["get", "head", "put", "patch", "delete"]

    def get(self, request: HttpRequest, client: ScimClient, key: str) -> Any:
        return service().retrieve(client, request, self.kind, key)

    def put(self, request: HttpRequest, client: ScimClient, key: str) -> Any:
        return service().replace(client, request, self.kind, key)

    def patch(self, request: HttpRequest, client: ScimClient, key: str) -> Any:
        return service().modify(client, request, self.kind, key)

    def delete(self, request: HttpRequest, client: ScimClient, key: str) -> Any:
        return service().delete(client, request, self.kind, key)


class ConfigView(ScimView):
    """`/ServiceProviderConfig`."""

    def get(self, request: HttpRequest, client: ScimClient) -> Any:
        return service().service_provider_config(client, request)


class DiscoveryView(ScimView):
    """`/ResourceTypes` and `/Schemas`, whole or one by one."""

    def get(self, request: HttpRequest, client: ScimClient, key: str = "") -> Any:
        return service().discovered(client, request, self.kind, key)


class TokenView(ScimView):
    """`/Token`: the token that asks. Not of the standard, which leaves tokens to each service."""

    http_method_names = ["post", "delete"]

    def post(self, request: HttpRequest, client: ScimClient) -> Any:
        """A second token, shown once; both are good until one is taken back."""
        _token, secret = issue_token(client, by=client)
        return service().Answer({"token": secret}, status=201)

    def delete(self, request: HttpRequest, client: ScimClient) -> Any:
        """Take back the token that asks, at once."""
        revoke_token(cast("ScimToken", self.token), by=client)
        return service().Answer(None, status=204)


@csrf_exempt
@access(PUBLIC)
def not_found(request: HttpRequest, path: str) -> HttpResponse:
    """Every other address below /scim/v2/, for programs."""
    return error(404, _("There is nothing at this address."))


class Refusal(JsonResponse):
    """An answer that says no, and why, for the list of requests."""

    detail = ""


def error(status: int, detail: str, scim_type: str = "") -> HttpResponse:
    """A refusal as RFC 7644 wants it (section 3.12)."""
    body = {"schemas": [ERROR], "status": str(status), "detail": detail}
    response = Refusal(body | ({"scimType": scim_type} if scim_type else {}), status=status)
    response["Content-Type"] = CONTENT_TYPE
    response.detail = detail
    return response


@cache
def service() -> Any:
    """The service, loaded when it is first needed."""
    return import_module("hrportal.integrations.scim.service")


def _answered(ask: Any, request: HttpRequest, client: ScimClient, **kwargs: Any) -> HttpResponse:
    faults = import_module("hrportal.integrations.scim.faults")
    try:
        with service().SERVICE:
            answer = ask(request, client=client, **kwargs)
    except Refused as refused:
        return error(refused.status, refused.message, refused.scim_type)
    except ActionError as refused:
        is_taken = refused.field in UNIQUE_FIELDS
        return error(409, refused.message, NotUnique.scim_type if is_taken else "")
    except faults.FAULTS as fault:
        return error(*faults.told(fault))
    except Exception as fault:
        return _own_fault(request, fault)
    return _on_the_wire(request, answer)


def _own_fault(request: HttpRequest, fault: Exception) -> HttpResponse:
    """What nobody foresaw, logged as Django would, told in a form that the client can read."""
    response = error(500, _("Something went wrong on our side."))
    got_request_exception.send(sender=None, request=request)
    log_response("%s: %s", response.reason_phrase, request.path, response=response, request=request, exception=fault)
    return response


def _on_the_wire(request: HttpRequest, answer: Any) -> HttpResponse:
    is_known = request.method in {"GET", "HEAD"} and _is_known(request, answer.version)
    if is_known:
        response = HttpResponse(status=304)
    elif answer.body is None:
        response = HttpResponse(status=answer.status)
    else:
        response = JsonResponse(answer.body, status=answer.status)
        response["Content-Type"] = CONTENT_TYPE
    if answer.version:
        response["ETag"] = answer.version
    if answer.location:
        response["Location" if answer.status == 201 else "Content-Location"] = answer.location
    response["Cache-Control"] = "no-store"
    return response


def _is_known(request: HttpRequest, version: str) -> bool:
    named = request.headers.get("If-None-Match")
    return bool(named and version) and import_module("hrportal.integrations.scim.answers").matches(named, version)


def _spend(request: HttpRequest, token: ScimToken | None) -> Spending | None:
    """Count a request: of a token by itself, of what is no token by where it comes from."""
    return spend("scim", str(token.pk)) if token else spend("wrong_token", address_of(request))


def _too_many(spending: Spending) -> HttpResponse:
    response = error(429, _("Too many requests. Try again in a while."))
    response["Retry-After"] = str(spending.resets_in)
    return response


def _note(client: ScimClient, request: HttpRequest, response: HttpResponse) -> None:
    """Remember that it was asked and how it went; not what was in it."""
    path = UNSTORABLE.sub("", request.path.partition("/scim/v2/")[2])[:200]
    detail = UNSTORABLE.sub("", response.detail)[:300] if isinstance(response, Refusal) else ""
    ScimRequest.objects.create(
        client=client, method=str(request.method)[:7], path=path, status=response.status_code, detail=detail
    )
