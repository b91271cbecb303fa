"""Pages of webhooks."""

from django.urls import path

from hrportal.integrations.webhooks.views import deliveries, endpoints

app_name = "webhooks"

urlpatterns = [
    path("", endpoints.endpoint_list, name="endpoint_list"),
    path("new/", endpoints.endpoint_create, name="endpoint_create"),
    path("<int:pk>/", endpoints.endpoint_detail, name="endpoint_detail"),
    path("<int:pk>/edit/", endpoints.endpoint_edit, name="endpoint_edit"),
    path("<int:pk>/secret/", endpoints.secret_rotate, name="secret_rotate"),
    path("<int:pk>/pause/", endpoints.endpoint_pause, name="endpoint_pause"),
    path("<int:pk>/resume/", endpoints.endpoint_resume, name="endpoint_resume"),
    path("<int:pk>/remove/", endpoints.endpoint_remove, name="endpoint_remove"),
    path("<int:pk>/test/", endpoints.endpoint_test, name="endpoint_test"),
    path("<int:pk>/replay/", endpoints.messages_replay, name="messages_replay"),
    path("deliveries/<int:pk>/", deliveries.message_detail, name="message_detail"),
    path("deliveries/<int:pk>/resend/", deliveries.message_resend, name="message_resend"),
]
