"""What lies beside the page while somebody writes: only what this reader may see."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from hrportal.people.viewer import Principal
from performance.enums import GoalState, Side
from performance.models import Answer, Feedback, FeedbackRound, Objective, Review, ReviewPart
from performance.rounds.results import CompetencyResult, results_for

MOST_FEEDBACK = 12
MOST_EARLIER = 3


@dataclass(frozen=True)
class Evidence:
    """Goals with their results, feedback, earlier ratings and, once handed in, the self-assessment.

    `may_ask` says whether the reader can ask colleagues for more.
    """

    goals: list[Objective]
    feedback: list[Feedback]
    earlier: list[Review]
    self_assessment: ReviewPart | None
    may_ask: bool
    round: "RoundSummary | None" = None


@dataclass(frozen=True)
class RoundSummary:
    """The newest 360 round whose results this reader may open, competency by competency."""

    round: FeedbackRound
    competencies: list[CompetencyResult]


def evidence_for(user: Principal, review: Review) -> Evidence:
    """What this reader may see about the employee of a review, in a fixed number of queries."""
    cycle = review.cycle
    goals = Objective.objects.visible_to(user).filter(owner=review.employee_id).exclude(state=GoalState.CANCELLED)
    feedback = Feedback.objects.visible_to(user).filter(recipient=review.employee_id)
    earlier = Review.objects.visible_to(user).finished().filter(employee=review.employee_id).exclude(pk=review.pk)
    return Evidence(
        goals=list(goals.filter(due_on__gte=cycle.starts_on, starts_on__lte=cycle.ends_on).with_results()),
        feedback=list(
            feedback.filter(given_at__date__gte=cycle.starts_on).select_related("giver", "competency")[:MOST_FEEDBACK]
        ),
        earlier=list(earlier.with_people().with_ratings_for(user).order_by("-cycle__ends_on")[:MOST_EARLIER]),
        self_assessment=_self_assessment(user, review),
        may_ask=user.has_perm("performance.request_feedback_about", review.employee),
        round=_round(user, review),
    )


def _round(user: Principal, review: Review) -> RoundSummary | None:
    """A round that was opened for the review, or closed since its period began."""
    rounds = FeedbackRound.objects.with_results_for(user).filter(subject=review.employee_id)
    current = rounds.filter(Q(review=review) | Q(closed_at__date__gte=review.cycle.starts_on))
    newest = current.select_related("template").order_by("-closed_at").first()
    results = results_for(user, newest) if newest else None
    return RoundSummary(newest, results.competencies) if newest and results else None


def _self_assessment(user: Principal, review: Review) -> ReviewPart | None:
    if review.employee_id == user.viewer.employee_id:
        return None
    parts = ReviewPart.objects.visible_to(user).filter(review=review, side=Side.SELF)
    readable = Answer.objects.visible_to(user).select_related("question", "rating")
    return parts.select_related("overall_rating").prefetch_related(Prefetch("answers", readable)).first()
