"""Pages of notices."""

from django.urls import path

from hrportal.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("<int:pk>/open/", views.notice_open, name="notice_open"),
    path("read/", views.notices_read, name="notices_read"),
    path("settings/", views.settings_edit, name="settings_edit"),
    path("settings/chat/connect/", views.chat_connect, name="chat_connect"),
    path("settings/chat/slack/", views.slack_connect, name="slack_connect"),
    path("settings/chat/try/", views.chat_try, name="chat_try"),
    path("settings/chat/disconnect/", views.chat_disconnect, name="chat_disconnect"),
    path("chat/", views.chat_overview, name="chat_overview"),
    path("chat/check/", views.slack_check, name="slack_check"),
    path("catalogue/", views.kind_list, name="kind_list"),
]
