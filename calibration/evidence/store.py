"""Keeping what was computed: a run, a finding for each manager, suggestions. Older runs stay, as a record of what was shown."""

import math
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef
from django.utils import timezone

from calibration.evidence.compute import METHOD, Findings
from calibration.evidence.gather import Inputs
from calibration.evidence.rows import insert
from calibration.models import EvidenceRun, ManagerEvidence, Suggestion
from performance.enums import ReviewState
from performance.models import RatingLevel, Review, ReviewCycle

STILL_TO_DECIDE = (ReviewState.SUBMITTED, ReviewState.IN_CALIBRATION)


def newest_run(cycle: ReviewCycle) -> EvidenceRun | None:
    """What counts for a cycle now."""
    return EvidenceRun.objects.filter(cycle=cycle).first()


def is_known(inputs: Inputs) -> bool:
    """Whether the newest run rests on these very numbers and this method."""
    run = newest_run(inputs.cycle)
    return run is not None and (run.method, run.inputs) == (METHOD, inputs.digest())


def store(inputs: Inputs, findings: Findings, *, read_at: datetime) -> EvidenceRun:
    """Write a run of what was read then. The caller holds the cycle's evidence under a lock, in a transaction."""
    run = EvidenceRun.objects.create(
        cycle=inputs.cycle,
        method=METHOD,
        inputs=inputs.digest(),
        ratings=int(np.count_nonzero(inputs.is_now)),
        people=len(np.unique(inputs.employee)),
        managers=len(findings.manager),
        threshold=findings.suggestions.threshold,
        summary=findings.summary,
        computed_at=read_at,
    )
    run.pooled.set(inputs.cycles)
    columns = {name: _plain(column) for name, column in findings.columns.items()}
    made = insert(ManagerEvidence, columns | {"manager_id": findings.manager.tolist()}, run_id=run.pk)
    _replace_unanswered(run)
    insert(Suggestion, _suggestions(run, findings, made), run_id=run.pk)
    return run


def _plain(column: Any) -> list[Any]:
    """As the database takes it: unknown is empty, a choice is its word."""
    values = column.tolist()
    if column.dtype.kind == "f":
        return [None if math.isnan(value) else value for value in values]
    return list(map(str, values)) if column.dtype.kind in "OU" else values


def _replace_unanswered(run: EvidenceRun) -> None:
    unanswered = Suggestion.objects.filter(run__cycle=run.cycle_id, replaced_at=None, answer="")
    unanswered.update(replaced_at=timezone.now())


def _suggestions(run: EvidenceRun, findings: Findings, made: list[int]) -> dict[str, list[Any]]:
    """The columns of those about ratings still to be decided on, unless somebody has answered one about this very review."""
    suggested = findings.suggestions
    waiting = _still_waiting(run) if len(suggested.row) else {}
    kept = np.array([review in waiting for review in findings.review.tolist()], dtype=bool)
    reviews = findings.review[kept].tolist()
    levels = dict(RatingLevel.objects.filter(scale=run.cycle.scale_id).values_list("value", "pk"))
    return {
        "finding_id": [made[place] for place in findings.finding_of[kept].tolist()],
        "review_id": reviews,
        "review_revision": [waiting[review] for review in reviews],
        "given_id": [levels[int(value)] for value in suggested.given[kept].tolist()],
        "proposed_id": [levels[int(value)] for value in suggested.proposed[kept].tolist()],
        "calibrated": suggested.calibrated[kept].tolist(),
        "reason": [str(reason) for reason in suggested.reason[kept].tolist()],
        "probability": suggested.probability[kept].tolist(),
    }


def _still_waiting(run: EvidenceRun) -> dict[int, int]:
    """Revision by review, of those without an answer."""
    reviews = Review.objects.filter(cycle=run.cycle_id, state__in=STILL_TO_DECIDE).order_by()
    answered = Suggestion.objects.filter(replaced_at=None, review=OuterRef("pk"), review_revision=OuterRef("revision"))
    return dict(reviews.exclude(Exists(answered)).values_list("pk", "revision"))
