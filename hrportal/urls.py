"""Every door of the portal. Each view behind them carries an `access` declaration, or the portal does not start."""

from django.urls import include, path

urlpatterns = [
    path("", include("hrportal.home.urls")),
    path("accounts/", include("hrportal.sign_in.urls")),
    path("people/", include("hrportal.people.urls")),
    path("notices/", include("hrportal.notices.urls")),
    path("performance/", include("performance.urls")),
    path("calibration/", include("calibration.urls")),
    path("talent/", include("talent.urls")),
    path("integrations/webhooks/", include("hrportal.integrations.webhooks.urls")),
    path("api/", include("hrportal.integrations.urls")),
    path("scim/v2/", include("hrportal.integrations.scim.urls")),
]
