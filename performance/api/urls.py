"""Resources of performance."""

from performance.api.views import (
    accountability,
    cycles,
    feedback,
    goal_proposals,
    goals,
    improvement,
    one_to_ones,
    performance_reviews,
    reviews,
    rounds,
)

resources = {
    "cycles": cycles.CycleViewSet,
    "rating-scales": cycles.ScaleViewSet,
    "review-templates": cycles.TemplateViewSet,
    "review-exemptions": cycles.ExemptionViewSet,
    "reviews": reviews.ReviewViewSet,
    "performance-reviews": performance_reviews.PerformanceReviewViewSet,
    "performance-review-cycles": performance_reviews.PerformanceReviewCycleViewSet,
    "objectives": goals.ObjectiveViewSet,
    "goal-periods": goals.GoalPeriodViewSet,
    "goal-proposals": goal_proposals.GoalProposalViewSet,
    "goal-templates": goals.GoalTemplateViewSet,
    "goal-assignments": goals.GoalAssignmentViewSet,
    "feedback": feedback.FeedbackViewSet,
    "feedback-requests": feedback.FeedbackRequestViewSet,
    "improvement-plans": improvement.ImprovementPlanViewSet,
    "one-to-ones": one_to_ones.OneToOneViewSet,
    "meetings": one_to_ones.MeetingViewSet,
    "agenda-items": one_to_ones.AgendaItemViewSet,
    "one-to-one-actions": one_to_ones.OneToOneActionViewSet,
    "feedback-rounds": rounds.RoundViewSet,
    "feedback-round-templates": rounds.RoundTemplateViewSet,
    "feedback-round-answers": rounds.AnswerSheetViewSet,
}

# Answers of which there is no single one to ask for.
lists = {
    "metrics": accountability.MetricsViewSet,
    "loose-ends": accountability.LooseEndViewSet,
}
