"""Resources of talent."""

from talent.api.views import development, profiles, succession

resources = {
    "talent-profiles": profiles.ProfileViewSet,
    "development-plans": development.PlanViewSet,
    "succession-plans": succession.SuccessionPlanViewSet,
}
