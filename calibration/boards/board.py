"""What a board shows: whose cards, in which columns, how ratings are spread, how each manager rated, and what came before."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Avg, Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, StdDev, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from calibration.boards import guideline
from calibration.enums import PreRead, SessionState
from calibration.models import CalibrationSession, Card, PreReadAnswer, Recusal, Suggestion
from calibration.models.cards import CardQuerySet
from hrportal.people.viewer import Principal, Viewer
from performance.enums import FINISHED
from performance.models import RatingLevel, Review, ReviewCycle

# Below this many ratings a mean says more about the people than about the manager.
FEWEST_TO_COMPARE = 4
NAMES = ("first_name", "preferred_name", "last_name")


class Table:
    """A session and those under it, as one person at it sees them: which cards, and which of them this person moves."""

    def __init__(self, session: CalibrationSession, user: Principal) -> None:
        self.session, self.user = session, user

    @cached_property
    def sessions(self) -> list[CalibrationSession]:
        """The sessions whose cards may lie here, the table's own first."""
        below = CalibrationSession.objects.filter(parent=self.session.pk).exclude(state=SessionState.PREPARING)
        return [self.session, *below.with_cycle().order_by("name", "pk")]

    @property
    def cards(self) -> CardQuerySet:
        """Every card this person may see here."""
        lying = [session.pk for session in self.sessions]
        return Card.objects.visible_to(self.user).filter(session__in=lying).on_board()

    @cached_property
    def worked_by(self) -> set[int]:
        """The open sessions on whose boards this person moves cards."""
        opened = [session for session in self.sessions if session.state == SessionState.OPEN]
        return {session.pk for session in opened if self.user.has_perm("calibration.work_board", session)}

    @cached_property
    def runs(self) -> bool:
        """Whether this person prepares or leads the conversation, and so reads what others said before it."""
        viewer = self.user.viewer
        run = CalibrationSession.objects.run_by(viewer).filter(pk=self.session.pk)
        return run.exists()

    @property
    def is_live(self) -> bool:
        """Whether anything here can still change."""
        return any(session.state == SessionState.OPEN for session in self.sessions)

    def stamp(self) -> str:
        """Changes with whatever changes among the cards this person sees, and with nothing else: not even that something
        happened to a hidden card can be read from it."""
        counted = self.cards.order_by().aggregate(n=Count("pk"), latest=Max("pk"), changes=Sum("changes"))
        states = "".join(session.state[0] for session in self.sessions)
        return f"{states}-{counted['n']}-{counted['latest'] or 0}-{counted['changes'] or 0}"


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


def mark_cards(table: Table, cards: list[Card]) -> None:
    """Say of each card whether it may be moved from here, what the figures suggest, and whether views on it split."""
    moving, session_of = table.worked_by, {session.pk: session for session in table.sessions}
    suggested = _suggested(table, cards)
    split = _split(table, cards) if table.runs else frozenset()
    for card in cards:
        card.session = session_of[card.session_id]
        card.is_movable = card.session_id in moving  # type: ignore[attr-defined]
        card.suggested = suggested.get(card.review_id)  # type: ignore[attr-defined]
        card.is_split = card.pk in split  # type: ignore[attr-defined]


def _suggested(table: Table, cards: list[Card]) -> dict[int, str]:
    """What is suggested for which review, in words."""
    rows = Suggestion.objects.visible_to(table.user).open().filter(review__in=[card.review_id for card in cards])
    return {pk: _("Suggested: %s") % label for pk, label in rows.values_list("review", "proposed__label")}


def _split(table: Table, cards: list[Card]) -> Collection[int]:
    """The cards that some agree with and some question."""
    answers = PreReadAnswer.objects.visible_to(table.user).filter(card__in=[card.pk for card in cards])
    said = set(answers.values_list("card", "answer"))
    return {pk for pk, answer in said if answer == PreRead.QUESTION and (pk, PreRead.AGREE) in said}


def columns_of(levels: list[RatingLevel], cards: Iterable[Card]) -> list[Column]:
    """A column for each rating; one for the unrated in front if there are any."""
    cards = list(cards)
    return _columns(levels, cards, with_unrated=any(card.rating_id is None for card in cards))


def _columns(levels: list[RatingLevel], cards: Iterable[Card], *, with_unrated: bool) -> list[Column]:
    columns: dict[int | None, Column] = {level.pk: Column(level, []) for level in levels}
    unrated = Column(None, [])
    for card in cards:
        columns.get(card.rating_id, unrated).cards.append(card)
    return [unrated, *columns.values()] if with_unrated else list(columns.values())


@dataclass
class Tally:
    """The board counted in one go: how many lie where, were proposed where, were moved, are still to be discussed."""

    now: Counter[int]
    proposed: Counter[int]
    moved: int
    undiscussed: int
    people: int = 0


def tally(cards: QuerySet[Card]) -> Tally:
    """Count these cards."""
    rows = cards.order_by().values_list("rating__value", "proposed_rating__value", "is_discussed")
    found = Tally(Counter(), Counter(), 0, 0)
    for now, proposed, is_discussed, n in rows.annotate(n=Count("pk")):
        found.now[now] += n
        found.proposed[proposed] += n
        found.moved += n * (now != proposed)
        found.undiscussed += n * (not is_discussed)
        found.people += n
    for counts in (found.now, found.proposed):
        del counts[None]  # not rated is not a rating
    return found


