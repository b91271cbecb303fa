"""What every request passes through."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from hrportal.common.access import access_of
from hrportal.common.logs import bind_request_id

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class RequestIdMiddleware:
    """Give the request an id, keep it on every log line and journal row, and answer with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = bind_request_id(request.headers.get("X-Request-Id", ""), request.headers.get("traceparent", ""))
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        return response


class DeclaredAccessMiddleware:
    """Keep a page from whoever its declaration does not admit. API views ask the same declaration after their token is read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        declared = access_of(view)
        if declared is None:
            raise ImproperlyConfigured(f"{request.path} has no declared audience")
        if hasattr(view, "cls") or declared.admits(request.user):
            return None
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
