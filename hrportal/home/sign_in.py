"""Sign-in, password and second-factor pages: those of allauth's routes that the portal opens, each with its audience.

The others (signing up, e-mail management, providers) are not routed at all.
"""

from collections.abc import Iterator
from typing import cast

import allauth.urls
from django.urls import URLPattern
from django.urls.resolvers import RegexPattern, RoutePattern, URLResolver

from hrportal.common.access import PUBLIC, SIGNED_IN, access
from hrportal.common.checks import all_routes

AUDIENCES = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    # Named by the sign-in page; answers that only an invitation opens an account.
    "account_signup": PUBLIC,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    # Asked between password and session, so nobody is signed in yet.
    "mfa_authenticate": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
}


def _opened_routes() -> Iterator[URLPattern]:
    resolver = URLResolver(RegexPattern(r"^"), allauth.urls)
    for path, name, pattern in all_routes(resolver):
        if name in AUDIENCES:
            access(AUDIENCES[name])(pattern.callback)
            yield _at(path, name, pattern)


def _at(path: str, name: str, pattern: URLPattern) -> URLPattern:
    """The same view at its whole path (allauth nests the second-factor pages)."""
    kind = cast(type[RoutePattern | RegexPattern], type(pattern.pattern))  # the third kind only prefixes a language
    whole = kind(path, name=name, is_endpoint=True)
    return URLPattern(whole, pattern.callback, pattern.default_args, name)


urlpatterns = list(_opened_routes())
