"""Pages that look at everything."""

from django.urls import path

from hrportal.home.views import audit, health, jobs, language, my_work

app_name = "home"

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("jobs/<int:pk>/", jobs.job_detail, name="job_detail"),
    path("language/", language.language_choose, name="language_choose"),
    path("audit/", audit.FactListView.as_view(), name="fact_list"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
