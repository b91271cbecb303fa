"""Resources of talent."""

from talent.api.views import development, profiles, skills, succession

resources = {
    "talent-profiles": profiles.ProfileViewSet,
    "development-plans": development.PlanViewSet,
    "skills": skills.SkillViewSet,
    "succession-plans": succession.SuccessionPlanViewSet,
}
