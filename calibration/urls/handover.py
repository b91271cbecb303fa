"""What crosses the bridge."""

from django.urls import path

from calibration.views import handover, lineage

urlpatterns = [
    path("hand-over/", handover.HandOverListView.as_view(), name="handover_list"),
    path("hand-over/retry/", handover.handover_retry_parked, name="handover_retry_parked"),
    path("hand-over/<int:pk>/retry/", handover.handover_retry, name="handover_retry"),
    path("ratings/<int:pk>/", lineage.rating_lineage, name="rating_lineage"),
    path("skills/<int:pk>/", lineage.skill_lineage, name="skill_lineage"),
]
