"""The levels P and Q of many people at once, each with the day it is from. Nothing here asks who may see them: callers
show them only for rows they were allowed to read."""

import datetime
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, ExpressionWrapper, F, FloatField

from hrportal.people.viewer import Principal
from talent.freshness import POTENTIAL_BUDGET, RATING_BUDGET, Freshness, freshness, oldest_fresh
from talent.models import CalibratedRating, PotentialAssessment
from talent.scores.performance import (
    HIGHEST,
    LOWEST,
    PerformanceLevel,
    on_five_steps,
    performance_level,
)


@dataclass(frozen=True)
class KnownPerformance:
    """P with the ratings it is made of (newest first) and the day the newest period ended."""

    level: PerformanceLevel
    ratings: tuple[CalibratedRating, ...]
    as_of: datetime.date
    freshness: Freshness

    @property
    def lines(self) -> list[tuple[CalibratedRating, Any]]:
        """Each rating beside its part of the level, as a page shows them."""
        return list(zip(self.ratings, self.level.parts, strict=True))


@dataclass(frozen=True)
class KnownPotential:
    """Q, its interval and how many raters it is of, as of the day of the newest assessment with enough of them."""

    assessment_id: int
    value: float
    low: float
    high: float
    raters: int
    as_of: datetime.date
    freshness: Freshness


def performance_of(employee_ids: Collection[int], today: datetime.date) -> dict[int, KnownPerformance]:
    """P of these people; those without a rating are not in it. Two or three queries, however many they are."""
    by_person: dict[int, list[CalibratedRating]] = defaultdict(list)
    ratings = CalibratedRating.objects.current().filter(profile__employee__in=employee_ids, lowest__lt=F("highest"))
    for rating in ratings.select_related("profile").newest_first():
        by_person[rating.profile.employee_id].append(rating)
    if not by_person:
        return {}
    mean = organisation_mean(today)
    return {pk: _known(tuple(rows), mean, today) for pk, rows in by_person.items()}


def _known(ratings: tuple[CalibratedRating, ...], mean: float, today: datetime.date) -> KnownPerformance:
    values = [on_five_steps(rating.value, rating.lowest, rating.highest) for rating in ratings]
    level = performance_level([value for value in values if value is not None], mean)
    if level is None:
        raise ValueError("ratings on scales without width have no level")
    newest = ratings[0].period_ends_on
    return KnownPerformance(level, ratings, newest, freshness(newest, RATING_BUDGET, today))


def organisation_mean(today: datetime.date) -> float:
    """The mean of the organisation's calibrated ratings that are still good, on five steps; of all, where none is; else the middle."""
    ratings = CalibratedRating.objects.current().filter(lowest__lt=F("highest"))
    place = ExpressionWrapper(
        LOWEST + (HIGHEST - LOWEST) * (F("value") - F("lowest")) * 1.0 / (F("highest") - F("lowest")),
        output_field=FloatField(),
    )
    fresh = ratings.filter(period_ends_on__gte=oldest_fresh(RATING_BUDGET, today))
    for rows in (fresh, ratings):
        mean = rows.aggregate(mean=Avg(place))["mean"]
        if mean is not None:
            return float(mean)
    return (LOWEST + HIGHEST) / 2


def potential_of(
    employee_ids: Collection[int], today: datetime.date, user: Principal | None = None
) -> dict[int, KnownPotential]:
    """Q of these people from the newest assessment with enough raters; those without are not in it. One query.

    With a `user`, assessments they still write a form for are left out: raters do not see each other before they submit.
    """
    known = PotentialAssessment.objects.known().filter(employee__in=employee_ids)
    if user is not None:
        known = known.unbiased_for(user)
    newest: dict[int, KnownPotential] = {}
    for row in known.order_by("-as_of", "-pk"):
        newest.setdefault(row.employee_id, as_known(row, today))
    return newest


def as_known(row: PotentialAssessment, today: datetime.date) -> KnownPotential:
    """The stored level of an assessment with enough raters. Raises ValueError where there are not."""
    if row.level is None or row.low is None or row.high is None:
        raise ValueError("not enough raters")
    fresh = freshness(row.as_of, POTENTIAL_BUDGET, today)
    return KnownPotential(row.pk, row.level, row.low, row.high, row.raters, row.as_of, fresh)
