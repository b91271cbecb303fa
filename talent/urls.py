"""Pages of talent."""

from django.urls import path

from talent.views import benchwork, development, profiles, succession

app_name = "talent"

urlpatterns = [
    path("profiles/", profiles.profile_list, name="profile_list"),
    path("profiles/<int:pk>/", profiles.profile_detail, name="profile_detail"),
    path("development/", development.plan_list, name="plan_list"),
    path("development/<int:pk>/", development.plan_detail, name="plan_detail"),
    path("development/<int:pk>/complete/", development.plan_complete, name="plan_complete"),
    path("development/people/<int:pk>/items/", development.item_add, name="item_add"),
    path("development/items/<int:pk>/", development.item_edit, name="item_edit"),
    path("development/items/<int:pk>/close/", development.item_close, name="item_close"),
    path("development/items/<int:pk>/actions/", development.action_add, name="action_add"),
    path("development/actions/<int:pk>/complete/", development.action_complete, name="action_complete"),
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
