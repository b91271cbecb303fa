"""Pages of rewards."""

from django.urls import path

from talent.views import rewards

urlpatterns = [
    path("rewards/", rewards.reward_cycle_list, name="reward_cycle_list"),
    path("rewards/new/", rewards.reward_cycle_create, name="reward_cycle_create"),
    path("rewards/pay/", rewards.pay_list, name="pay_list"),
    path("rewards/pay/import/", rewards.pay_import, name="pay_import"),
    path("rewards/ranges/import/", rewards.pay_range_import, name="pay_range_import"),
    path("rewards/<int:pk>/", rewards.reward_cycle_detail, name="reward_cycle_detail"),
    path("rewards/<int:pk>/edit/", rewards.reward_cycle_edit, name="reward_cycle_edit"),
    path("rewards/<int:pk>/guideline/", rewards.reward_guideline_edit, name="reward_guideline_edit"),
    path("rewards/<int:pk>/start/", rewards.reward_cycle_start, name="reward_cycle_start"),
    path("rewards/<int:pk>/approve/", rewards.merit_approve, name="merit_approve"),
    path("rewards/<int:pk>/export/", rewards.merit_export, name="merit_export"),
    path("rewards/people/<int:pk>/", rewards.merit_decide, name="merit_decide"),
]
