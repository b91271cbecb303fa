"""The grid as one person at the table sees it: whose cards, in which boxes, how many where, and what marks them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Sum
from django.utils import timezone
from django.utils.functional import Promise

from hrportal.people.models import Employee
from hrportal.people.viewer import Principal
from talent.enums import Band, RiskLevel
from talent.freshness import POTENTIAL_BUDGET, RATING_BUDGET, Freshness, freshness
from talent.models import FlightRisk, MemberDecision, MemberNote, PoolMember, ReviewMember, Successor, TalentReview
from talent.models.talent_reviews import MemberQuerySet
from talent.talent_reviews.boxes import HOLDING, READING_ORDER, Box, boxes_of
from talent.talent_reviews.figures import Hold, holds_of, reaches_over
from talent.talent_reviews.population import seen_of


class Table:
    """A review as one person at its table sees it: which cards, and whether this person moves them."""

    def __init__(self, review: TalentReview, user: Principal) -> None:
        self.review, self.user = review, user

    @property
    def members(self) -> MemberQuerySet:
        """Every card this person may see here."""
        return seen_of(self.review, self.user)

    @cached_property
    def boxes(self) -> dict[int, Box]:
        return boxes_of(self.review)

    @cached_property
    def may_move(self) -> bool:
        return self.review.is_open and self.user.has_perm("talent.work_talent_review", self.review)

    def stamp(self) -> str:
        """Changes with whatever changes among the cards this person sees, and with nothing else: not even that something
        happened to a hidden card can be read from it."""
        counted = self.members.order_by().aggregate(n=Count("pk"), latest=Max("pk"), changes=Sum("changes"))
        return f"{self.review.state[0]}-{counted['n']}-{counted['latest'] or 0}-{counted['changes'] or 0}"


@dataclass
class Marks:
    """What marks a card beside its place, each as far as its reader may know it."""

    holds: list[Hold] = field(default_factory=list)
    stale: list[Promise | str] = field(default_factory=list)
    is_near: bool = False
    risk: FlightRisk | None = None
    succession: Successor | None = None
    pools: list[str] = field(default_factory=list)
    proposed: list[MemberNote] = field(default_factory=list)
    decisions: int = 0


@dataclass
class Cell:
    """One box with the cards that lie there."""

    box: Box
    cards: list[ReviewMember]


@dataclass
class Row:
    """One band of potential, as the grid shows it."""

    band: Band
    cells: list[Cell]


def marked(table: Table, members: Iterable[ReviewMember]) -> list[ReviewMember]:
    """The cards with their marks (`marks`), whether this person moves them (`is_movable`); as many questions for one as for all."""
    cards, today = list(members), timezone.localdate()
    people = [card.employee_id for card in cards]
    marks = _marks_of(people, table.user)
    proposed, decided = _proposed(cards, table.user), _decided(cards, table.user)
    for card in cards:
        card.review = table.review
        found = marks[card.employee_id]
        found.holds, found.is_near = holds_of(card), reaches_over(card, table.review)
        found.stale, found.proposed, found.decisions = _stale(card, today), proposed[card.pk], decided[card.pk]
        card.marks = found  # type: ignore[attr-defined]
        card.is_movable = table.may_move  # type: ignore[attr-defined]
        card.column = card.box or HOLDING  # type: ignore[attr-defined]
        card.label = table.boxes[card.box].label if card.box else ""  # type: ignore[attr-defined]
    return cards


def rows_of(table: Table, cards: Iterable[ReviewMember]) -> list[Row]:
    """The grid, upper row first."""
    lying: dict[int, list[ReviewMember]] = defaultdict(list)
    for card in cards:
        lying[card.box or HOLDING].append(card)
    cells = [Cell(table.boxes[number], lying[number]) for number in READING_ORDER]
    return [Row(cells[start].box.potential, cells[start : start + 3]) for start in (0, 3, 6)]


def held_of(cards: Iterable[ReviewMember]) -> list[ReviewMember]:
    """Those in the holding area."""
    return [card for card in cards if card.box is None]


@dataclass(frozen=True)
class BoxCount:
    """How many lie in a box, and which share of those placed that is."""

    box: Box
    count: int
    share: float | None
    by_figures: int


@dataclass(frozen=True)
class Tally:
    """The whole grid in numbers, whatever the filter shows; only of cards this person sees."""

    boxes: list[BoxCount]
    placed: int
    held: int
    moved: int
    discussed: int

    @property
    def people(self) -> int:
        return self.placed + self.held


def tally_of(table: Table) -> Tally:
    """Count the cards; one query."""
    now: Counter[int] = Counter()
    figures: Counter[int] = Counter()
    moved = discussed = 0
    for box, by_figures, is_discussed in table.members.order_by().values_list("box", "figures_box", "is_discussed"):
        now[box or HOLDING] += 1
        figures[by_figures or HOLDING] += 1
        moved += box != by_figures
        discussed += is_discussed
    placed = sum(now.values()) - now[HOLDING]
    counts = [
        BoxCount(table.boxes[number], now[number], 100 * now[number] / placed if placed else None, figures[number])
        for number in READING_ORDER
    ]
    return Tally(counts, placed, now[HOLDING], moved, discussed)


def people_at(review: TalentReview) -> list[Employee]:
    """Who leads and who takes part, each once."""
    people = Employee.objects.filter(pk__in=review.leader_ids) | Employee.objects.filter(
        pk__in=review.seats.values("employee")
    )
    return list(people.distinct().select_related("job", "org_unit").order_by("last_name", "first_name", "pk"))


def _marks_of(people: list[int], user: Principal) -> dict[int, Marks]:
    found: dict[int, Marks] = defaultdict(Marks)
    for risk in FlightRisk.objects.visible_to(user).current().filter(employee__in=people):
        if RiskLevel.HIGH in (risk.likelihood, risk.impact):
            found[risk.employee_id].risk = risk
    for successor in Successor.objects.visible_to(user).standing().filter(employee__in=people, plan__is_active=True):
        found[successor.employee_id].succession = found[successor.employee_id].succession or successor
    pools = PoolMember.objects.visible_to(user).standing().filter(employee__in=people).select_related("pool")
    for member in pools.order_by("pool__name"):
        found[member.employee_id].pools.append(f"{member.pool.name}: {member.get_state_display()}")
    return found


def _proposed(cards: list[ReviewMember], user: Principal) -> dict[int, list[MemberNote]]:
    found: dict[int, list[MemberNote]] = defaultdict(list)
    notes = MemberNote.objects.visible_to(user).filter(member__in=cards, box__isnull=False)
    for note in notes.select_related("employee"):
        found[note.member_id].append(note)
    return found


def _decided(cards: list[ReviewMember], user: Principal) -> dict[int, int]:
    rows = MemberDecision.objects.visible_to(user).filter(member__in=cards).order_by()
    return Counter(rows.values_list("member", flat=True))


def _stale(card: ReviewMember, today: Any) -> list[Promise | str]:
    """Which of its figures are out of date today."""
    figures = (
        (ReviewMember.performance, card.performance_on, RATING_BUDGET),
        (ReviewMember.potential, card.potential_on, POTENTIAL_BUDGET),
    )
    return [
        str(figure.field.verbose_name)
        for figure, day, budget in figures
        if freshness(day, budget, today) == Freshness.STALE
    ]
