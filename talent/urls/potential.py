"""Pages of potential, pools and aspirations."""

from django.urls import path

from talent.views import aspirations, pools, potential

urlpatterns = [
    path("potential/", potential.potential_form_list, name="potential_form_list"),
    path("potential/forms/<int:pk>/", potential.potential_form_write, name="potential_form_write"),
    path("potential/forms/<int:pk>/save/", potential.potential_form_save, name="potential_form_save"),
    path("potential/forms/<int:pk>/raters/", potential.potential_colleague_name, name="potential_colleague_name"),
    path("potential/forms/<int:pk>/withdraw/", potential.potential_rater_withdraw, name="potential_rater_withdraw"),
    path("potential/assessments/", potential.potential_assessment_list, name="potential_assessment_list"),
    path(
        "potential/assessments/<int:pk>/",
        potential.potential_assessment_detail,
        name="potential_assessment_detail",
    ),
    path("potential/assessments/<int:pk>/raters/", potential.potential_rater_name, name="potential_rater_name"),
    path(
        "potential/assessments/<int:pk>/close/", potential.potential_assessment_close, name="potential_assessment_close"
    ),
    path("potential/people/<int:pk>/", potential.potential_assess, name="potential_assess"),
    path("potential/rounds/", potential.potential_round_list, name="potential_round_list"),
    path("potential/rounds/launch/", potential.potential_round_launch, name="potential_round_launch"),
    path("potential/rounds/<int:pk>/", potential.potential_round_detail, name="potential_round_detail"),
    path("potential/rounds/<int:pk>/close/", potential.potential_round_close, name="potential_round_close"),
    path("potential/separation/", potential.potential_separation, name="potential_separation"),
    path("pools/", pools.pool_list, name="pool_list"),
    path("pools/new/", pools.pool_create, name="pool_create"),
    path("pools/<int:pk>/", pools.pool_detail, name="pool_detail"),
    path("pools/<int:pk>/edit/", pools.pool_edit, name="pool_edit"),
    path("pools/<int:pk>/retire/", pools.pool_retire, name="pool_retire"),
    path("pools/<int:pk>/steps/", pools.pool_step_add, name="pool_step_add"),
    path("pools/<int:pk>/nominate/", pools.member_nominate, name="member_nominate"),
    path("pools/<int:pk>/publish/", pools.pool_publish, name="pool_publish"),
    path("pools/members/<int:pk>/", pools.pool_member_detail, name="pool_member_detail"),
    path("pools/members/<int:pk>/approve/", pools.nomination_approve, name="nomination_approve"),
    path("pools/members/<int:pk>/decline/", pools.nomination_decline, name="nomination_decline"),
    path("pools/members/<int:pk>/leave/", pools.pool_leave, name="pool_leave"),
    path("pools/members/<int:pk>/attendance/", pools.attendance_note, name="attendance_note"),
    path("pools/audits/<int:pk>/", pools.group_audit_detail, name="group_audit_detail"),
    path("pools/audits/<int:pk>/answer/", pools.group_audit_answer, name="group_audit_answer"),
    path("aspirations/", aspirations.aspiration_detail, name="aspiration_detail"),
]
