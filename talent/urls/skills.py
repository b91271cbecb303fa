"""Pages of skills, role profiles and the capability strategy."""

from django.urls import path

from talent.views import capability, competencies, skills

urlpatterns = [
    path("skills/", skills.skill_own, name="skill_own"),
    path("skills/people/", skills.skill_map, name="skill_map"),
    path("skills/people/<int:pk>/", skills.skill_person, name="skill_person"),
    path("skills/people/<int:pk>/gap/", skills.skill_gap, name="skill_gap"),
    path("skills/people/<int:pk>/assess/", skills.skill_assess, name="skill_assess"),
    path("skills/people/<int:pk>/certificates/", skills.certificate_add, name="certificate_add"),
    path("skills/levels/<int:pk>/withdraw/", skills.skill_withdraw, name="skill_withdraw"),
    path("skills/certificates/", skills.certificate_list, name="certificate_list"),
    path("skills/certificates/<int:pk>/verify/", skills.certificate_verify, name="certificate_verify"),
    path("skills/certificates/<int:pk>/withdraw/", skills.certificate_withdraw, name="certificate_withdraw"),
    path("skills/library/", competencies.competency_list, name="competency_list"),
    path("skills/library/add/", competencies.competency_add, name="competency_add"),
    path("skills/library/<int:pk>/", competencies.competency_detail, name="competency_detail"),
    path("skills/library/<int:pk>/edit/", competencies.competency_edit, name="competency_edit"),
    path("skills/library/<int:pk>/archive/", competencies.competency_archive, name="competency_archive"),
    path("skills/library/<int:pk>/restore/", competencies.competency_restore, name="competency_restore"),
    path("skills/role-profiles/", competencies.role_profile_list, name="role_profile_list"),
    path("skills/role-profiles/<int:pk>/", competencies.role_profile_detail, name="role_profile_detail"),
    path("skills/role-profiles/<int:pk>/edit/", competencies.role_profile_edit, name="role_profile_edit"),
    path("skills/assessors/", competencies.assessor_list, name="assessor_list"),
    path("skills/assessors/name/", competencies.assessor_name, name="assessor_name"),
    path("skills/assessors/<int:pk>/end/", competencies.assessor_end, name="assessor_end"),
    path("skills/headcount/", capability.forecast_list, name="forecast_list"),
    path("skills/headcount/add/", capability.forecast_add, name="forecast_add"),
    path("skills/headcount/import/", capability.forecast_import, name="forecast_import"),
    path("skills/headcount/<int:pk>/edit/", capability.forecast_edit, name="forecast_edit"),
    path("skills/headcount/<int:pk>/remove/", capability.forecast_remove, name="forecast_remove"),
    path("skills/gaps/", capability.gap_analysis, name="gap_analysis"),
    path("skills/gaps/start/", capability.gap_analysis_start, name="gap_analysis_start"),
    path("skills/gaps/<int:pk>/", capability.gap_analysis_detail, name="gap_analysis_detail"),
    path("skills/strategy/", capability.strategy_list, name="strategy_list"),
    path("skills/strategy/family/", capability.strategy_detail, name="strategy_detail"),
]
