"""Every door of the portal."""

from django.urls import include, path

urlpatterns = [
    path("", include("hrportal.home.urls")),
    path("people/", include("hrportal.people.urls")),
    path("performance/", include("performance.urls")),
    path("calibration/", include("calibration.urls")),
    path("talent/", include("talent.urls")),
    path("api/", include("hrportal.integrations.urls")),
]
