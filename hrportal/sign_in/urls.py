"""Sign-in, password and second-factor pages: those of allauth's routes that the portal opens, each with its audience.

The others (signing up, e-mail management) are not routed at all.
"""

from collections.abc import Iterator

import allauth.urls
from django.urls import URLPattern, path
from django.urls.resolvers import RegexPattern, RoutePattern, URLResolver

from hrportal.common.access import PUBLIC, SIGNED_IN, access
from hrportal.common.checks import all_routes
from hrportal.sign_in import views

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
    "mfa_login_webauthn": PUBLIC,
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
    "usersessions_list": SIGNED_IN,
    # Identity providers: leaving for one and coming back happens before anybody is signed in.
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "socialaccount_connections": SIGNED_IN,
    "saml_login": PUBLIC,
    "saml_acs": PUBLIC,
    "saml_finish_acs": PUBLIC,
    "saml_sls": PUBLIC,
    "saml_metadata": PUBLIC,
}


def _opened_routes() -> Iterator[URLPattern]:
    resolver = URLResolver(RegexPattern(r"^"), allauth.urls)
    for address, name, pattern in all_routes(resolver):
        if name in AUDIENCES:
            access(AUDIENCES[name])(pattern.callback)
            yield _at(address, name, pattern)


def _at(address: str, name: str, pattern: URLPattern) -> URLPattern:
    """The same view at its whole path: allauth nests pages in one another, some by regular expressions."""
    if "(?P<" in address:
        regex = address.removeprefix("^").replace("/^", "/").removesuffix("$")
        whole: RegexPattern | RoutePattern = RegexPattern(f"^{regex}$", name=name, is_endpoint=True)
    else:
        whole = RoutePattern(address, name=name, is_endpoint=True)
    return URLPattern(whole, pattern.callback, pattern.default_args, name)


urlpatterns = [
    path("of/<int:pk>/reset-second-factor/", views.second_factor_reset, name="second_factor_reset"),
    path("of/<int:pk>/end-sessions/", views.sessions_end, name="sessions_end"),
    path("of/<int:pk>/identities/<int:identity>/unlink/", views.identity_unlink, name="identity_unlink"),
    *_opened_routes(),
]
