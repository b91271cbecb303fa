"""Resources of talent."""

from talent.api.views import (
    capability,
    development,
    leaving,
    overview,
    profiles,
    retention,
    skills,
    succession,
    vacancies,
)

resources = {
    "talent-profiles": profiles.ProfileViewSet,
    "development-plans": development.PlanViewSet,
    "skills": skills.SkillViewSet,
    "certificates": skills.CertificateViewSet,
    "competencies": capability.CompetencyViewSet,
    "role-profiles": capability.RoleProfileViewSet,
    "headcount-forecasts": capability.ForecastViewSet,
    "skill-assessors": capability.AssessorViewSet,
    "gap-analyses": capability.GapAnalysisViewSet,
    "succession-plans": succession.SuccessionPlanViewSet,
    "vacancies": vacancies.VacancyViewSet,
    "refresh-tasks": overview.RefreshTaskViewSet,
    "openings": overview.OpeningViewSet,
    "talent-metrics": overview.TalentMetricsViewSet,
    "flight-risks": retention.FlightRiskViewSet,
    "flight-risk-opt-outs": retention.OptOutViewSet,
    "retention-plans": retention.RetentionPlanViewSet,
    "retention-actions": retention.RetentionActionViewSet,
    "stay-interview-templates": leaving.StayTemplateViewSet,
    "stay-interviews": leaving.StayInterviewViewSet,
    "exits": leaving.ExitViewSet,
}
