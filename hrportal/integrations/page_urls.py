"""Where administrators look after API clients, and everybody after their own access tokens."""

from django.urls import path

from hrportal.integrations.pages import clients, tokens

app_name = "integrations"

urlpatterns = [
    path("clients/", clients.client_list, name="client_list"),
    path("clients/new/", clients.client_create, name="client_create"),
    path("clients/<int:pk>/", clients.client_detail, name="client_detail"),
    path("clients/<int:pk>/edit/", clients.client_edit, name="client_edit"),
    path("clients/<int:pk>/secret/", clients.secret_rotate, name="secret_rotate"),
    path("clients/<int:pk>/revoke/", clients.client_revoke, name="client_revoke"),
    path("secrets/<int:pk>/end/", clients.secret_end, name="secret_end"),
    path("tokens/", tokens.token_list, name="token_list"),
    path("tokens/new/", tokens.token_create, name="token_create"),
    path("tokens/all/", tokens.token_overview, name="token_overview"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
]
