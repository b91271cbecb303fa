"""Pages of calibration."""

from django.urls import path

from calibration.views import cards, handover, lineage, reviews, sessions, table

app_name = "calibration"

urlpatterns = [
    path("sessions/", sessions.SessionListView.as_view(), name="session_list"),
    path("sessions/new/", sessions.session_create, name="session_create"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/fill/", sessions.session_fill, name="session_fill"),
    path("sessions/<int:pk>/open/", sessions.session_open, name="session_open"),
    path("sessions/<int:pk>/board/", table.session_board, name="session_board"),
    path("sessions/<int:pk>/board/figures/", table.session_figures, name="session_figures"),
    path("sessions/<int:pk>/lock/", sessions.session_lock, name="session_lock"),
    path("sessions/<int:pk>/decisions/", sessions.session_decisions, name="session_decisions"),
    path("sessions/<int:pk>/complete/", sessions.session_complete, name="session_complete"),
    path("sessions/<int:pk>/share/", sessions.session_share, name="session_share"),
    path("sessions/cards/<int:pk>/", cards.card_detail, name="card_detail"),
    path("sessions/cards/<int:pk>/move/", cards.card_move, name="card_move"),
    path("sessions/cards/<int:pk>/discuss/", cards.card_discuss, name="card_discuss"),
    path("reviews/<int:pk>/complete-uncalibrated/", reviews.review_complete, name="review_complete"),
    path("reviews/<int:pk>/decide/", reviews.review_decide, name="review_decide"),
    path("hand-over/", handover.HandOverListView.as_view(), name="handover_list"),
    path("hand-over/retry/", handover.handover_retry_parked, name="handover_retry_parked"),
    path("hand-over/<int:pk>/retry/", handover.handover_retry, name="handover_retry"),
    path("ratings/<int:pk>/", lineage.rating_lineage, name="rating_lineage"),
]
