"""What goes into the figures of a cycle, read in a few statements into arrays; no row becomes an object.

Ratings are as managers proposed them, never as a table moved them: of this cycle and of up to two calibrated cycles before it.
A cycle with another scale is left out, because no formula makes "3 of 4" and "4 of 5" the same judgement.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db.models import Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from calibration.evidence.rows import as_array, read
from calibration.leniency import LEAST_WITH_EVIDENCE
from calibration.variances import Floats, Ints, ratio
from performance.enums import (
    FINISHED,
    CycleState,
    FeedbackVisibility,
    GoalKind,
    GoalLevel,
    GoalState,
    ReviewState,
    Side,
)
from performance.models import CheckIn, CompetencyRating, Feedback, Objective, RatingLevel, Review, ReviewCycle
from performance.rounds.results import peer_scores

MOST_EARLIER = 2
COUNTED = (ReviewState.SUBMITTED, ReviewState.IN_CALIBRATION, ReviewState.CALIBRATED, *FINISHED)
UNDER_WAY_OR_OVER = (CycleState.OPEN, CycleState.CALIBRATION, CycleState.COMPLETED, CycleState.CLOSED)
LAST_QUARTER = 0.25
# The columns of `Inputs.evidence`, in order.
EVIDENCE = ("goals", "peers")


@dataclass(frozen=True)
class Dated:
    """For each manager of this cycle who has any: how much of what is dated about their people is from the last quarter."""

    manager: Ints
    pieces: Ints
    recent: Ints


@dataclass(frozen=True)
class Inputs:
    """One entry for each rating, in the order of the reviews; `evidence` has a column for each of `EVIDENCE`, NaN where unknown.

    `cycles` are those pooled, this one first; `other_scale` those before it that have another scale, `little_known`
    those about whose people too little is known. `competencies` are the three columns review, competency, level, of this cycle only.
    """

    cycle: ReviewCycle
    cycles: list[ReviewCycle]
    other_scale: list[ReviewCycle]
    little_known: list[ReviewCycle]
    levels: Floats
    review: Ints
    of_cycle: Ints
    manager: Ints
    employee: Ints
    rating: Floats
    evidence: Floats
    competencies: Ints
    dated: Dated

    @property
    def is_now(self) -> Any:
        """Which ratings are of this cycle."""
        return self.of_cycle == self.cycle.pk

    def digest(self) -> str:
        """Changes with any number that went in and any cycle that was left out, and with nothing else."""
        made = hashlib.sha256()
        left_out = np.array([cycle.pk for cycle in (*self.other_scale, *self.little_known)], dtype=np.intp)
        columns = (
            left_out,
            self.levels,
            self.review,
            self.of_cycle,
            self.manager,
            self.employee,
            self.rating,
            self.evidence,
        )
        for column in (*columns, self.competencies, self.dated.manager, self.dated.pieces, self.dated.recent):
            made.update(str(column.shape).encode())
            made.update(np.ascontiguousarray(column).tobytes())
        return made.hexdigest()


def gather(cycle: ReviewCycle) -> Inputs:
    """Read it all."""
    pooled, other_scale = _pooled(cycle)
    ratings = _ratings(pooled)
    review, of_cycle, manager, employee = ratings[:, :4].astype(np.intp).T
    evidence = np.full((len(review), len(EVIDENCE)), np.nan)
    for each in pooled:
        rows = np.flatnonzero(of_cycle == each.pk)
        evidence[rows, 0] = _matched(employee[rows], _goals(each))
        evidence[rows, 1] = _matched(employee[rows], as_array(peer_scores(each), 2))
    everything = Inputs(
        cycle=cycle,
        cycles=pooled,
        other_scale=other_scale,
        little_known=[],
        levels=np.array(_levels(cycle), dtype=float),
        review=review,
        of_cycle=of_cycle,
        manager=manager,
        employee=employee,
        rating=ratings[:, 4],
        evidence=evidence,
        competencies=_competencies(cycle),
        dated=_dated(cycle),
    )
    return _well_known(everything)


def _well_known(inputs: Inputs) -> Inputs:
    """Without earlier cycles in which too few ratings have evidence, where this one has enough: what is known of its people
    would otherwise not be used, because so little is known of those before."""
    known: Any = ~np.isnan(inputs.evidence).all(axis=1)
    is_covered = {
        cycle.pk: np.count_nonzero(known[rows]) >= LEAST_WITH_EVIDENCE * np.count_nonzero(rows)
        for cycle in inputs.cycles
        for rows in [inputs.of_cycle == cycle.pk]
    }
    left_out = [each for each in inputs.cycles if not is_covered[each.pk]] if is_covered[inputs.cycle.pk] else []
    if not left_out:
        return inputs
    kept = ~np.isin(inputs.of_cycle, [cycle.pk for cycle in left_out])
    columns = ("review", "of_cycle", "manager", "employee", "rating", "evidence")
    return replace(
        inputs,
        cycles=[cycle for cycle in inputs.cycles if cycle not in left_out],
        little_known=left_out,
        **{name: getattr(inputs, name)[kept] for name in columns},
    )


def _pooled(cycle: ReviewCycle) -> tuple[list[ReviewCycle], list[ReviewCycle]]:
    """This cycle and those before it that can be read as the same measure; and those that cannot."""
    before = ReviewCycle.objects.filter(
        is_calibrated=True, kind=cycle.kind, state__in=UNDER_WAY_OR_OVER, ends_on__lt=cycle.ends_on
    )
    newest = list(before.order_by("-ends_on", "-pk")[:MOST_EARLIER])
    scale = _levels(cycle)
    same = [each for each in newest if _levels(each) == scale]
    return [cycle, *same], [each for each in newest if each not in same]


def _levels(cycle: ReviewCycle) -> list[int]:
    return list(RatingLevel.objects.filter(scale=cycle.scale_id).order_by("value").values_list("value", flat=True))


def _ratings(cycles: Iterable[ReviewCycle]) -> Floats:
    """Review, cycle, manager, employee, points."""
    rated = Review.objects.filter(
        cycle__in=cycles, state__in=COUNTED, reviewer__isnull=False, proposed_rating__isnull=False
    )
    return read(rated.order_by().values_list("pk", "cycle", "reviewer", "employee", "proposed_rating__value"))


def _goals(cycle: ReviewCycle) -> Floats:
    """How far each person came with the personal business goals that ran in the period, weighted: employee, per cent."""
    goals = Objective.objects.filter(
        level=GoalLevel.INDIVIDUAL,
        kind=GoalKind.BUSINESS,
        state__in=[GoalState.ACTIVE, GoalState.CLOSED],
        starts_on__lte=cycle.ends_on,
        due_on__gte=cycle.starts_on,
        progress__isnull=False,
        weight__gt=0,
    )
    reached = Cast(Sum(F("weight") * F("progress")), FloatField()) / Cast(Sum("weight"), FloatField())
    return read(goals.order_by().values("owner").annotate(reached=reached).values_list("owner", "reached"))


def _competencies(cycle: ReviewCycle) -> Ints:
    """What managers gave in single competencies: review, competency, level."""
    given = CompetencyRating.objects.filter(
        part__side=Side.MANAGER,
        part__review__cycle=cycle,
        part__review__state__in=COUNTED,
        part__review__reviewer__isnull=False,
        level__isnull=False,
    )
    return read(given.order_by().values_list("part__review", "competency", "level")).astype(np.intp)


def _dated(cycle: ReviewCycle) -> Dated:
    """Feedback and measurements of the period about the people whom each manager reviews; notes to oneself are not counted."""
    late = cycle.ends_on - datetime.timedelta(days=round((cycle.ends_on - cycle.starts_on).days * LAST_QUARTER))
    period = (cycle.starts_on, cycle.ends_on)
    feedback = Feedback.objects.filter(
        recipient__reviews__cycle=cycle,
        recipient__reviews__reviewer__isnull=False,
        given_at__date__range=period,
        taken_back_at=None,
    ).exclude(visibility=FeedbackVisibility.GIVER)
    measured = CheckIn.objects.filter(
        key_result__objective__owner__reviews__cycle=cycle,
        key_result__objective__owner__reviews__reviewer__isnull=False,
        measured_on__range=period,
    )
    found = np.concatenate(
        [
            _counted(feedback, "recipient__reviews__reviewer", Q(given_at__date__gt=late)),
            _counted(measured, "key_result__objective__owner__reviews__reviewer", Q(measured_on__gt=late)),
        ]
    )
    manager, index = np.unique(found[:, 0].astype(np.intp), return_inverse=True)
    pieces, recent = (np.bincount(index, found[:, at], len(manager)).astype(np.intp) for at in (1, 2))
    return Dated(manager, pieces, recent)


def _counted(rows: QuerySet, manager: str, is_recent: Q) -> Floats:
    counted = rows.order_by().values(manager).annotate(pieces=Count("pk"), recent=Count("pk", filter=is_recent))
    return read(counted.values_list(manager, "pieces", "recent"))


def _matched(employee: Ints, known: Floats) -> Floats:
    """What is known of each of these people; `known` is employee, value."""
    found = np.full(len(employee), np.nan)
    if len(known):
        known = known[np.argsort(known[:, 0])]
        place = np.minimum(np.searchsorted(known[:, 0], employee), len(known) - 1)
        is_there = known[place, 0] == employee
        found[is_there] = known[place[is_there], 1]
    return found


def recent_share(dated: Dated, manager: Ints) -> tuple[Floats, Ints]:
    """For each of these managers the share of dated evidence from the last quarter (NaN without any), and how much there is."""
    pieces = np.nan_to_num(_matched(manager, np.stack([dated.manager, dated.pieces], axis=1).astype(float)))
    recent = np.nan_to_num(_matched(manager, np.stack([dated.manager, dated.recent], axis=1).astype(float)))
    return ratio(recent, pieces), pieces.astype(np.intp)
