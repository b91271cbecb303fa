"""The figures of performance: how they are made, of what, and how many stand behind them.

Every figure is a division whose two sides are kept, so that it can be recomputed; where there is nothing to divide by,
it is unknown and not 0. A reader's figures hold only the people they answer for. Reviews count in the unit of the day
of launch, goals and feedback in today's.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from hrportal.people.models import OrgUnit
from hrportal.people.viewer import Principal
from performance.enums import FINISHED, GoalLevel, GoalState, ReviewState
from performance.insight.disclosure import disclosed
from performance.insight.span import TOP, Walk, answers_for, inside, people_of, total, walk
from performance.models import Feedback, Objective, Review, ReviewCycle

DAYS_IN_QUARTER = Decimal("91.3125")
# A frequency over less than this is chance.
SHORTEST_TIME = 30
MOST_CYCLES = 6
ONE_DIGIT, TWO_DIGITS = Decimal("0.1"), Decimal("0.01")


@dataclass(frozen=True)
class Share:
    """A part of a whole in per cent; unknown when the whole is nobody."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        return _divided(self.part * 100, self.whole, ONE_DIGIT)


@dataclass(frozen=True)
class Mean:
    """A sum over how many; `of` is how many there are, measured or not."""

    sum: Decimal
    n: int
    of: int

    @property
    def value(self) -> Decimal | None:
        return _divided(self.sum, self.n, ONE_DIGIT)


@dataclass(frozen=True)
class Frequency:
    """How often, for each person and quarter."""

    times: int
    people: int
    days: int

    @property
    def value(self) -> Decimal | None:
        if self.days < SHORTEST_TIME:
            return None
        return _divided(self.times * DAYS_IN_QUARTER, self.people * self.days, TWO_DIGITS)


@dataclass(frozen=True)
class Figures:
    """The figures of one unit (or of everything a reader answers for) in one cycle. `ratings` None: too few to show."""

    completion: Share
    on_time: Share
    attainment: Mean
    feedback: Frequency
    people: int
    ratings: Mapping[int, int] | None = None
    unit: OrgUnit | None = None


