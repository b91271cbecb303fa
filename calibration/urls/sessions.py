"""Sessions from their making to what came of them."""

from django.urls import path

from calibration.views import sessions, setup

urlpatterns = [
    path("sessions/", sessions.SessionListView.as_view(), name="session_list"),
    path("sessions/new/", sessions.session_create, name="session_create"),
    path("sessions/set-up/", setup.session_setup, name="session_setup"),
    path("sessions/import/", setup.session_import, name="session_import"),
    path("sessions/import/sample.csv", setup.session_import_sample, name="session_import_sample"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", sessions.session_edit, name="session_edit"),
    path("sessions/<int:pk>/fill/", sessions.session_fill, name="session_fill"),
    path("sessions/<int:pk>/open/", sessions.session_open, name="session_open"),
    path("sessions/<int:pk>/cancel/", sessions.session_cancel, name="session_cancel"),
]
