"""Pages of calibration, a module for each topic."""

from calibration.urls import board, decisions, evidence, handover, readiness, reconciliation, sessions, strategy, table

app_name = "calibration"

urlpatterns = [
    *sessions.urlpatterns,
    *table.urlpatterns,
    *board.urlpatterns,
    *evidence.urlpatterns,
    *decisions.urlpatterns,
    *handover.urlpatterns,
    *readiness.urlpatterns,
    *reconciliation.urlpatterns,
    *strategy.urlpatterns,
]
