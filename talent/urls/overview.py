"""The overview of talent: its figures, vacancies, what is out of date and what is open to managers."""

from django.urls import path

from talent.views import openings, overview, vacancies

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("overview.pdf", overview.overview_pdf, name="overview_pdf"),
    path("figures/", overview.metrics_start, name="metrics_start"),
    path("figures/<int:pk>/", overview.metrics_detail, name="metrics_detail"),
    path("refresh/", overview.refresh_task_list, name="refresh_task_list"),
    path("vacancies/", vacancies.vacancy_list, name="vacancy_list"),
    path("vacancies/open/", vacancies.vacancy_open, name="vacancy_open"),
    path("vacancies/<int:pk>/", vacancies.vacancy_detail, name="vacancy_detail"),
    path("vacancies/<int:pk>/edit/", vacancies.vacancy_edit, name="vacancy_edit"),
    path("vacancies/<int:pk>/fill/", vacancies.vacancy_fill, name="vacancy_fill"),
    path("vacancies/<int:pk>/cancel/", vacancies.vacancy_cancel, name="vacancy_cancel"),
    path("vacancies/<int:pk>/hire/", vacancies.hire_name, name="hire_name"),
    path("vacancies/<int:pk>/outcome/", vacancies.outcome_note, name="outcome_note"),
    path("openings/", openings.opening_list, name="opening_list"),
    path("openings/open/", openings.topic_open, name="topic_open"),
    path("openings/<int:pk>/close/", openings.topic_close, name="topic_close"),
]
