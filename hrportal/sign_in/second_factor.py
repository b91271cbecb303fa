"""Who has to bring a second factor, and a session that has not yet."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from hrportal.common.sessions import LACKS_SECOND_FACTOR

# What somebody can still reach who has to set up a second factor first.
OPEN_ROUTES = ("mfa_", "account_", "usersessions_", "home:language_choose", "home:healthz", "home:readyz")
API = "api:"


def must_set_up(request: HttpRequest) -> bool:
    """Whether this session belongs to somebody whose role needs a second factor and who brought none."""
    user: Any = request.user
    if not settings.MFA_REQUIRED_ROLES or not user.is_authenticated:
        return False
    return user.viewer.has(*settings.MFA_REQUIRED_ROLES) and not brought_second_factor(request)


def brought_second_factor(request: HttpRequest) -> bool:
    """Whether this session had one: of the provider that signed somebody in, if it asks for one, or of the portal."""
    user: Any = request.user
    return _came_from_provider(request) or is_mfa_enabled(user)


def _came_from_provider(request: HttpRequest) -> bool:
    methods = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return settings.SSO_BRINGS_SECOND_FACTOR and any(m.get("method") == "socialaccount" for m in methods)


class SecondFactorMiddleware:
    """Lead whoever still has to set up a second factor to the page that does so, wherever they wanted to go.

    What the API has for everybody stays open; where it takes a session, it says so itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        name = request.resolver_match.view_name or ""
        if name.startswith(OPEN_ROUTES) or not must_set_up(request):
            return None
        if name.startswith(API):
            setattr(request, LACKS_SECOND_FACTOR, True)
            return None
        page = reverse("mfa_index")
        if request.htmx:
            return HttpResponseClientRedirect(page)
        messages.warning(request, _("Your role needs a second step when signing in. Set one up to go on."))
        return redirect(page)
