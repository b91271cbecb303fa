"""Pages of critical roles and their benches."""

from django.urls import path

from talent.views import benchwork, succession

urlpatterns = [
    path("succession/", succession.bench_list, name="bench_list"),
    path("succession/designate/", benchwork.critical_role_designate, name="critical_role_designate"),
    path("succession/<int:pk>/", succession.bench_detail, name="bench_detail"),
    path("succession/<int:pk>/edit/", benchwork.critical_role_edit, name="critical_role_edit"),
    path("succession/<int:pk>/nominate/", benchwork.successor_nominate, name="successor_nominate"),
    path("succession/<int:pk>/rank/", benchwork.successors_rank, name="successors_rank"),
    path("succession/<int:pk>/endorse/", benchwork.bench_endorse, name="bench_endorse"),
    path("succession/<int:pk>/retire/", benchwork.bench_retire, name="bench_retire"),
    path("succession/successors/<int:pk>/approve/", benchwork.successor_approve, name="successor_approve"),
    path("succession/successors/<int:pk>/readiness/", benchwork.readiness_change, name="readiness_change"),
    path("succession/successors/<int:pk>/remove/", benchwork.successor_remove, name="successor_remove"),
]
