"""Pages of critical roles and their benches."""

from django.urls import path

from talent.views import bench_insight, benchwork, succession

urlpatterns = [
    path("succession/", succession.bench_list, name="bench_list"),
    path("succession/designate/", benchwork.critical_role_designate, name="critical_role_designate"),
    path("succession/chart/", bench_insight.bench_chart, name="bench_chart"),
    path("succession/together/", bench_insight.benches_together, name="benches_together"),
    path("succession/together/compute/", bench_insight.bench_study_start, name="bench_study_start"),
    path("succession/what-if/", bench_insight.what_if, name="what_if"),
    path("succession/<int:pk>/", succession.bench_detail, name="bench_detail"),
    path("succession/<int:pk>/pdf/", succession.bench_pdf, name="bench_pdf"),
    path("succession/<int:pk>/compare/", succession.successors_compare, name="successors_compare"),
    path("succession/<int:pk>/lineage/", bench_insight.bench_lineage, name="bench_lineage"),
    path("succession/<int:pk>/edit/", benchwork.critical_role_edit, name="critical_role_edit"),
    path("succession/<int:pk>/nominate/", benchwork.successor_nominate, name="successor_nominate"),
    path("succession/<int:pk>/rank/", benchwork.successors_rank, name="successors_rank"),
    path("succession/<int:pk>/endorse/", benchwork.bench_endorse, name="bench_endorse"),
    path("succession/<int:pk>/retire/", benchwork.bench_retire, name="bench_retire"),
    path("succession/<int:pk>/externals/", benchwork.external_name, name="external_name"),
    path("succession/<int:pk>/experiences/", benchwork.experiences_ask, name="experiences_ask"),
    path("succession/externals/<int:pk>/remove/", benchwork.external_remove, name="external_remove"),
    path("succession/snapshots/<int:pk>/", succession.snapshot_detail, name="snapshot_detail"),
    path("succession/successors/<int:pk>/", succession.successor_detail, name="successor_detail"),
    path("succession/successors/<int:pk>/approve/", benchwork.successor_approve, name="successor_approve"),
    path("succession/successors/<int:pk>/readiness/", benchwork.readiness_change, name="readiness_change"),
    path("succession/successors/<int:pk>/remove/", benchwork.successor_remove, name="successor_remove"),
    path("succession/successors/<int:pk>/experiences/", benchwork.experiences_record, name="experiences_record"),
    path("succession/successors/<int:pk>/ninety-days/", benchwork.ninety_days_open, name="ninety_days_open"),
    path("succession/ninety-days/<int:pk>/share/", benchwork.ninety_days_share, name="ninety_days_share"),
]
