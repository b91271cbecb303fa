"""What every request passes through."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from hrportal.common.access import access_of
from hrportal.common.logs import bind_request_id
from hrportal.common.problems import problem_response

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


class MethodPageMiddleware:
    """Say in words that an address takes only what a button sends, where somebody opens it: it was an empty answer. A
    program is told as everywhere in the API."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed) or response.content:
            return response
        if request.path.startswith("/api/"):
            words = _("This address does not know this method.")
            page: HttpResponse = problem_response(request, 405, "method_not_allowed", words)
        else:
            page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


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
        return _sign_in_first(request)


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    """To the sign-in and from there back to the page one was on: what a button sends, or a part of a page, is none itself."""
    is_part = "HX-Request" in request.headers
    if request.method in {"GET", "HEAD"} and not is_part:
        return redirect_to_login(request.get_full_path())
    address = redirect_to_login(_page_of(request)).url
    if request.method not in {"GET", "HEAD"}:
        address += "&unsent=1"
    return HttpResponseClientRedirect(address) if is_part else redirect(address)


def _page_of(request: HttpRequest) -> str:
    """The page this was asked from; where the browser does not say, one's own first page."""
    asked_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if asked_from.netloc != request.get_host() or not asked_from.path.startswith("/"):
        return "/"
    return f"{asked_from.path}?{asked_from.query}" if asked_from.query else asked_from.path
