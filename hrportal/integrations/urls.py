"""The REST API, its schema and its token endpoint."""

from django.urls import include, path, re_path
from rest_framework.routers import SimpleRouter

from calibration.api.urls import lists as calibration_lists
from calibration.api.urls import resources as calibration
from hrportal.integrations import views
from hrportal.integrations.changes import ChangeViewSet
from hrportal.integrations.feeds.api.resources import resources as feeds
from hrportal.integrations.oauth.views import token_create, token_introspect, token_revoke
from hrportal.integrations.webhooks.api.urls import resources as webhooks
from hrportal.journal.api import JobViewSet
from hrportal.notices.api import resources as notices
from hrportal.people.api.urls import resources as people
from performance.api.urls import lists as performance_lists
from performance.api.urls import resources as performance
from talent.api.urls import resources as talent

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for prefix, viewset in {
    **people,
    **performance,
    **calibration,
    **talent,
    **notices,
    **webhooks,
    **feeds,
    "jobs": JobViewSet,
}.items():
    router.register(prefix, viewset, basename=prefix)

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/changes/", ChangeViewSet.as_view({"get": "list"}, basename="changes", detail=False), name="changes-list"),
    *(
        path(f"v1/{name}/", view.as_view({"get": "list"}, basename=name, detail=False), name=f"{name}-list")
        for name, view in performance_lists.items()
    ),
    *(
        path(
            f"v1/{name}/",
            view.as_view({"get": "list", "post": "create"}, basename=name, detail=False),
            name=f"{name}-list",
        )
        for name, view in calibration_lists.items()
    ),
    path("oauth/token", token_create, name="token"),
    path("oauth/introspect", token_introspect, name="introspect"),
    path("oauth/revoke", token_revoke, name="revoke"),
    path("schema/", views.SchemaView.as_view(), name="schema"),
    path("docs/", views.DocsView.as_view(), name="docs"),
    re_path(r"^(?P<path>[\s\S]*)$", views.not_found, name="not_found"),  # `<path:…>` ends at a line break
]
