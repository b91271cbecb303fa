"""Locking, completing, sharing, what was decided, many moves at once, and what HR decides singly."""

from django.urls import path

from calibration.views import bulk, cycles, decision_list, decisions, reviews

urlpatterns = [
    path("sessions/<int:pk>/bulk/", bulk.session_bulk, name="session_bulk"),
    path("sessions/<int:pk>/bulk/refused/", bulk.session_bulk_refused, name="session_bulk_refused"),
    path("sessions/<int:pk>/lock/", decisions.session_lock, name="session_lock"),
    path("sessions/<int:pk>/decisions/", decisions.session_decisions, name="session_decisions"),
    path("sessions/<int:pk>/complete/", decisions.session_complete, name="session_complete"),
    path("sessions/<int:pk>/share/", decisions.session_share, name="session_share"),
    path("cycles/<int:pk>/", cycles.cycle_outcome, name="cycle_outcome"),
    path("cycles/<int:pk>/complete/", cycles.cycle_complete, name="cycle_complete"),
    path("decisions/", decision_list.decision_list, name="decision_list"),
    path("decisions/<int:pk>/", decision_list.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/remark/", decision_list.decision_remark, name="decision_remark"),
    path("decisions/<int:pk>/answer/", decision_list.decision_answer, name="decision_answer"),
    path("decisions/<int:pk>/complete/", decision_list.decision_complete, name="decision_complete"),
    path("reviews/<int:pk>/complete-uncalibrated/", reviews.review_complete, name="review_complete"),
    path("reviews/<int:pk>/decide/", reviews.review_decide, name="review_decide"),
]
