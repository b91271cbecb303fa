"""Pages of notices."""

from django.urls import path

from hrportal.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("<int:pk>/open/", views.notice_open, name="notice_open"),
    path("read/", views.notices_read, name="notices_read"),
    path("settings/", views.settings_edit, name="settings_edit"),
    path("catalogue/", views.kind_list, name="kind_list"),
]
