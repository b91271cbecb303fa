"""Pages of retention: flight risk, plans, stay interviews, exits."""

from django.urls import path

from talent.views import exits, retention, retention_plans, stay_interviews

urlpatterns = [
    path("retention/", retention.risk_list, name="risk_list"),
    path("retention/people/<int:pk>/", retention.retention_person, name="retention_person"),
    path("retention/people/<int:pk>/assess/", retention.flight_risk_assess, name="flight_risk_assess"),
    path("retention/people/<int:pk>/plan/", retention_plans.retention_plan_open, name="retention_plan_open"),
    path("retention/people/<int:pk>/interview/", stay_interviews.stay_interview_plan, name="stay_interview_plan"),
    path("retention/off/", retention.opt_out_list, name="opt_out_list"),
    path("retention/off/add/", retention.flight_risk_turn_off, name="flight_risk_turn_off"),
    path("retention/off/<int:pk>/lift/", retention.flight_risk_turn_on, name="flight_risk_turn_on"),
    path("retention/plans/", retention_plans.retention_plan_list, name="retention_plan_list"),
    path("retention/plans/<int:pk>/", retention_plans.retention_plan_detail, name="retention_plan_detail"),
    path("retention/plans/<int:pk>/edit/", retention_plans.retention_plan_edit, name="retention_plan_edit"),
    path("retention/plans/<int:pk>/actions/", retention_plans.retention_action_add, name="retention_action_add"),
    path("retention/plans/<int:pk>/close/", retention_plans.retention_plan_close, name="retention_plan_close"),
    # Outside of "retention": whoever is asked for a piece need not know what it is a piece of.
    path("asked/<int:pk>/", retention_plans.retention_action_complete, name="retention_action_complete"),
    path("retention/stay-interviews/", stay_interviews.stay_interview_list, name="stay_interview_list"),
    path("retention/stay-interviews/themes/", stay_interviews.stay_themes, name="stay_themes"),
    path("retention/stay-interviews/questions/", stay_interviews.stay_template_list, name="stay_template_list"),
    path("retention/stay-interviews/questions/add/", stay_interviews.stay_template_add, name="stay_template_add"),
    path(
        "retention/stay-interviews/questions/<int:pk>/", stay_interviews.stay_template_edit, name="stay_template_edit"
    ),
    path("retention/stay-interviews/<int:pk>/", stay_interviews.stay_interview_detail, name="stay_interview_detail"),
    path(
        "retention/stay-interviews/<int:pk>/write/", stay_interviews.stay_interview_write, name="stay_interview_write"
    ),
    path("retention/stay-interviews/<int:pk>/save/", stay_interviews.stay_interview_save, name="stay_interview_save"),
    path("retention/stay-interviews/<int:pk>/hold/", stay_interviews.stay_interview_hold, name="stay_interview_hold"),
    path(
        "retention/stay-interviews/<int:pk>/cancel/",
        stay_interviews.stay_interview_cancel,
        name="stay_interview_cancel",
    ),
    path("retention/exits/", exits.exit_list, name="exit_list"),
    path("retention/exits/analysis/", exits.exit_analysis, name="exit_analysis"),
    path("retention/exits/<int:pk>/", exits.exit_detail, name="exit_detail"),
    path("retention/exits/<int:pk>/review/", exits.exit_review, name="exit_review"),
]
