"""What a round comes to for whoever reads it: budget and use, why nothing is recommended, and whether groups fare alike.

Everything here is about the rows this reader sees. One's own row is in none of these figures: a sum with it, less the
rows one sees, would tell it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise

from hrportal.people.enums import Gender
from hrportal.people.viewer import Principal
from talent.enums import LeftOut, PayPosition
from talent.models import CalibratedRating, MeritCell, MeritRecommendation, RewardCycle
from talent.scores.merit import HUNDRED, raise_of
from talent.scores.rates import FEWEST_COMPARED, FourFifths, four_fifths


@dataclass
class Budget:
    """Pay, what the budget allows and what is used, in one currency."""

    currency: str
    people: int = 0
    pay: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    percent: Decimal = Decimal(0)

    @property
    def allowed(self) -> Decimal:
        return raise_of(self.pay, self.percent)

    @property
    def left(self) -> Decimal:
        """What is left; below zero where more is recommended than the budget allows."""
        return self.allowed - self.used

    @property
    def share(self) -> Decimal | None:
        """What is used, in per cent of pay."""
        return (HUNDRED * self.used / self.pay).quantize(Decimal("0.01")) if self.pay else None


def with_counts(cycles: QuerySet[RewardCycle], user: Principal) -> QuerySet[Any]:
    """Rounds with how many people this reader finds in each: with a recommendation (`people`) and without one (`without`)."""
    mine = Q(recommendations__in=MeritRecommendation.objects.visible_to(user).values("pk"))
    return cycles.annotate(
        people=Count("recommendations", filter=mine & Q(recommendations__left_out="")),
        without=Count("recommendations", filter=mine & ~Q(recommendations__left_out="")),
    )


def budgets_of(cycle: RewardCycle, rows: Any) -> list[Budget]:
    """A budget for each currency, added up to the cent from each row; one query."""
    found: dict[str, Budget] = {}
    payable = rows.payable().annotate(final=Coalesce("decided_percent", "percent")).order_by()
    for currency, pay, final in payable.values_list("currency", "pay", "final").iterator():
        budget = found.setdefault(currency, Budget(currency, percent=cycle.budget_percent))
        budget.people += 1
        budget.pay += pay
        budget.used += raise_of(pay, final)
    return [found[currency] for currency in sorted(found)]


def left_out_of(rows: Any) -> list[tuple[str, Promise | str, int]]:
    """For how many nothing is recommended, by reason."""
    counted = dict(rows.exclude(left_out="").order_by().values_list("left_out").annotate(Count("pk")))
    return [(reason.value, reason.label, counted[reason.value]) for reason in LeftOut if counted.get(reason.value)]


@dataclass(frozen=True)
class MatrixRow:
    """One rating with a cell for each position: what the guideline says, and how many lie there."""

    rating: int
    label: str
    cells: list[tuple[MeritCell | None, int]]


def labels_of(cycle: RewardCycle, user: Principal) -> dict[int, str]:
    """What the ratings of the period are called, as far as others than the reader have them."""
    ratings = CalibratedRating.objects.current().visible_to(user).filter(period=cycle.period)
    return dict(ratings.order_by("value").values_list("value", "label").distinct())


def matrix_of(cycle: RewardCycle, rows: Any, labels: Mapping[int, str]) -> list[MatrixRow]:
    """The guideline with the number of people in each cell, best rating first."""
    cells = {(cell.rating, cell.position): cell for cell in cycle.cells.all()}
    counted = rows.payable().order_by().values_list("rating__value", "position").annotate(Count("pk"))
    people = {(rating, position): count for rating, position, count in counted}
    return [
        MatrixRow(
            rating,
            labels.get(rating, ""),
            [(cells.get((rating, position)), people.get((rating, position.value), 0)) for position in PayPosition],
        )
        for rating in sorted({rating for rating, _position in cells}, reverse=True)
    ]


@dataclass(frozen=True)
class GroupRow:
    """How a group fares: its number and its mean percentage, the share above the middle of all, compared with all others."""

    label: str
    n: int
    mean: float
    above: int
    compared: FourFifths | None


def groups_of(rows: Any) -> list[GroupRow]:
    """By gender where it is known: who gets more than the median of all. Groups of fewer than five are not shown."""
    payable = rows.payable().annotate(final=Coalesce("decided_percent", "percent")).order_by()
    known = list(payable.exclude(employee__gender="").values_list("employee__gender", "final"))
    groups: dict[str, list[Decimal]] = defaultdict(list)
    for gender, final in known:
        groups[gender].append(final)
    if min((len(group) for group in groups.values()), default=0) < FEWEST_COMPARED:
        groups = {key: group for key, group in groups.items() if len(group) >= FEWEST_COMPARED}
    return _compared(groups) if len(groups) > 1 else []


def _compared(groups: dict[str, list[Decimal]]) -> list[GroupRow]:
    everybody = [final for group in groups.values() for final in group]
    middle = median(everybody)
    above = {key: sum(final > middle for final in group) for key, group in groups.items()}
    total_above, total = sum(above.values()), len(everybody)
    return [
        GroupRow(
            label=str(Gender(key).label),
            n=len(group),
            mean=float(sum(group) / len(group)),
            above=above[key],
            compared=four_fifths(above[key], len(group), total_above - above[key], total - len(group)),
        )
        for key, group in sorted(groups.items())
    ]


def rows_for(user: Principal, cycle: RewardCycle) -> Any:
    """The rows of a round this reader sees."""
    return MeritRecommendation.objects.visible_to(user).filter(cycle=cycle)
