"""Pages of development plans."""

from django.urls import path

from talent.views import development, plan_overview

urlpatterns = [
    path("development/", development.plan_list, name="plan_list"),
    path("development/overview/", plan_overview.plan_overview, name="plan_overview"),
    path("development/<int:pk>/", development.plan_detail, name="plan_detail"),
    path("development/<int:pk>/complete/", development.plan_complete, name="plan_complete"),
    path("development/people/<int:pk>/items/", development.item_add, name="item_add"),
    path("development/items/<int:pk>/", development.item_edit, name="item_edit"),
    path("development/items/<int:pk>/close/", development.item_close, name="item_close"),
    path("development/items/<int:pk>/check-in/", development.item_check_in, name="item_check_in"),
    path("development/items/<int:pk>/actions/", development.action_add, name="action_add"),
    path("development/actions/<int:pk>/", development.action_edit, name="action_edit"),
    path("development/actions/<int:pk>/complete/", development.action_complete, name="action_complete"),
]