@dataclass(frozen=True)
class Sums:
    """What is counted, unit by unit, from which every figure of the page is added up."""

    reviews: Mapping[str, tuple[int, int, int, int]] = field(default_factory=dict)
    goals: Mapping[str, tuple[int, int, Decimal]] = field(default_factory=dict)
    feedback: Mapping[str, int] = field(default_factory=dict)
    ratings: Mapping[str, Mapping[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The figures of a unit, of the units below it, and of the last cycles."""

    cycle: ReviewCycle
    place: Walk
    here: Figures
    below: list[Figures]
    on: datetime.date


def report(user: Principal, cycle: ReviewCycle, unit: OrgUnit | None) -> Report:
    """All figures of a cycle for a unit and those one step below. As many queries for one unit as for a thousand."""
    place, today = walk(user, unit), timezone.localdate()
    sums = _sums(user, cycle, today)
    shown = disclosed({path: sum(values.values()) for path, values in sums.ratings.items()})
    days = _days(user, cycle, today)
    at = place.here if unit else TOP
    return Report(
        cycle=cycle,
        place=place,
        here=_figures(sums, place, at, days, shown, unit=unit),
        below=[_figures(sums, place, below.path, days, shown, unit=below) for below in place.below],
        on=today,
    )


def trend(user: Principal, unit: OrgUnit | None, cycles: Sequence[ReviewCycle]) -> list[tuple[ReviewCycle, Figures]]:
    """The figures of several cycles, oldest first. Two queries, however many there are."""
    today = timezone.localdate()
    reviews = {row["cycle"]: row for row in _review_counts(_reviews(user).filter(cycle__in=cycles), "cycle", unit)}
    people = _people_in(user, unit)
    sums = _goal_sums_by_cycle(user, unit, cycles) | _feedback_by_cycle(user, unit, cycles, today)
    return [
        (cycle, _of_cycle(cycle, reviews.get(cycle.pk, {}), sums, people, _days(user, cycle, today)))
        for cycle in reversed(cycles)
    ]


def recent_cycles(user: Principal) -> QuerySet[ReviewCycle]:
    """The cycles with reviews the reader answers for, newest first."""
    held = _reviews(user).values("cycle")
    return ReviewCycle.objects.visible_to(user).filter(pk__in=held).order_by("-ends_on", "-pk")


def cycle_to_show(user: Principal) -> ReviewCycle | None:
    """The newest cycle in which a review was handed in; before there is one, the newest."""
    cycles = recent_cycles(user).select_related("scale")
    handed_in = _reviews(user).exclude(submitted_at=None).values("cycle")
    return cycles.filter(pk__in=handed_in).first() or cycles.first()


def completion_of(user: Principal, cycles: Sequence[ReviewCycle]) -> dict[int, Share]:
    """How far each cycle is, of all reviews the reader may know of; by the cycle's id."""
    reviews = Review.objects.visible_to(user).filter(cycle__in=cycles).exclude(state=ReviewState.WITHDRAWN).order_by()
    counts = reviews.values_list("cycle").annotate(all=Count("pk"), finished=Count("pk", filter=Q(state__in=FINISHED)))
    return {cycle: Share(finished, every) for cycle, every, finished in counts}


def _people_in(user: Principal, unit: OrgUnit | None) -> int:
    """How many people the reader answers for in a unit and below."""
    return people_of(user).filter(inside(unit, "org_unit")).count()


def _sums(user: Principal, cycle: ReviewCycle, today: datetime.date) -> Sums:
    reviews = _reviews(user).filter(cycle=cycle)
    return Sums(
        reviews={
            row["org_unit__path"] or TOP: (row["all"], row["finished"], row["due"], row["on_time"])
            for row in _review_counts(reviews, "org_unit__path", None)
        },
        goals={
            path or TOP: (count, measured, reached or Decimal(0))
            for path, count, measured, reached in _goals(user, cycle)
            .values_list("owner__org_unit__path")
            .annotate(count=Count("pk"), measured=Count("progress"), reached=Sum("progress"))
        },
        feedback={
            path or TOP: count
            for path, count in _feedback(user, cycle, today)
            .values_list("recipient__org_unit__path")
            .annotate(count=Count("pk"))
        },
        ratings=_ratings(user, reviews),
    )


def _reviews(user: Principal) -> QuerySet[Review]:
    """Reviews of people the reader answers for, without those taken out."""
    return (
        Review.objects.visible_to(user).filter(answers_for(user.viewer)).exclude(state=ReviewState.WITHDRAWN).order_by()
    )


def _review_counts(reviews: QuerySet[Review], by: str, unit: OrgUnit | None) -> Iterable[dict[str, Any]]:
    due_on = Coalesce("manager_due_on", "cycle__manager_due_on")
    dated = reviews.filter(inside(unit, "org_unit")).annotate(last_day=due_on, submitted_on=TruncDate("submitted_at"))
    is_due = Q(last_day__isnull=False) & (Q(submitted_on__isnull=False) | Q(last_day__lt=timezone.localdate()))
    return dated.values(by).annotate(
        all=Count("pk"),
        finished=Count("pk", filter=Q(state__in=FINISHED)),
        due=Count("pk", filter=is_due),
        on_time=Count("pk", filter=is_due & Q(submitted_on__lte=F("last_day"))),
    )


def _goals(user: Principal, cycle: ReviewCycle | None) -> QuerySet[Objective]:
    """Personal goals that ran in the cycle's period, as they lie beside its reviews, and were not given up."""
    goals = Objective.objects.visible_to(user).filter(answers_for(user.viewer, "owner__"), level=GoalLevel.INDIVIDUAL)
    wanted = goals.filter(state__in=[GoalState.ACTIVE, GoalState.CLOSED]).order_by()
    return wanted.filter(_ran_in(cycle)) if cycle else wanted


def _ran_in(cycle: ReviewCycle) -> Q:
    return Q(due_on__gte=cycle.starts_on, starts_on__lte=cycle.ends_on)


def _feedback(user: Principal, cycle: ReviewCycle | None, today: datetime.date) -> QuerySet[Feedback]:
    """Feedback the reader may see; what was kept between two people is not counted either."""
    feedback = Feedback.objects.visible_to(user).filter(answers_for(user.viewer, "recipient__"), taken_back_at=None)
    return feedback.filter(_given_in(cycle, today)).order_by() if cycle else feedback.order_by()


def _given_in(cycle: ReviewCycle, today: datetime.date) -> Q:
    return Q(given_at__date__range=(cycle.starts_on, min(cycle.ends_on, today)))


def _ratings(user: Principal, reviews: QuerySet[Review]) -> dict[str, dict[int, int]]:
    """Final ratings by unit and value, of finished reviews, for whoever may read ratings at all."""
    found: dict[str, dict[int, int]] = {}
    if not user.viewer.may_use("ratings:read"):
        return found
    rated = reviews.filter(state__in=FINISHED, final_rating__isnull=False)
    for path, value, count in rated.values_list("org_unit__path", "final_rating__value").annotate(count=Count("pk")):
        found.setdefault(path or TOP, {})[value] = count
    return found


def _figures(sums: Sums, place: Walk, path: str, days: int, shown: set[str], *, unit: OrgUnit | None = None) -> Figures:
    reviews = _added(sums.reviews, path, 4)
    count, measured, reached = _added(sums.goals, path, 3)
    people = total(place.people, path)
    return Figures(
        completion=Share(reviews[1], reviews[0]),
        on_time=Share(reviews[3], reviews[2]),
        attainment=Mean(Decimal(reached), measured, count),
        feedback=Frequency(total(sums.feedback, path), people, days),
        people=people,
        ratings=_merged(sums.ratings, path) if path in shown else None,
        unit=unit,
    )


def _added(sums: Mapping[str, tuple[Any, ...]], path: str, width: int) -> list[Any]:
    rows = [values for at, values in sums.items() if at.startswith(path)]
    return [sum((row[column] for row in rows), 0) for column in range(width)]


def _merged(ratings: Mapping[str, Mapping[int, int]], path: str) -> dict[int, int]:
    merged: dict[int, int] = {}
    for at, values in ratings.items():
        if at.startswith(path):
            for value, count in values.items():
                merged[value] = merged.get(value, 0) + count
    return merged


def _days(user: Principal, cycle: ReviewCycle, today: datetime.date) -> int:
    """How much of the period has passed, its first and last day counted; none for a client, who hears of no feedback."""
    if user.viewer.is_client:
        return 0
    return max(0, (min(cycle.ends_on, today) - cycle.starts_on).days + 1)


def _goal_sums_by_cycle(user: Principal, unit: OrgUnit | None, cycles: Sequence[ReviewCycle]) -> dict[str, Any]:
    sums: dict[str, Any] = {}
    for cycle in cycles:
        sums[f"goals_{cycle.pk}"] = Count("pk", filter=_ran_in(cycle))
        sums[f"measured_{cycle.pk}"] = Count("progress", filter=_ran_in(cycle))
        sums[f"reached_{cycle.pk}"] = Sum("progress", filter=_ran_in(cycle))
    return _goals(user, None).filter(inside(unit, "owner__org_unit")).aggregate(**sums) if sums else {}


def _feedback_by_cycle(
    user: Principal, unit: OrgUnit | None, cycles: Sequence[ReviewCycle], today: datetime.date
) -> dict[str, Any]:
    sums = {f"feedback_{cycle.pk}": Count("pk", filter=_given_in(cycle, today)) for cycle in cycles}
    return _feedback(user, None, today).filter(inside(unit, "recipient__org_unit")).aggregate(**sums) if sums else {}


def _of_cycle(
    cycle: ReviewCycle, reviews: Mapping[str, int], sums: Mapping[str, Any], people: int, days: int
) -> Figures:
    return Figures(
        completion=Share(reviews.get("finished", 0), reviews.get("all", 0)),
        on_time=Share(reviews.get("on_time", 0), reviews.get("due", 0)),
        attainment=Mean(
            sums[f"reached_{cycle.pk}"] or Decimal(0), sums[f"measured_{cycle.pk}"], sums[f"goals_{cycle.pk}"]
        ),
        feedback=Frequency(sums[f"feedback_{cycle.pk}"], people, days),
        people=people,
    )


def _divided(part: Decimal | int, whole: Decimal | int, digits: Decimal) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(digits, ROUND_HALF_UP) if whole else None
