"""Comparing both sides of the bridge."""

from django.urls import path

from calibration.views import reconciliation as views

urlpatterns = [
    path("hand-over/comparison/", views.ReconciliationView.as_view(), name="reconciliation_list"),
    path("hand-over/comparison/start/", views.reconciliation_start, name="reconciliation_start"),
    path("hand-over/comparison/<int:pk>/", views.ReconciliationView.as_view(), name="reconciliation_detail"),
    path(
        "hand-over/comparison/<int:pk>/again/",
        views.reconciliation_hand_over_again,
        name="reconciliation_hand_over_again",
    ),
    path("hand-over/differences/<int:pk>/again/", views.difference_hand_over_again, name="difference_hand_over_again"),
]
