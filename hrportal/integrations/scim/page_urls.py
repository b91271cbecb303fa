"""Where administrators look after identity providers."""

from django.urls import path

from hrportal.integrations.scim.views import pages

app_name = "provisioning"

urlpatterns = [
    path("", pages.client_list, name="client_list"),
    path("new/", pages.client_create, name="client_create"),
    path("<int:pk>/", pages.client_detail, name="client_detail"),
    path("<int:pk>/edit/", pages.client_edit, name="client_edit"),
    path("<int:pk>/token/", pages.token_issue, name="token_issue"),
    path("<int:pk>/close/", pages.client_close, name="client_close"),
    path("tokens/<int:pk>/revoke/", pages.token_revoke, name="token_revoke"),
    path("groups/<int:pk>/", pages.group_map, name="group_map"),
]
