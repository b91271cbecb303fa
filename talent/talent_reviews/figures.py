"""The two figures of a card as they are taken: levels with interval, day and parts, kept with the member, so that whoever
sits at the table reads what it was placed by, and can work it out again."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import Datum, RaterState
from talent.freshness import POTENTIAL_BUDGET, RATING_BUDGET, Freshness, freshness
from talent.models import PotentialForm, ReviewMember, TalentReview
from talent.potential.levels import KnownPerformance, KnownPotential, performance_of, potential_of
from talent.potential.questionnaire import answers_of
from talent.scores.potential import Answers, potential_level
from talent.talent_reviews.boxes import number_of

# The data a place in the grid rests on.
KINDS = (Datum.RATING, Datum.POTENTIAL)
FIELDS = (
    "performance",
    "performance_on",
    "performance_parts",
    "potential",
    "potential_on",
    "potential_parts",
    "figures_on",
    "figures_box",
)


@dataclass(frozen=True)
class Hold:
    """Why a card cannot be placed by its figures."""

    code: str
    words: Promise | str


NOT_RATED = Hold("not_rated", _("No calibrated rating yet"))
RATING_STALE = Hold("rating_stale", _("Rating out of date"))
NOT_ASSESSED = Hold("not_assessed", _("Potential not assessed"))
POTENTIAL_STALE = Hold("potential_stale", _("Potential out of date"))


def take(members: Collection[ReviewMember], review: TalentReview, today: datetime.date) -> None:
    """Set the figures of these members to those of today, and the box that follows; as many questions for one as for all."""
    people = [member.employee_id for member in members]
    performance, potential = performance_of(people, today), potential_of(people, today)
    dimensions = _dimensions([known.assessment_id for known in potential.values()])
    for member in members:
        _set_performance(member, performance.get(member.employee_id))
        known = potential.get(member.employee_id)
        _set_potential(member, known, dimensions.get(known.assessment_id, []) if known else [])
        member.figures_on = today
        member.figures_box = box_by_figures(member, review)


def _set_performance(member: ReviewMember, known: KnownPerformance | None) -> None:
    if known is None:
        member.performance, member.performance_on, member.performance_parts = None, None, {}
        return
    level = known.level
    member.performance, member.performance_on = level.value, known.as_of
    member.performance_parts = {
        "low": level.low,
        "high": level.high,
        "mean": level.mean,
        "parts": [
            {"period": rating.period, "label": rating.label, "value": part.value, "weight": part.weight}
            for rating, part in known.lines
        ],
    }


def _set_potential(member: ReviewMember, known: KnownPotential | None, parts: list[dict[str, Any]]) -> None:
    if known is None:
        member.potential, member.potential_on, member.potential_parts = None, None, {}
        return
    member.potential, member.potential_on = known.value, known.as_of
    member.potential_parts = {"low": known.low, "high": known.high, "raters": known.raters, "parts": parts}


def _dimensions(assessments: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """By assessment, the dimensions its level is the mean of; one query."""
    forms = PotentialForm.objects.filter(assessment__in=assessments, state=RaterState.SUBMITTED).order_by("pk")
    answers: dict[int, list[Answers]] = defaultdict(list)
    for assessment, stored in forms.values_list("assessment", "answers"):
        answers[assessment].append(answers_of(stored))
    levels = {assessment: potential_level(given) for assessment, given in answers.items()}
    return {
        assessment: [{"dimension": part.dimension.value, "value": part.value} for part in level.parts]
        for assessment, level in levels.items()
        if level
    }


def box_by_figures(member: ReviewMember, review: TalentReview) -> int | None:
    """The box the figures lead to; None where one is not known or was out of date when they were taken."""
    if member.performance is None or member.potential is None or holds_of(member):
        return None
    return number_of(review.performance_band(member.performance), review.potential_band(member.potential))


def holds_of(member: ReviewMember) -> list[Hold]:
    """What keeps the figures of a card from placing it, on the day they were taken."""
    on = member.figures_on or datetime.date.min
    found = (
        _hold(freshness(member.performance_on, RATING_BUDGET, on), NOT_RATED, RATING_STALE),
        _hold(freshness(member.potential_on, POTENTIAL_BUDGET, on), NOT_ASSESSED, POTENTIAL_STALE),
    )
    return [hold for hold in found if hold]


def _hold(state: Freshness, unknown: Hold, stale: Hold) -> Hold | None:
    return {Freshness.UNKNOWN: unknown, Freshness.STALE: stale}.get(state)


def reaches_over(member: ReviewMember, review: TalentReview) -> bool:
    """Whether an interval lies across a cut point: the neighbouring box is as well possible."""
    performance = (member.performance_parts, review.performance_low, review.performance_high)
    potential = (member.potential_parts, review.potential_low, review.potential_high)
    return any(_crosses(parts, cuts) for parts, *cuts in (performance, potential))


def _crosses(parts: dict[str, Any], cuts: Iterable[float]) -> bool:
    return bool(parts) and any(parts["low"] < cut <= parts["high"] for cut in cuts)
