"""Resources of performance."""

from performance.api.views import cycles, goals, reviews

resources = {
    "cycles": cycles.CycleViewSet,
    "rating-scales": cycles.ScaleViewSet,
    "review-templates": cycles.TemplateViewSet,
    "reviews": reviews.ReviewViewSet,
    "objectives": goals.ObjectiveViewSet,
    "feedback": goals.FeedbackViewSet,
}
