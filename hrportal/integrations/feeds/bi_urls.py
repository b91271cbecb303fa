"""Where administrators look after nightly exports."""

from django.urls import path

from hrportal.integrations.feeds.views import bi

app_name = "bi_exports"

urlpatterns = [
    path("", bi.export_list, name="export_list"),
    path("new/", bi.export_create, name="export_create"),
    path("<int:pk>/", bi.export_detail, name="export_detail"),
    path("<int:pk>/edit/", bi.export_edit, name="export_edit"),
    path("<int:pk>/run/", bi.run_start, name="run_start"),
]
