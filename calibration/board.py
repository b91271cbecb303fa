"""What a board shows in figures: how ratings are spread, how each manager rated, and what came before."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, F, Max, Min, Q, QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calibration.models import CalibrationSession, Card
from calibration.models.sessions import CardQuerySet
from performance.enums import FINISHED
from performance.models import RatingLevel, Review, ReviewCycle

# Below this many ratings a mean says more about the people than about the manager.
FEWEST_TO_COMPARE = 4


@dataclass
class Column:
    """One rating and the cards that lie there; `level` is None for those without a rating."""

    level: RatingLevel | None
    cards: list[Card]


def levels_of(session: CalibrationSession) -> list[RatingLevel]:
    """The scale, lowest first."""
    return list(session.cycle.scale.levels.all())


def rated_cards(levels: list[RatingLevel], cards: CardQuerySet) -> list[Card]:
    """The cards as a board shows them; their ratings are the few levels of one scale, so nobody reads them again."""
    level_of: dict[int | None, RatingLevel] = {level.pk: level for level in levels}
    found = list(cards.for_board())
    for card in found:
        card.rating = level_of.get(card.rating_id)
        card.proposed_rating = level_of.get(card.proposed_rating_id)
    return found


def columns_of(levels: list[RatingLevel], cards: Iterable[Card]) -> list[Column]:
    """A column for each rating; one for the unrated in front if there are any."""
    columns: dict[int | None, Column] = {level.pk: Column(level, []) for level in levels}
    unrated = Column(None, [])
    for card in cards:
        columns.get(card.rating_id, unrated).cards.append(card)
    return [unrated, *columns.values()] if unrated.cards else list(columns.values())


@dataclass
class Tally:
    """The board counted in one go: how many lie where, were proposed where, were moved, are still to be discussed."""

    now: Counter[int]
    proposed: Counter[int]
    moved: int
    undiscussed: int


def tally(cards: QuerySet[Card]) -> Tally:
    """Count these cards."""
    rows = cards.order_by().values_list("rating__value", "proposed_rating__value", "is_discussed")
    found = Tally(Counter(), Counter(), 0, 0)
    for now, proposed, is_discussed, n in rows.annotate(n=Count("pk")):
        found.now[now] += n
        found.proposed[proposed] += n
        found.moved += n * (now != proposed)
        found.undiscussed += n * (not is_discussed)
    for counts in (found.now, found.proposed):
        del counts[None]  # not rated is not a rating
    return found


def distribution(session: CalibrationSession, levels: list[RatingLevel], found: Tally) -> list[dict[str, Any]]:
    """How many lie where, next to the guideline and to what the managers proposed."""
    guideline = dict(session.cycle.guideline.values_list("value", "percent"))
    return [
        {
            "label": level.label,
            "count": found.now[level.value],
            "share": _share(found.now, level.value),
            "guideline": guideline.get(level.value, 0) if guideline else None,
            "before": _share(found.proposed, level.value),
        }
        for level in levels
    ]


def last_cycle(session: CalibrationSession, levels: list[RatingLevel], user: Any) -> dict[str, Any] | None:
    """How the calibrated ratings of the cycle before were spread in the same unit, or None if there was none."""
    earlier = ReviewCycle.objects.filter(is_calibrated=True, ends_on__lt=session.cycle.ends_on).exclude(
        pk=session.cycle_id
    )
    cycle = earlier.order_by("-ends_on", "-pk").first()
    if cycle is None:
        return None
    reviews = CalibrationSession(cycle=cycle, org_unit=session.org_unit).reviews().filter(user.viewer.others())
    calibrated = reviews.order_by().filter(state__in=FINISHED, final_is_calibrated=True, final_rating__isnull=False)
    counts = Counter(dict(calibrated.values_list("final_rating__value").annotate(n=Count("pk"))))
    rows = [
        {
            "label": level.label,
            "count": counts[level.value],
            "share": _share(counts, level.value),
            "guideline": None,
            "before": None,
        }
        for level in levels
    ]
    return {"cycle": cycle, "rows": rows, "top": top_of(rows)} if sum(counts.values()) else None


def top_of(rows: list[dict[str, Any]]) -> int:
    """The share that fills the height of the picture."""
    shares = [row[name] or 0 for row in rows for name in ("share", "guideline", "before")]
    return max(10, math.ceil(max(shares, default=0)))


def by_manager(cards: QuerySet[Card]) -> list[dict[str, Any]]:
    """Each manager's number of ratings, mean, lowest and highest, moved; who differs most from the session comes first."""
    rows = list(
        cards.order_by()
        .values("review__reviewer", "review__reviewer__first_name", "review__reviewer__last_name")
        .annotate(
            n=Count("rating"),
            mean=Avg("rating__value"),
            lowest=Min("rating__value"),
            highest=Max("rating__value"),
            moved=Count("pk", filter=~Q(rating=F("proposed_rating"))),
        )
    )
    rated = sum(row["n"] for row in rows)
    overall = sum(row["mean"] * row["n"] for row in rows if row["n"]) / rated if rated else None
    shown = [row | {"name": _name(row), "words": _compared(row["mean"], row["n"], overall)} for row in rows]
    return sorted(shown, key=lambda row: (-_apart(row, overall), row["name"]))


def _apart(row: dict[str, Any], overall: float | None) -> float:
    """How far a manager's mean lies from the session's; nothing where it cannot be compared."""
    comparable = row["n"] >= FEWEST_TO_COMPARE and overall is not None
    return abs(round(row["mean"] - overall, 1)) if comparable else 0


def earlier_ratings(review: Review) -> list[Review]:
    """The person's last three calibrated reviews before this one, newest first."""
    earlier = Review.objects.finished().filter(
        employee=review.employee_id, final_is_calibrated=True, cycle__ends_on__lt=review.cycle.ends_on
    )
    return list(earlier.select_related("cycle", "final_rating").order_by("-cycle__ends_on")[:3])


def _share(counts: Counter[int], value: int) -> float | None:
    total = sum(counts.values())
    return 100 * counts[value] / total if total else None


def _name(row: Mapping[str, Any]) -> str:
    if row["review__reviewer"] is None:
        return _("Nobody")
    return f"{row['review__reviewer__first_name']} {row['review__reviewer__last_name']}"


def _compared(mean: float | None, n: int, overall: float | None) -> str:
    """In plain words, without a claim that the figures cannot carry."""
    if mean is None or overall is None:
        return _("No ratings yet")
    if n < FEWEST_TO_COMPARE:
        return _("Too few to compare")
    apart = round(mean - overall, 1)
    if not apart:
        return _("As the session as a whole")
    words = _("%s above the session") if apart > 0 else _("%s below the session")
    return words % number_format(abs(apart), decimal_pos=1)
