"""What figures say about managers' ratings, and what they suggest."""

from django.urls import path

from calibration.views import evidence

urlpatterns = [
    path("cycles/<int:pk>/evidence/", evidence.CycleEvidenceView.as_view(), name="cycle_evidence"),
    path("cycles/<int:pk>/evidence/compute/", evidence.evidence_compute, name="evidence_compute"),
    path("cycles/<int:pk>/evidence/switch/", evidence.evidence_switch, name="evidence_switch"),
    path("sessions/<int:pk>/evidence/", evidence.SessionEvidenceView.as_view(), name="session_evidence"),
    path("sessions/<int:pk>/suggestions/", evidence.SessionSuggestionsView.as_view(), name="session_suggestions"),
    path("evidence/<int:pk>/", evidence.finding_detail, name="finding_detail"),
    path("evidence/<int:pk>/explain/", evidence.finding_explain, name="finding_explain"),
    path("suggestions/<int:pk>/", evidence.suggestion_detail, name="suggestion_detail"),
    path("suggestions/<int:pk>/answer/", evidence.suggestion_answer, name="suggestion_answer"),
]
