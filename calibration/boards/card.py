"""What lies on the table for the people on a board: each piece as far as its reader may see it, and of the right revision."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from calibration.boards import board
from calibration.enums import PreRead
from calibration.evidence.shown import suggestion_about
from calibration.models import Card, PreReadAnswer
from hrportal.people.viewer import Principal
from performance.enums import FINISHED, GoalState, ReviewState, SeenBy, Side
from performance.models import Answer, CompetencyRating, Feedback, Objective

MOST_FEEDBACK = 5
# A manager's words are read from the moment they are handed in; before, and after a reopening, they are a draft.
HANDED_IN = (ReviewState.SUBMITTED, ReviewState.IN_CALIBRATION, ReviewState.CALIBRATED, *FINISHED)


def evidence_on(card: Card, user: Principal) -> dict[str, Any]:
    """What there is to know about one person before deciding."""
    review = card.review
    return {
        "says_its_own": is_own_revision(card),
        "goals": goals_of([card]).get(review.employee_id, []),
        "feedback": feedback_of([card], user).get(review.employee_id, []),
        "answers": _answers(card),
        "competencies": competencies_of([card]).get(card.pk, []),
        "earlier": board.earlier_ratings(review),
        "moves": card.moves.select_related("from_rating", "to_rating", "moved_by"),
        "split": split_on(card, user),
        "suggestion": suggestion_about(user, card) if is_own_revision(card) else None,
    }


def is_own_revision(card: Card) -> bool:
    """Whether the review still says what it said when this card was laid."""
    return card.review_revision == card.review.revision and card.review.state in HANDED_IN


def goals_of(cards: Iterable[Card]) -> dict[int, list[Objective]]:
    """By person, the goals of the period with their results. Around the table everybody sees what was worked for."""
    cards = list(cards)
    cycle = cards[0].review.cycle
    goals = Objective.objects.filter(
        owner__in=[card.review.employee_id for card in cards],
        starts_on__lte=cycle.ends_on,
        due_on__gte=cycle.starts_on,
    ).exclude(state__in=[GoalState.CANCELLED, GoalState.DRAFT])
    return _grouped(goals.with_results(), "owner_id")


def feedback_of(cards: Iterable[Card], user: Principal, most: int = MOST_FEEDBACK) -> dict[int, list[Feedback]]:
    """By person, the newest feedback that this reader may see anyway."""
    people = [card.review.employee_id for card in cards]
    rows = Feedback.objects.visible_to(user).filter(recipient__in=people).select_related("giver")
    return {person: found[:most] for person, found in _grouped(rows, "recipient_id").items()}


def competencies_of(cards: Iterable[Card]) -> dict[int, list[CompetencyRating]]:
    """By card, how the manager rated competencies, as far as the review still says what it said then."""
    of_review = {card.review_id: card.pk for card in cards if is_own_revision(card)}
    rows = CompetencyRating.objects.filter(part__review__in=of_review, part__side=Side.MANAGER, level__isnull=False)
    rows = rows.select_related("competency", "part").order_by("competency__name")
    found: dict[int, list[CompetencyRating]] = {}
    for row in rows:
        found.setdefault(of_review[row.part.review_id], []).append(row)
    return found


def split_on(card: Card, user: Principal) -> dict[str, Any] | None:
    """What was said of the card before the meeting, for whoever prepares or leads it; None for others or where nothing was."""
    if not board.Table(card.session, user).runs:
        return None
    answers = PreReadAnswer.objects.visible_to(user).filter(card=card)
    counts = dict(answers.order_by().values_list("answer").annotate(n=Count("pk")))
    if not counts:
        return None
    return {
        "counts": [(kind.label, counts[kind]) for kind in PreRead if kind in counts],
        "notes": answers.exclude(note="").select_related("employee").order_by("answered_at"),
    }


def _answers(card: Card) -> QuerySet[Answer]:
    """What the manager wrote, but for what was written for HR alone."""
    if not is_own_revision(card):
        return Answer.objects.none()
    answers = Answer.objects.filter(part__review=card.review_id, part__side=Side.MANAGER)
    shown = answers.exclude(text="").exclude(question__seen_by=SeenBy.HR)
    return shown.select_related("question").order_by("question__section__order", "question__order")


def _grouped(rows: Iterable[Any], field: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found
