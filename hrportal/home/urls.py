"""Pages that look at everything."""

from django.urls import path

from hrportal.home.views import audit, exports, health, jobs, language, my_work

app_name = "home"

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("exports/<int:pk>/file/", exports.export_file, name="export_file"),
    path("exports/<str:list_name>/", exports.list_export, name="list_export"),
    path("language/", language.language_choose, name="language_choose"),
    path("audit/", audit.FactListView.as_view(), name="fact_list"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
