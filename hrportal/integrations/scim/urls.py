"""The addresses of SCIM, with and without a slash at the end."""

from django.urls import path, re_path

from hrportal.integrations.scim.views import protocol

app_name = "scim"

KEY = r"(?P<key>[^/]+)"

urlpatterns = [
    re_path(r"^ServiceProviderConfig/?$", protocol.ConfigView.as_view(), name="config"),
    re_path(r"^ResourceTypes/?$", protocol.DiscoveryView.as_view(kind="ResourceTypes"), name="resource_types"),
    re_path(rf"^ResourceTypes/{KEY}/?$", protocol.DiscoveryView.as_view(kind="ResourceTypes"), name="resource_type"),
    re_path(r"^Schemas/?$", protocol.DiscoveryView.as_view(kind="Schemas"), name="schemas"),
    re_path(rf"^Schemas/{KEY}/?$", protocol.DiscoveryView.as_view(kind="Schemas"), name="schema"),
    re_path(r"^\.search/?$", protocol.SearchView.as_view(), name="search"),
    re_path(r"^Users/?$", protocol.CollectionView.as_view(kind="Users"), name="users"),
    re_path(r"^Users/\.search/?$", protocol.SearchView.as_view(kind="Users"), name="users_search"),
    re_path(rf"^Users/{KEY}/?$", protocol.ResourceView.as_view(kind="Users"), name="user"),
    re_path(r"^Groups/?$", protocol.CollectionView.as_view(kind="Groups"), name="groups"),
    re_path(r"^Groups/\.search/?$", protocol.SearchView.as_view(kind="Groups"), name="groups_search"),
    re_path(rf"^Groups/{KEY}/?$", protocol.ResourceView.as_view(kind="Groups"), name="group"),
    re_path(r"^Token/?$", protocol.TokenView.as_view(), name="token"),
    path("<path:path>", protocol.not_found, name="not_found"),
]
