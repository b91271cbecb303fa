"""Pages of what nothing followed from, and of the figures."""

from django.urls import path

from performance.views import accountability

urlpatterns = [
    path("accountability/", accountability.accountability, name="accountability"),
    path("metrics/", accountability.metrics, name="metrics"),
]
