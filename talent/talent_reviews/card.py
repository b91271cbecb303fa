"""One card: what there is to know before deciding, with figures that anybody can work out again; people side by side."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from hrportal.people.viewer import Principal
from talent.enums import PotentialDimension
from talent.freshness import POTENTIAL_BUDGET, RATING_BUDGET, Freshness, freshness
from talent.models import (
    BoxMove,
    BoxPlacement,
    MemberDecision,
    MemberNote,
    ReviewMember,
    TalentReview,
)
from talent.scores.performance import PRIOR_WEIGHT
from talent.staleness import ReadableStale, StaleDatum
from talent.talent_reviews.board import Table, marked
from talent.talent_reviews.boxes import boxes_of, label_of
from talent.talent_reviews.figures import holds_of

FEWEST, MOST = 2, 4


@dataclass(frozen=True)
class FigurePart:
    """One line of the sum that a figure is: a value and what it weighs."""

    label: Promise | str
    value: float
    weight: float

    @property
    def product(self) -> float:
        return self.value * self.weight


@dataclass(frozen=True)
class Figure:
    """One of the two levels as it was taken, with interval, day and the lines it is the weighted mean of."""

    value: float | None
    low: float | None
    high: float | None
    on: datetime.date | None
    freshness: Freshness
    parts: list[FigurePart]
    prior: FigurePart | None = None
    raters: int | None = None

    @property
    def total(self) -> float:
        return sum(part.product for part in self.lines)

    @property
    def weight(self) -> float:
        return sum(part.weight for part in self.lines)

    @property
    def lines(self) -> list[FigurePart]:
        return [*self.parts, *([self.prior] if self.prior else [])]


def performance_figure(member: ReviewMember) -> Figure:
    """P as it was taken: ratings by weight, and the imagined cycle at the organisation's mean."""
    kept = member.performance_parts
    parts = [
        FigurePart(f"{part['period']}: {part['label']}", part["value"], part["weight"])
        for part in kept.get("parts", [])
    ]
    prior = FigurePart("", kept["mean"], PRIOR_WEIGHT) if kept else None
    return _figure(member.performance, kept, member.performance_on, RATING_BUDGET, parts, prior=prior)


def potential_figure(member: ReviewMember) -> Figure:
    """Q as it was taken: the mean of its dimensions."""
    kept = member.potential_parts
    parts = [
        FigurePart(PotentialDimension(part["dimension"]).label, part["value"], 1.0) for part in kept.get("parts", [])
    ]
    return _figure(member.potential, kept, member.potential_on, POTENTIAL_BUDGET, parts, raters=kept.get("raters"))


def _figure(
    value: float | None,
    kept: dict[str, Any],
    on: datetime.date | None,
    budget: datetime.timedelta,
    parts: list[FigurePart],
    **more: Any,
) -> Figure:
    state = freshness(on, budget, timezone.localdate())
    return Figure(value, kept.get("low"), kept.get("high"), on, state, parts, **more)


@dataclass(frozen=True)
class Move:
    """One move in words."""

    move: BoxMove
    old: str
    new: str


def moves_of(member: ReviewMember, review: TalentReview) -> list[Move]:
    """Every move of a card in this meeting, newest first."""
    rows = member.moves.select_related("moved_by")
    return [Move(row, label_of(review, row.from_box), label_of(review, row.to_box)) for row in rows]


def evidence_on(member: ReviewMember, user: Principal) -> dict[str, Any]:
    """What there is to know about one person before deciding, each piece as far as its reader may see it."""
    review, boxes = member.review, boxes_of(member.review)
    readable = ReadableStale(user, [member.employee_id])
    notes = MemberNote.objects.visible_to(user).filter(member=member).select_related("employee")
    decisions = (
        MemberDecision.objects.visible_to(user).filter(member=member).select_related("decided_by", "task__owner")
    )
    return {
        "member": marked(Table(review, user), [member])[0],
        "performance": performance_figure(member),
        "potential": potential_figure(member),
        "box": boxes.get(member.box) if member.box else None,
        "figures_box": boxes.get(member.figures_box) if member.figures_box else None,
        "holds": holds_of(member),
        "notes": [(note, label_of(review, note.box) if note.box else "") for note in notes],
        "moves": moves_of(member, review),
        "decisions": [(decision, readable.of(member.employee_id, decision.rested_on_stale)) for decision in decisions],
        "earlier": earlier_of([member.employee_id], user, but=review.pk).get(member.employee_id, []),
    }


def stale_of(stored: Iterable[dict[str, str]]) -> list[StaleDatum]:
    """What a decision rested on that was out of date."""
    return [StaleDatum.of(each) for each in stored]


def earlier_of(people: Iterable[int], user: Principal, *, but: int | None = None) -> dict[int, list[BoxPlacement]]:
    """By person, what earlier meetings decided, newest first, as far as the reader may see it; each of its own day."""
    rows = BoxPlacement.objects.visible_to(user).filter(member__employee__in=list(people))
    found: dict[int, list[BoxPlacement]] = defaultdict(list)
    for placement in rows.exclude(member__review=but).select_related("member__review", "decided_by"):
        placement.stale = stale_of(placement.rested_on_stale)  # type: ignore[attr-defined]
        found[placement.member.employee_id].append(placement)
    return found


@dataclass
class Beside:
    """One person among those compared."""

    member: ReviewMember
    label: str
    performance: Figure
    potential: Figure
    earlier: list[BoxPlacement]
    notes: list[MemberNote]


def compare(members: QuerySet[ReviewMember], review: TalentReview, user: Principal) -> list[Beside]:
    """People side by side: as many questions for two as for four."""
    cards = marked(Table(review, user), members)
    earlier = earlier_of([card.employee_id for card in cards], user, but=review.pk)
    notes: dict[int, list[MemberNote]] = defaultdict(list)
    for note in MemberNote.objects.visible_to(user).filter(member__in=cards).select_related("employee"):
        notes[note.member_id].append(note)
    return [
        Beside(
            card,
            label_of(review, card.box),
            performance_figure(card),
            potential_figure(card),
            earlier.get(card.employee_id, []),
            notes[card.pk],
        )
        for card in cards
    ]
