"""Pages of feedback."""

from django.urls import path

from performance.views import feedback, feedback_requests

urlpatterns = [
    path("feedback/", feedback.feedback_list, name="feedback_list"),
    path("feedback/new/", feedback.feedback_give, name="feedback_give"),
    path("feedback/readers/", feedback.feedback_readers, name="feedback_readers"),
    path("feedback/<int:pk>/", feedback.feedback_detail, name="feedback_detail"),
    path("feedback/<int:pk>/thank/", feedback.feedback_thank, name="feedback_thank"),
    path("feedback/<int:pk>/take-back/", feedback.feedback_take_back, name="feedback_take_back"),
    path("feedback/requests/", feedback_requests.feedback_request_list, name="feedback_request_list"),
    path("feedback/requests/new/", feedback_requests.feedback_request_create, name="feedback_request_create"),
    path("feedback/requests/<int:pk>/", feedback_requests.feedback_request_detail, name="feedback_request_detail"),
    path(
        "feedback/requests/<int:pk>/answer/", feedback_requests.feedback_request_answer, name="feedback_request_answer"
    ),
    path(
        "feedback/requests/<int:pk>/decline/",
        feedback_requests.feedback_request_decline,
        name="feedback_request_decline",
    ),
    path(
        "feedback/requests/<int:pk>/withdraw/",
        feedback_requests.feedback_request_withdraw,
        name="feedback_request_withdraw",
    ),
]