def distribution(session: CalibrationSession, levels: list[RatingLevel], found: Tally) -> list[dict[str, Any]]:
    """How many lie where, next to what the managers proposed and, on a board large enough for it, to the guideline."""
    percents = guideline_of(session) if guideline.applies_to(found.people) else {}
    wanted = guideline.targets(percents, found.people, session.rounding)
    return [
        {
            "value": level.value,
            "label": level.label,
            "count": found.now[level.value],
            "share": _share(found.now, level.value),
            "guideline": percents.get(level.value, 0) if percents else None,
            "target": guideline.in_words(wanted.get(level.value, 0), session.rounding) if percents else "",
            "proposed": found.proposed[level.value],
            "before": _share(found.proposed, level.value),
        }
        for level in levels
    ]


def guideline_of(session: CalibrationSession) -> dict[int, int]:
    """The percentages of the cycle, by the value of the rating; empty where nobody set any."""
    return dict(session.cycle.guideline.values_list("value", "percent"))


def last_cycle(session: CalibrationSession, levels: list[RatingLevel], user: Principal) -> dict[str, Any] | None:
    """How the calibrated ratings of the cycle before were spread among the same people's places, or None if there was none."""
    earlier = ReviewCycle.objects.filter(is_calibrated=True, ends_on__lt=session.cycle.ends_on)
    cycle = earlier.exclude(pk=session.cycle_id).order_by("-ends_on", "-pk").first()
    if cycle is None:
        return None
    scope = {name: getattr(session, name) for name in ("org_unit", "job_family", "job_level", "head")}
    reviews = CalibrationSession(cycle=cycle, **scope).reviews().exclude(kept_from(user.viewer, session))
    calibrated = reviews.order_by().filter(state__in=FINISHED, final_is_calibrated=True, final_rating__isnull=False)
    counts = Counter(dict(calibrated.values_list("final_rating__value").annotate(n=Count("pk"))))
    rows = [
        {
            "value": level.value,
            "label": level.label,
            "count": counts[level.value],
            "share": _share(counts, level.value),
            "guideline": None,
            "before": None,
        }
        for level in levels
    ]
    return {"cycle": cycle, "rows": rows, "top": top_of(rows)} if sum(counts.values()) else None


def kept_from(viewer: Viewer, session: CalibrationSession) -> Q:
    """Reviews of whoever's card would be kept from this viewer (`CardQuerySet.recused`), in whatever cycle they are."""
    if not viewer.employee_id:
        return Q(pk__in=[])
    declared = Recusal.objects.filter(
        employee=viewer.employee_id, about=OuterRef("employee"), session__cycle=session.cycle_id
    )
    return Q(employee__in=[viewer.employee_id, *viewer.superiors()]) | Q(Exists(declared))


def top_of(rows: list[dict[str, Any]]) -> int:
    """The share that fills the height of the picture."""
    shares = [row.get(name) or 0 for row in rows for name in ("share", "guideline", "before", "earlier")]
    return max(10, math.ceil(max(shares, default=0)))


def by_manager(cards: QuerySet[Card]) -> list[dict[str, Any]]:
    """Each manager's number of ratings, mean, spread, moved; who differs most from the session comes first."""
    rows = list(
        cards.order_by()
        .values("review__reviewer", *(f"review__reviewer__{name}" for name in NAMES))
        .annotate(
            n=Count("rating"),
            mean=Avg("rating__value"),
            spread=StdDev("rating__value"),
            lowest=Min("rating__value"),
            highest=Max("rating__value"),
            moved=Count("pk", filter=~Q(rating=F("proposed_rating"))),
        )
    )
    rated = sum(row["n"] for row in rows)
    overall = sum(row["mean"] * row["n"] for row in rows if row["n"]) / rated if rated else None
    shown = [row | {"name": _name(row), "words": _compared(row["mean"], row["n"], overall)} for row in rows]
    return sorted(shown, key=lambda row: (-_apart(row, overall), row["name"]))


def teams_of(levels: list[RatingLevel], rows: list[dict[str, Any]], cards: list[Card]) -> list[dict[str, Any]]:
    """Each manager with their people in columns, those who differ most first; a manager none of whose people is shown is left out."""
    of_manager: dict[int | None, list[Card]] = {}
    for card in cards:
        of_manager.setdefault(card.review.reviewer_id, []).append(card)
    with_unrated = any(card.rating_id is None for card in cards)
    return [
        row | {"columns": _columns(levels, of_manager[row["review__reviewer"]], with_unrated=with_unrated)}
        for row in rows
        if row["review__reviewer"] in of_manager
    ]


def _apart(row: dict[str, Any], overall: float | None) -> float:
    """How far a manager's mean lies from the session's; nothing where it cannot be compared."""
    comparable = row["n"] >= FEWEST_TO_COMPARE and overall is not None
    return abs(round(row["mean"] - overall, 1)) if comparable else 0


def earlier_ratings(review: Review) -> list[Review]:
    """The person's last three calibrated reviews before this one, newest first."""
    return earlier_of([review]).get(review.employee_id, [])


def earlier_of(reviews: Iterable[Review], most: int = 3) -> dict[int, list[Review]]:
    """For each person reviewed (all in one cycle) their last calibrated reviews before this one, newest first."""
    reviews = list(reviews)
    earlier = Review.objects.finished().filter(
        employee__in=[review.employee_id for review in reviews],
        final_is_calibrated=True,
        cycle__ends_on__lt=reviews[0].cycle.ends_on,
    )
    found: dict[int, list[Review]] = {}
    for review in earlier.select_related("cycle", "final_rating").order_by("-cycle__ends_on", "-pk"):
        found.setdefault(review.employee_id, []).append(review)
    return {employee: rows[:most] for employee, rows in found.items()}


def _share(counts: Counter[int], value: int) -> float | None:
    total = sum(counts.values())
    return 100 * counts[value] / total if total else None


def _name(row: Mapping[str, Any]) -> str:
    if row["review__reviewer"] is None:
        return _("Nobody")
    first, preferred, last = (row[f"review__reviewer__{name}"] for name in NAMES)
    return f"{preferred or first} {last}"


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
