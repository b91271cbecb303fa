"""Every door of the portal. Each view behind them carries an `access` declaration, or the portal does not start."""

from django.urls import include, path

from hrportal.integrations.oauth.views import server_metadata

urlpatterns = [
    path("", include("hrportal.home.urls")),
    path("accounts/", include("hrportal.sign_in.urls")),
    path("people/", include("hrportal.people.urls")),
    path("notices/", include("hrportal.notices.urls")),
    path("performance/", include("performance.urls")),
    path("calibration/", include("calibration.urls")),
    path("talent/", include("talent.urls")),
    path("integrations/", include("hrportal.integrations.page_urls")),
    path("integrations/webhooks/", include("hrportal.integrations.webhooks.urls")),
    path("integrations/scim/", include("hrportal.integrations.scim.page_urls")),
    path("integrations/bi-exports/", include("hrportal.integrations.feeds.bi_urls")),
    path("calendar/", include("hrportal.integrations.feeds.calendar_urls")),
    path("api/", include("hrportal.integrations.urls")),
    path(".well-known/oauth-authorization-server", server_metadata, name="oauth_server_metadata"),
    path("scim/v2/", include("hrportal.integrations.scim.urls")),
]
