"""Whether talent decisions can trust the performance data."""

from django.urls import path

from calibration.views import readiness

urlpatterns = [
    path("readiness/", readiness.readiness, name="readiness"),
    path("readiness/start/", readiness.readiness_start, name="readiness_start"),
    path("readiness/<int:pk>/", readiness.readiness_detail, name="readiness_detail"),
    path("readiness/<int:pk>/pdf/", readiness.readiness_pdf, name="readiness_pdf"),
]
