"""The goals that count for a review: the person's active ones that overlap its period."""

from performance.models import Objective, Review
from performance.models.goals import ObjectiveQuerySet


def goals_of(review: Review) -> ObjectiveQuerySet:
    """Active goals of the person under review that overlap the cycle's period."""
    goals = Objective.objects.active().filter(owner=review.employee_id)
    return goals.filter(starts_on__lte=review.cycle.ends_on, due_on__gte=review.cycle.starts_on)
