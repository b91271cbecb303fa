"""The ratings themselves: does everybody have one, was it calibrated, is it recent, and what did calibration find?"""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.functions import Abs

from calibration.enums import LeniencyBasis, Question
from calibration.models import Decision, ManagerEvidence
from calibration.readiness.population import Population
from performance.models import Review
from talent.freshness import RATING_BUDGET, oldest_fresh
from talent.models import CalibratedRating

Figures = dict[str, dict[str, int]]


def measure(people: Population) -> Figures:
    """The figures of this module, by question."""
    return {
        Question.COVERAGE: _coverage(people),
        Question.CALIBRATED: _calibrated(people),
        Question.FRESH: _fresh(people),
        Question.AGREEMENT: _agreement(people),
        Question.TOLD_APART: _told_apart(people),
    }


def _coverage(people: Population) -> dict[str, int]:
    """People with a finished review, of those who work here and were here in the period."""
    theirs = Review.objects.finished().filter(employee=OuterRef("pk"), cycle=people.cycle)
    return people.reviewable().aggregate(part=Count("pk", filter=Exists(theirs)), whole=Count("pk"))


def _calibrated(people: Population) -> dict[str, int]:
    """Finished reviews whose final rating is the one decided about this very revision, of all finished."""
    decided = Decision.objects.filter(
        review=OuterRef("pk"), review_revision=OuterRef("revision"), rating=OuterRef("final_rating")
    )
    calibrated = Q(Exists(decided), final_is_calibrated=True)
    return people.finished().aggregate(part=Count("pk", filter=calibrated), whole=Count("pk"))


def _fresh(people: Population) -> dict[str, int]:
    """People whose newest calibrated rating is within its budget, of those who work here; `none`: they have no rating."""
    seen = CalibratedRating.objects.visible_to(people.user).current().filter(profile__employee=OuterRef("pk"))
    fresh = seen.filter(period_ends_on__gte=oldest_fresh(RATING_BUDGET, people.today))
    return people.reviewable().aggregate(
        part=Count("pk", filter=Exists(fresh)), whole=Count("pk"), none=Count("pk", filter=~Exists(seen))
    )


def _agreement(people: Population) -> dict[str, int]:
    """Decisions that left the proposed rating as it was, of those about a proposed one; `levels`: how far the others moved."""
    decisions = Decision.objects.visible_to(people.user).filter(people.inside("review__employee__"))
    standing = decisions.standing().filter(review__cycle=people.cycle, proposed_rating__isnull=False).order_by()
    counts: dict[str, Any] = standing.aggregate(
        part=Count("pk", filter=Q(rating=F("proposed_rating"))),
        whole=Count("pk"),
        levels=Sum(Abs(F("rating__value") - F("proposed_rating__value")), default=0),
    )
    return counts


def _told_apart(people: Population) -> dict[str, int]:
    """Managers whose leniency is known from the latest figures, or who differ by chance only; `asked`: flagged for a question."""
    findings = ManagerEvidence.objects.visible_to(people.user).newest().filter(run__cycle=people.cycle)
    known = Q(basis__in=[LeniencyBasis.ANCHORED, LeniencyBasis.ALIKE])
    return findings.filter(people.inside("manager__")).aggregate(
        part=Count("pk", filter=known),
        whole=Count("pk"),
        asked=Count("pk", filter=Q(is_mean_flagged=True) | Q(is_spread_flagged=True)),
    )
